// Generated from specs/tiny/openapi.yaml (sha256 e60434f17745fdb5).
// Do not edit: change the spec, then run `pnpm generate`.

import { authorizationCode } from '@chaveiro/core/consent'
import type { AnswerMeanings, ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  afterDuration,
  atServer,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expiry,
  formClient,
  grantedScopes,
  optionalExpiry,
  perServer,
  resolveApiServer,
  reveal,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Tiny documents, by name. */
export type TinyServer = keyof typeof facts.servers

/** What an account at Tiny is configured with. */
export interface TinyInputs {
  /** The Client ID of the application: in the ERP under Configurações > Geral > Aplicativos, in its details. */
  clientId: string
  /** The Client Secret of the same application, beside its Client ID. */
  clientSecret: SecretInput
}

/**
 * The life of Tiny's `accessToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /realms/tiny/protocol/openid-connect/token`,
 *   exchanges the code.
 * - Refreshed by `issueToken`, `POST /realms/tiny/protocol/openid-connect/token`; what becomes of the refresh token
 *   that was sent is undocumented, so it is used once.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 4 hours is assumed
 *   (specs/tiny/SOURCES.md).
 */
export const tinyProvider: (options: ServerOptions<TinyServer>) => TokenProvider<TinyInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    const meanings: AnswerMeanings = {
      dead: [{ status: '4XX', body: { '/error': 'invalid_grant' } }],
      denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
      misconfigured: [
        { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
      ],
    }
    return defineProvider<TinyInputs>({
      id: facts.id,
      scheme: 'accessToken',
      server,
      apiServer: resolveApiServer(facts, options),
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'single-use',
      repeat: 'unknown',
      replay: { refresh: 'unprocessed' },
      consent: authorizationCode({
        url: atServer('https://accounts.tiny.com.br/realms/tiny/protocol/openid-connect/auth', options),
        clientId: ({ clientId }) => clientId,
        scopes: { always: ['openid'] },
        pkce: 'unknown',
        async exchange(io, { code, redirectUri, verifier }, inputs) {
          if (verifier === undefined) throw new TypeError('There is no verifier to send.')
          const answer = await expectData(
            'issueToken',
            form(io).POST('/realms/tiny/protocol/openid-connect/token', {
              body: {
                grant_type: 'authorization_code',
                code,
                redirect_uri: redirectUri,
                code_verifier: verifier,
                client_id: inputs.clientId,
                client_secret: await reveal(inputs.clientSecret),
              },
            }),
          )
          return checkGrant({
            accessToken: answer.access_token,
            expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 14_400_000 }),
            refreshToken: answer.refresh_token,
            refreshExpiresAt: optionalExpiry(io, afterDuration(86_400_000)),
            tokenType: answer.token_type,
            scopes: grantedScopes(answer.scope),
          })
        },
      }),
      async refresh(io, { refreshToken }, inputs) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData(
          'issueToken',
          form(io).POST('/realms/tiny/protocol/openid-connect/token', {
            body: {
              grant_type: 'refresh_token',
              refresh_token: refreshToken,
              client_id: inputs.clientId,
              client_secret: await reveal(inputs.clientSecret),
            },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 14_400_000 }),
          refreshToken: answer.refresh_token ?? refreshToken,
          refreshExpiresAt: optionalExpiry(io, afterDuration(86_400_000)),
          tokenType: answer.token_type,
          scopes: grantedScopes(answer.scope),
        })
      },
      classify: classifyBy({ exchange: meanings, refresh: meanings }),
    })
  })
