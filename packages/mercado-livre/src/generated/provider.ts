// Generated from specs/mercado-livre/openapi.yaml (sha256 6ec53cd347ac9ae5).
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
  keptFields,
  optionalExpiry,
  perServer,
  reveal,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Mercado Livre documents, by name. */
export type MercadoLivreServer = keyof typeof facts.servers

/** What an account at Mercado Livre is configured with. */
export interface MercadoLivreInputs {
  /**
   * The ID of the application: in the DevCenter (developers.mercadolivre.com.br/devcenter), under the application's
   * settings.
   */
  clientId: string
  /** The secret key of the same application. The DevCenter shows it there, and can renew it. */
  clientSecret: SecretInput
}

/** What is kept of the answers of Mercado Livre beside the `accessToken`. None of it is secret. */
export interface MercadoLivreMeta {
  userId?: string | number | boolean | undefined
}

/**
 * The life of Mercado Livre's `accessToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /oauth/token`, exchanges the code.
 * - Refreshed by `issueToken`, `POST /oauth/token`; each call replaces the refresh token.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 3 hours is assumed
 *   (specs/mercado-livre/SOURCES.md).
 */
export const mercadoLivreProvider: (
  options: ServerOptions<MercadoLivreServer>,
) => TokenProvider<MercadoLivreInputs, MercadoLivreMeta> = /* @__PURE__ */ perServer(facts, (server, options) => {
  const form = (io: ProviderIo) => formClient<paths>(server, io)
  const meanings: AnswerMeanings = {
    dead: [{ status: '4XX', body: { '/error': 'invalid_grant' } }],
    denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
    misconfigured: [
      { status: '4XX', body: { '/error': ['invalid_operator_user_id', 'unauthorized_application'] } },
      { status: 403, body: { '/error': 'forbidden' } },
      { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
    ],
  }
  return defineProvider<MercadoLivreInputs, MercadoLivreMeta>({
    id: facts.id,
    scheme: 'accessToken',
    server,
    inputs: facts.inputs,
    operations: facts.operations,
    refreshKind: 'single-use',
    repeat: 'unknown',
    replay: { refresh: 'unprocessed' },
    consent: authorizationCode({
      url: atServer('https://auth.mercadolivre.com.br/authorization', options),
      clientId: ({ clientId }) => clientId,
      pkce: 'supported',
      async exchange(io, { code, redirectUri, verifier }, inputs) {
        if (verifier === undefined) throw new TypeError('There is no verifier to send.')
        const answer = await expectData(
          'issueToken',
          form(io).POST('/oauth/token', {
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
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 10_800_000 }),
          refreshToken: answer.refresh_token,
          refreshExpiresAt: optionalExpiry(io, afterDuration(15_552_000_000)),
          tokenType: answer.token_type,
          scopes: grantedScopes(answer.scope),
          meta: keptFields({ userId: answer.user_id }),
        })
      },
    }),
    async refresh(io, { refreshToken, meta }, inputs) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      const answer = await expectData(
        'issueToken',
        form(io).POST('/oauth/token', {
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
        expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 10_800_000 }),
        refreshToken: answer.refresh_token ?? refreshToken,
        refreshExpiresAt: optionalExpiry(io, afterDuration(15_552_000_000)),
        tokenType: answer.token_type,
        scopes: grantedScopes(answer.scope),
        meta: keptFields({ userId: answer.user_id }, meta),
      })
    },
    classify: classifyBy({ exchange: meanings, refresh: meanings }),
  })
})
