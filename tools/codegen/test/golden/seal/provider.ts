// Generated from specs/seal/openapi.yaml (sha256 aff6effd4e788343).
// Do not edit: change the spec, then run `pnpm generate`.

import { clientCertificates } from '@chaveiro/core/certificate'
import type { CertificateInput, ProviderIo, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
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
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Seal documents, by name. */
export type SealServer = keyof typeof facts.servers

/** What an account at Seal is configured with. */
export interface SealInputs {
  /** The client ID of the application. */
  clientId: string
  /** The certificate of the application. */
  certificate: CertificateInput
  /** The account to act on. */
  account: string
}

/**
 * The life of Seal's `sealToken`.
 *
 * - Issued by `issueToken`, `POST /token`; a second call does no harm.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 1 day is assumed
 *   (specs/seal/SOURCES.md).
 * - Requests carry besides: `header.x-account`.
 */
export const sealProvider: (options: ServerOptions<SealServer>) => TokenProvider<SealInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const form = (io: Pick<ProviderIo, 'fetch'>) => formClient<paths>(server, io)
    return defineProvider<SealInputs>({
      id: facts.id,
      scheme: 'sealToken',
      server,
      inputs: facts.inputs,
      certificates: clientCertificates((inputs) => inputs.certificate),
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'free',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const asked = askedScopes(io)
        const answer = await expectData(
          'issueToken',
          form({ fetch: io.presenting(inputs.certificate) }).POST('/token', {
            body: { grant_type: 'client_credentials', client_id: inputs.clientId, ...given({ scope: asked }) },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 86_400_000 }),
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
        putHeader(headers, 'x-account', inputs.account)
      }),
    })
  })
