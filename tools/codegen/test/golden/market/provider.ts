// Generated from specs/market/openapi.yaml (sha256 af23b7e9caf6acb2).
// Do not edit: change the spec, then run `pnpm generate`.

import { authorizationCode } from '@chaveiro/core/consent'
import type { AnswerMeanings, ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  afterDuration,
  askedScopes,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expectDone,
  expiry,
  given,
  grantedScopes,
  keptFields,
  optionalExpiry,
  perServer,
  refusedWhen,
  reveal,
  seconds,
  typedClient,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Market documents, by name. */
export type MarketServer = keyof typeof facts.servers

/** What an account at Market is configured with. */
export interface MarketInputs {
  /** The client ID of the application. */
  clientId: string
  /** The client secret of the application. */
  clientSecret: SecretInput
}

/** What is kept of the answers of Market beside the `sellerToken`. None of it is secret. */
export interface MarketSellerTokenMeta {
  userId?: string | number | boolean | undefined
  region?: string | undefined
}

/**
 * The life of Market's `sellerToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /oauth/token`, exchanges the code.
 * - Refreshed by `refreshToken`, `POST /oauth/renew`; what becomes of the refresh token that was sent is undocumented,
 *   so it is used once.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 6 hours is assumed
 *   (specs/market/SOURCES.md).
 * - Revoked by `revokeToken`, `POST /oauth/revoke`.
 */
export const marketSellerToken: (
  options: ServerOptions<MarketServer>,
) => TokenProvider<MarketInputs, MarketSellerTokenMeta> = /* @__PURE__ */ perServer(facts, (server) => {
  const client = (io: ProviderIo) => typedClient<paths>(server, io)
  const meanings: AnswerMeanings = {
    dead: [
      { status: 400, body: { '/errorKey': ['invalid_grant', 'expired_grant'] } },
      { status: '4XX', body: { '/error': 'invalid_grant' } },
    ],
    denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
    misconfigured: [
      { status: 403, body: { '/error': 'wrong_operator' } },
      { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
    ],
  }
  return defineProvider<MarketInputs, MarketSellerTokenMeta>({
    id: 'market/sellerToken',
    scheme: 'sellerToken',
    server,
    inputs: facts.inputs,
    operations: facts.operations,
    refreshKind: 'single-use',
    repeat: 'unknown',
    replay: { refresh: 'unprocessed' },
    consent: authorizationCode({
      url: new URL('/authorization', server),
      clientId: ({ clientId }) => clientId,
      parameters: { platform: 'mp' },
      scopes: { always: ['offline_access'], demanded: true },
      pkce: 'required',
      issuer: { url: new URL('/about', server).href, inCallback: 'unknown' },
      async exchange(io, { code, redirectUri, verifier, callback }, inputs) {
        if (verifier === undefined) throw new TypeError('There is no verifier to send.')
        const answer = await expectData(
          'issueToken',
          client(io).POST('/oauth/token', {
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
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 21_600_000 }),
          refreshToken: answer.refresh_token,
          refreshExpiresAt: optionalExpiry(io, afterDuration(15_552_000_000)),
          tokenType: answer.token_type,
          scopes: grantedScopes(answer.scope),
          meta: keptFields({ userId: answer.user_id, region: callback['region'] }),
        })
      },
    }),
    async refresh(io, { refreshToken, meta }, inputs) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      const answer = await expectData(
        'refreshToken',
        client(io).POST('/oauth/renew', {
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
        expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 21_600_000 }),
        refreshToken: answer.refresh_token ?? refreshToken,
        refreshExpiresAt: optionalExpiry(io, afterDuration(15_552_000_000)),
        tokenType: answer.token_type,
        scopes: grantedScopes(answer.scope),
        meta: keptFields({ userId: answer.user_id }, meta),
      })
    },
    async revoke(io, { refreshToken }, inputs) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      await expectDone(
        'revokeToken',
        client(io).POST('/oauth/revoke', {
          body: { token: refreshToken, client_id: inputs.clientId, client_secret: await reveal(inputs.clientSecret) },
        }),
      )
    },
    classify: classifyBy({ exchange: meanings, refresh: meanings }),
    judge: refusedWhen([401, 419]),
  })
})

/**
 * The life of Market's `applicationToken`.
 *
 * - Issued by `issueToken`, `POST /oauth/token`; what a second call does to the first token is undocumented.
 * - Ends 6 hours after it was issued (specs/market/SOURCES.md).
 * - Revoked by `revokeToken`, `POST /oauth/revoke`.
 */
export const marketApplicationToken: (options: ServerOptions<MarketServer>) => TokenProvider<MarketInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<MarketInputs>({
      id: 'market/applicationToken',
      scheme: 'applicationToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed' },
      async acquire(io, inputs) {
        const asked = askedScopes(io)
        const answer = await expectData(
          'issueToken',
          client(io).POST('/oauth/token', {
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
          expiresAt: expiry(io, afterDuration(21_600_000)),
          tokenType: answer.token_type,
          scopes: grantedScopes(answer.scope, { asked }),
        })
      },
      async revoke(io, { accessToken }, inputs) {
        if (accessToken === undefined) throw new TypeError('There is no access token to send.')
        await expectDone(
          'revokeToken',
          client(io).POST('/oauth/revoke', {
            body: { token: accessToken, client_id: inputs.clientId, client_secret: await reveal(inputs.clientSecret) },
          }),
        )
      },
      classify: classifyBy({
        acquire: {
          denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
          misconfigured: [
            { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
          ],
        },
      }),
    })
  })
