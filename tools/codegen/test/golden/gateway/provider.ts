// Generated from specs/gateway/openapi.yaml (sha256 44d9dae682f920b6).
// Do not edit: change the spec, then run `pnpm generate`.

import { limitCalls } from '@chaveiro/core/limit'
import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  askedScopes,
  basic,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expiry,
  formClient,
  given,
  grantedScopes,
  keptFields,
  perServer,
  reveal,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Gateway documents, by name. */
export type GatewayServer = keyof typeof facts.servers

/** What an account at Gateway is configured with. */
export interface GatewayInputs {
  /** The key of the application. */
  clientId: string
  /** The client secret of the application. */
  clientSecret: SecretInput
  /** The number of the contract. */
  contract: string
}

/** What is kept of the answers of Gateway beside the `gatewayToken`. None of it is secret. */
export interface GatewayMeta {
  tenant?: string | number | boolean | undefined
}

const gatewayProviderLimit = /* @__PURE__ */ limitCalls({ calls: 10, perMs: 60_000 })

/**
 * The life of Gateway's `gatewayToken`.
 *
 * - Issued by `issueToken`, `POST /oauth/token`; what a second call does to the first token is undocumented.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 1 hour is assumed
 *   (specs/gateway/SOURCES.md).
 * - At most 10 token calls in 1 minute, counted in each process.
 */
export const gatewayProvider: (options: ServerOptions<GatewayServer>) => TokenProvider<GatewayInputs, GatewayMeta> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    return defineProvider<GatewayInputs, GatewayMeta>({
      id: facts.id,
      scheme: 'gatewayToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed' },
      limit: gatewayProviderLimit,
      async acquire(io, inputs) {
        const asked = askedScopes(io, { always: ['offline'] })
        const answer = await expectData(
          'issueToken',
          form(io).POST('/oauth/token', {
            params: { header: { 'X-Contract': inputs.contract } },
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret), { encoded: true }),
            body: { grant_type: 'client_credentials', ...given({ scope: asked }) },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 3_600_000 }),
          tokenType: answer.token_type,
          bearerNames: ['gate'],
          scopes: grantedScopes(answer.scope, { asked }),
          meta: keptFields({ tenant: answer.tenant?.name }),
        })
      },
      classify: classifyBy({
        acquire: {
          denied: [
            { status: 403, body: { '/code': 17 } },
            { status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } },
          ],
          misconfigured: [
            { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
          ],
        },
      }),
    })
  })
