// Generated from specs/serpro/openapi.yaml (sha256 7271bfcf9924ac6a).
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
  expiry,
  formClient,
  perServer,
  putHeader,
  resolveApiServer,
  resolveOperationServers,
  resolveServer,
  reveal,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Serpro documents, by name. */
export type SerproServer = keyof typeof facts.servers

/** What an account at Serpro is configured with. */
export interface SerproInputs {
  /** The Consumer Key of the contract, in the Área do Cliente (cliente.serpro.gov.br). */
  consumerKey: string
  /** The Consumer Secret of the same contract, beside its key. */
  consumerSecret: SecretInput
  /** The e-CNPJ (ICP-Brasil) with which the product was bought, and its key. */
  certificate: CertificateInput
}

/** What an account at Serpro with a `gatewayToken` alone is configured with. */
export type SerproGatewayTokenInputs = Pick<SerproInputs, 'consumerKey' | 'consumerSecret'>

/**
 * The life of Serpro's `gatewayToken`.
 *
 * - Issued by `issueToken`, `POST /token`; what a second call does to the first token is undocumented.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 55 minutes is assumed
 *   (specs/serpro/SOURCES.md).
 */
export const serproGatewayToken: (options: ServerOptions<SerproServer>) => TokenProvider<SerproGatewayTokenInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    return defineProvider<SerproGatewayTokenInputs>({
      id: 'serpro/gatewayToken',
      scheme: 'gatewayToken',
      server,
      operationServers: resolveOperationServers(facts, options, server),
      inputs: { consumerKey: facts.inputs.consumerKey, consumerSecret: facts.inputs.consumerSecret },
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const answer = await expectData(
          'issueToken',
          form(io).POST('/token', {
            headers: basic(inputs.consumerKey, await reveal(inputs.consumerSecret)),
            body: { grant_type: 'client_credentials' },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 3_300_000 }),
          tokenType: answer.token_type,
        })
      },
    })
  })

/** The secrets that are kept of the answers of Serpro beside the `contractorToken`, by name. */
export type SerproContractorTokenMeta = KeepsSecrets<'jwt'>

/**
 * The life of Serpro's `contractorToken`.
 *
 * - Issued by `authenticate`, `POST /authenticate`; what a second call does to the first token is undocumented.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 20 minutes is assumed
 *   (specs/serpro/SOURCES.md).
 * - Requests carry besides: `header.jwt_token`.
 */
export const serproContractorToken: (
  options: ServerOptions<SerproServer>,
) => TokenProvider<SerproInputs, SerproContractorTokenMeta> = /* @__PURE__ */ perServer(facts, (_server, options) => {
  const home = resolveServer(facts, options, 'authenticate')
  const form = (io: Pick<ProviderIo, 'fetch'>) => formClient<paths>(home, io)
  return defineProvider<SerproInputs, SerproContractorTokenMeta>({
    id: 'serpro/contractorToken',
    scheme: 'contractorToken',
    server: home,
    apiServer: resolveApiServer(facts, options, 'authenticate'),
    operationServers: resolveOperationServers(facts, options, home),
    inputs: facts.inputs,
    certificates: clientCertificates(),
    operations: facts.operations,
    refreshKind: 'none',
    repeat: 'unknown',
    replay: { acquire: 'unprocessed' },
    async acquire(io, inputs) {
      const answer = await expectData(
        'authenticate',
        form({ fetch: io.presenting(inputs.certificate) }).POST('/authenticate', {
          params: { header: { 'Role-Type': 'TERCEIROS' } },
          headers: basic(inputs.consumerKey, await reveal(inputs.consumerSecret)),
          body: { grant_type: 'client_credentials' },
        }),
      )
      return checkGrant({
        accessToken: answer.access_token,
        expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 1_200_000 }),
        tokenType: answer.token_type,
        secrets: { jwt: answer.jwt_token },
        requiredSecrets: ['jwt'],
      })
    },
    authorize(headers, { accessToken, secrets }) {
      headers.set('authorization', `Bearer ${accessToken}`)
      putHeader(headers, 'jwt_token', secrets?.jwt)
    },
  })
})
