// Generated from specs/efi/openapi.yaml (sha256 45a0df1b44c2e969).
// Do not edit: change the spec, then run `pnpm generate`.

import { clientCertificates } from '@chaveiro/core/certificate'
import type { CertificateInput, ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  basic,
  checkGrant,
  defineProvider,
  expectData,
  expiry,
  grantedScopes,
  perServer,
  resolveOperationServers,
  resolveServer,
  reveal,
  seconds,
  typedClient,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Efí documents, by name. */
export type EfiServer = keyof typeof facts.servers

/** What an account at Efí is configured with. */
export interface EfiInputs {
  /** The Client_Id of the application, of the environment that you use. */
  clientId: string
  /** The Client_Secret of the same application and environment. */
  clientSecret: SecretInput
  /**
   * The certificate of the same environment, a .p12 file without a passphrase: in the Efí account, under API, Meus
   * Certificados.
   */
  certificate: CertificateInput
}

/**
 * The life of Efí's `pixToken`.
 *
 * - Issued by `issuePixToken`, `POST /oauth/token`; what a second call does to the first token is undocumented.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 1 hour is assumed
 *   (specs/efi/SOURCES.md).
 */
export const efiPixToken: (options: ServerOptions<EfiServer>) => TokenProvider<EfiInputs> = /* @__PURE__ */ perServer(
  facts,
  (server, options) => {
    const client = (io: Pick<ProviderIo, 'fetch'>) => typedClient<paths>(server, io)
    return defineProvider<EfiInputs>({
      id: 'efi/pixToken',
      scheme: 'pixToken',
      server,
      operationServers: resolveOperationServers(facts, options, server),
      inputs: facts.inputs,
      certificates: clientCertificates((inputs) => inputs.certificate),
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const answer = await expectData(
          'issuePixToken',
          client({ fetch: io.presenting(inputs.certificate) }).POST('/oauth/token', {
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret)),
            body: { grant_type: 'client_credentials' },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 3_600_000 }),
          tokenType: answer.token_type,
          scopes: grantedScopes(answer.scope),
        })
      },
    })
  },
)

/** What an account at Efí with a `chargesToken` alone is configured with. */
export type EfiChargesTokenInputs = Pick<EfiInputs, 'clientId' | 'clientSecret'>

/**
 * The life of Efí's `chargesToken`.
 *
 * - Issued by `issueChargesToken`, `POST /v1/authorize`; what a second call does to the first token is undocumented.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 10 minutes is assumed
 *   (specs/efi/SOURCES.md).
 */
export const efiChargesToken: (options: ServerOptions<EfiServer>) => TokenProvider<EfiChargesTokenInputs> =
  /* @__PURE__ */ perServer(facts, (_server, options) => {
    const home = resolveServer(facts, options, 'issueChargesToken')
    const client = (io: ProviderIo) => typedClient<paths>(home, io)
    return defineProvider<EfiChargesTokenInputs>({
      id: 'efi/chargesToken',
      scheme: 'chargesToken',
      server: home,
      operationServers: resolveOperationServers(facts, options, home),
      inputs: { clientId: facts.inputs.clientId, clientSecret: facts.inputs.clientSecret },
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const answer = await expectData(
          'issueChargesToken',
          client(io).POST('/v1/authorize', {
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret)),
            body: { grant_type: 'client_credentials' },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 600_000 }),
          tokenType: answer.token_type,
        })
      },
    })
  })
