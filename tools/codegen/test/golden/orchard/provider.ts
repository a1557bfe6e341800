// Generated from specs/orchard/openapi.yaml (sha256 bb4dc168129362b6).
// Do not edit: change the spec, then run `pnpm generate`.

import { authorizationCode } from '@chaveiro/core/consent'
import type {
  AnswerMeanings,
  Grant,
  ProviderIo,
  SecretInput,
  ServerOptions,
  TokenProvider,
} from '@chaveiro/core/provider'
import {
  afterDuration,
  atServer,
  basic,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expectDone,
  expiry,
  formClient,
  grantedScopes,
  optionalExpiry,
  perServer,
  reveal,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { components, paths } from './schema.ts'

/** The servers that Orchard documents, by name. */
export type OrchardServer = keyof typeof facts.servers

/** What an account at Orchard is configured with. */
export interface OrchardInputs {
  /** The client ID of the application. */
  clientId: string
  /** The client secret of the application. */
  clientSecret: SecretInput
}

/**
 * The life of Orchard's `shopToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /api/v3/oauth/token`, exchanges the code.
 * - Refreshed by `issueToken`, `POST /api/v3/oauth/token`; each call replaces the refresh token.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 6 hours is assumed
 *   (specs/orchard/SOURCES.md).
 * - Revoked by `revokeToken`, `POST /api/v3/oauth/revoke`.
 */
export const orchardProvider: (options: ServerOptions<OrchardServer>) => TokenProvider<OrchardInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    const meanings: AnswerMeanings = {
      dead: [
        { status: 400, body: { '/error/type': 'INVALID_GRANT' } },
        { status: '4XX', body: { '/error': 'invalid_grant' } },
      ],
      denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
      misconfigured: [
        { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
      ],
    }
    return defineProvider<OrchardInputs>({
      id: facts.id,
      scheme: 'shopToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'single-use',
      repeat: 'unknown',
      replay: { refresh: 'unprocessed' },
      consent: authorizationCode({
        url: atServer('https://www.orchard.example/api/v3/oauth/authorize', options),
        clientId: ({ clientId }) => clientId,
        pkce: 'unsupported',
        async exchange(io, { code, redirectUri }, inputs) {
          const answer = await expectData(
            'issueToken',
            form(io).POST('/api/v3/oauth/token', {
              params: { header: { 'X-Format': 'json' } },
              headers: basic(inputs.clientId, await reveal(inputs.clientSecret)),
              body: { grant_type: 'authorization_code', code, redirect_uri: redirectUri },
            }),
          )
          return toGrant(io, answer)
        },
      }),
      async refresh(io, { refreshToken }, inputs) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData(
          'issueToken',
          form(io).POST('/api/v3/oauth/token', {
            params: { header: { 'X-Format': 'json' } },
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret)),
            body: { grant_type: 'refresh_token', refresh_token: refreshToken },
          }),
        )
        return toGrant(io, answer)
      },
      async revoke(io, { refreshToken }, inputs) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        await expectDone(
          'revokeToken',
          form(io).POST('/api/v3/oauth/revoke', {
            params: { header: { 'X-Format': 'json' } },
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret)),
            body: { token: refreshToken, token_type_hint: 'refresh_token' },
          }),
        )
      },
      classify: classifyBy({ exchange: meanings, refresh: meanings }),
    })
  })

/** Reads an answer of `issueToken`; the readers check what the types cannot. */
function toGrant(io: ProviderIo, answer: components['schemas']['OAuthToken']): Grant {
  return checkGrant({
    accessToken: answer.access_token,
    expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 21_600_000 }),
    refreshToken: answer.refresh_token,
    refreshExpiresAt: optionalExpiry(io, afterDuration(2_592_000_000)),
    tokenType: answer.token_type,
    scopes: grantedScopes(answer.scope),
  })
}
