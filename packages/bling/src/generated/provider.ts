// Generated from specs/bling/openapi.yaml (sha256 60f1e32aa5944fd8).
// Do not edit: change the spec, then run `pnpm generate`.

import { authorizationCode } from '@chaveiro/core/consent'
import type { AnswerMeanings, ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
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
  putHeader,
  reveal,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Bling documents, by name. */
export type BlingServer = keyof typeof facts.servers

/** What an account at Bling is configured with. */
export interface BlingInputs {
  /**
   * The client id of the application: in Bling's Central de Extensões, under Área do Integrador, on the tab Informações
   * do app.
   */
  clientId: string
  /** The client secret of the same application, beside its client id. */
  clientSecret: SecretInput
}

/**
 * The life of Bling's `accessToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /oauth/token`, exchanges the code.
 * - Refreshed by `issueToken`, `POST /oauth/token`; each call replaces the refresh token.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 6 hours is assumed
 *   (specs/bling/SOURCES.md).
 * - Revoked by `revokeToken`, `POST /oauth/revoke`.
 * - Requests carry besides: `header.enable-jwt`.
 */
export const blingProvider: (options: ServerOptions<BlingServer>) => TokenProvider<BlingInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    const meanings: AnswerMeanings = {
      dead: [
        { status: '4XX', body: { '/error/type': 'invalid_grant' } },
        { status: '4XX', body: { '/error/type': 'VALIDATION_ERROR', '/error/message': 'Invalid authorization code' } },
        { status: '4XX', body: { '/error': 'invalid_grant' } },
      ],
      denied: [
        { status: '4XX', body: { '/error/type': 'invalid_client' } },
        { status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } },
      ],
      misconfigured: [
        { status: '4XX', body: { '/error/type': ['invalid_request', 'UNAUTHORIZED_ERROR'] } },
        { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
      ],
    }
    return defineProvider<BlingInputs>({
      id: facts.id,
      scheme: 'accessToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'single-use',
      repeat: 'unknown',
      replay: { refresh: 'unprocessed' },
      consent: authorizationCode({
        url: atServer('https://www.bling.com.br/Api/v3/oauth/authorize', options),
        clientId: ({ clientId }) => clientId,
        pkce: 'unknown',
        async exchange(io, { code, redirectUri, verifier }, inputs) {
          if (verifier === undefined) throw new TypeError('There is no verifier to send.')
          const answer = await expectData(
            'issueToken',
            form(io).POST('/oauth/token', {
              params: { header: { 'enable-jwt': '1' } },
              headers: basic(inputs.clientId, await reveal(inputs.clientSecret)),
              body: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
            }),
          )
          return checkGrant({
            accessToken: answer.access_token,
            expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 21_600_000 }),
            refreshToken: answer.refresh_token,
            refreshExpiresAt: optionalExpiry(io, afterDuration(2_592_000_000)),
            tokenType: answer.token_type,
            scopes: grantedScopes(answer.scope),
          })
        },
      }),
      async refresh(io, { refreshToken }, inputs) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData(
          'issueToken',
          form(io).POST('/oauth/token', {
            params: { header: { 'enable-jwt': '1' } },
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret)),
            body: { grant_type: 'refresh_token', refresh_token: refreshToken },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 21_600_000 }),
          refreshToken: answer.refresh_token ?? refreshToken,
          refreshExpiresAt: optionalExpiry(io, afterDuration(2_592_000_000)),
          tokenType: answer.token_type,
          scopes: grantedScopes(answer.scope),
        })
      },
      async revoke(io, { refreshToken }, inputs) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        await expectDone(
          'revokeToken',
          form(io).POST('/oauth/revoke', {
            params: { header: { 'enable-jwt': '1' } },
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret)),
            body: { token: refreshToken, token_type_hint: 'refresh_token' },
          }),
        )
      },
      classify: classifyBy({ exchange: meanings, refresh: meanings }),
      authorize(headers, { accessToken }) {
        headers.set('authorization', `Bearer ${accessToken}`)
        putHeader(headers, 'enable-jwt', '1')
      },
    })
  })
