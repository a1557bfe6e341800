// Generated from specs/banco-inter/openapi.yaml (sha256 6b730f09a1267b9b).
// Do not edit: change the spec, then run `pnpm generate`.

import { clientCertificates } from '@chaveiro/core/certificate'
import type { CertificateInput, ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  askedScopes,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expiry,
  formClient,
  given,
  grantedScopes,
  perServer,
  prepareRequests,
  putHeader,
  reveal,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Banco Inter documents, by name. */
export type BancoInterServer = keyof typeof facts.servers

/** What an account at Banco Inter is configured with. */
export interface BancoInterInputs {
  /** The ClientId of the integration, in the Internet Banking for companies. */
  clientId: string
  /** The ClientSecret of the same integration. */
  clientSecret: SecretInput
  /** The certificate and the key that were downloaded with the integration. */
  certificate: CertificateInput
  /** The number of the account, where the integration has several. */
  contaCorrente?: string | undefined
}

/**
 * The life of Banco Inter's `accessToken`.
 *
 * - Issued by `issueToken`, `POST /oauth/v2/token`; what a second call does to the first token is undocumented.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 1 hour is assumed
 *   (specs/banco-inter/SOURCES.md).
 * - Requests carry besides: `header.x-conta-corrente`.
 */
export const bancoInterProvider: (options: ServerOptions<BancoInterServer>) => TokenProvider<BancoInterInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const form = (io: Pick<ProviderIo, 'fetch'>) => formClient<paths>(server, io)
    return defineProvider<BancoInterInputs>({
      id: facts.id,
      scheme: 'accessToken',
      server,
      inputs: facts.inputs,
      certificates: clientCertificates((inputs) => inputs.certificate),
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const asked = askedScopes(io, { demanded: true })
        const answer = await expectData(
          'issueToken',
          form({ fetch: io.presenting(inputs.certificate) }).POST('/oauth/v2/token', {
            body: {
              grant_type: 'client_credentials',
              client_id: inputs.clientId,
              client_secret: await reveal(inputs.clientSecret),
              ...given({ scope: asked }),
            },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 3_600_000 }),
          tokenType: answer.token_type,
          scopes: grantedScopes(answer.scope, { asked }),
        })
      },
      classify: classifyBy({
        acquire: {
          denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
          misconfigured: [
            { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
          ],
        },
      }),
      prepare: prepareRequests(({ headers }, _token, inputs) => {
        putHeader(headers, 'x-conta-corrente', inputs.contaCorrente)
      }),
    })
  })
