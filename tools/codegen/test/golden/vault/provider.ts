// Generated from specs/vault/openapi.yaml (sha256 e86b3dcec73eeda2).
// Do not edit: change the spec, then run `pnpm generate`.

import { clientCertificates } from '@chaveiro/core/certificate'
import type {
  CertificateInput,
  KeepsSecrets,
  ProviderIo,
  SecretInput,
  ServerOptions,
  TokenProvider,
} from '@chaveiro/core/provider'
import {
  basic,
  checkGrant,
  defineProvider,
  expectData,
  formClient,
  perServer,
  putHeader,
  resolveApiServer,
  reveal,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Vault documents, by name. */
export type VaultServer = keyof typeof facts.servers

/** What an account at Vault is configured with. */
export interface VaultInputs {
  /** The Consumer Key. */
  consumerKey: string
  /** The Consumer Secret. */
  consumerSecret: SecretInput
  /** The certificate of the contractor. */
  certificate: CertificateInput
}

/** The secrets that are kept of the answers of Vault beside the `contractToken`, by name. */
export type VaultMeta = KeepsSecrets<'jwt'>

/**
 * The life of Vault's `contractToken`.
 *
 * - Issued by `authenticate`, `POST /authenticate`; a second call does no harm.
 * - When it ends is undocumented, so it is used until it is refused (specs/vault/SOURCES.md).
 * - Requests carry besides: `header.jwt_token`.
 */
export const vaultProvider: (options: ServerOptions<VaultServer>) => TokenProvider<VaultInputs, VaultMeta> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const form = (io: Pick<ProviderIo, 'fetch'>) => formClient<paths>(server, io)
    return defineProvider<VaultInputs, VaultMeta>({
      id: facts.id,
      scheme: 'contractToken',
      server,
      apiServer: resolveApiServer(facts, options),
      inputs: facts.inputs,
      certificates: clientCertificates((inputs) => inputs.certificate),
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'free',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const answer = await expectData(
          'authenticate',
          form({ fetch: io.presenting(inputs.certificate) }).POST('/authenticate', {
            headers: basic(inputs.consumerKey, await reveal(inputs.consumerSecret)),
            body: { grant_type: 'client_credentials' },
          }),
        )
        return checkGrant({ accessToken: answer.access_token, secrets: { jwt: answer.jwt_token } })
      },
      authorize(headers, { accessToken, secrets }) {
        headers.set('authorization', `Bearer ${accessToken}`)
        putHeader(headers, 'jwt_token', secrets?.jwt)
      },
    })
  })
