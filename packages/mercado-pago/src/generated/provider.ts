// Generated from specs/mercado-pago/openapi.yaml (sha256 d3dd0f32e2a5859b).
// Do not edit: change the spec, then run `pnpm generate`.

import { authorizationCode } from '@chaveiro/core/consent'
import type { AnswerMeanings, ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  atServer,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expiry,
  grantedScopes,
  keptFields,
  perServer,
  reveal,
  seconds,
  typedClient,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Mercado Pago documents, by name. */
export type MercadoPagoServer = keyof typeof facts.servers

/** What an account at Mercado Pago is configured with. */
export interface MercadoPagoInputs {
  /**
   * The Client ID of the application: at mercadopago.com.br/developers, under Suas integrações, in its production
   * credentials.
   */
  clientId: string
  /** The Client Secret of the same application, beside its Client ID. */
  clientSecret: SecretInput
}

/** What is kept of the answers of Mercado Pago beside the `accessToken`. None of it is secret. */
export interface MercadoPagoMeta {
  userId?: string | number | boolean | undefined
  publicKey?: string | number | boolean | undefined
  liveMode?: string | number | boolean | undefined
}

/**
 * The life of Mercado Pago's `accessToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /oauth/token`, exchanges the code.
 * - Refreshed by `issueToken`, `POST /oauth/token`; each call replaces the refresh token.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 180 days is assumed
 *   (specs/mercado-pago/SOURCES.md).
 */
export const mercadoPagoProvider: (
  options: ServerOptions<MercadoPagoServer>,
) => TokenProvider<MercadoPagoInputs, MercadoPagoMeta> = /* @__PURE__ */ perServer(facts, (server, options) => {
  const client = (io: ProviderIo) => typedClient<paths>(server, io)
  const meanings: AnswerMeanings = {
    dead: [
      { status: 400, body: { '/error': ['invalid_grant', 'expired_grant'] } },
      { status: 400, body: { '/errorKey': ['invalid_grant', 'expired_grant'] } },
      { status: '4XX', body: { '/error': 'invalid_grant' } },
    ],
    denied: [
      { status: 400, body: { '/errorKey': 'invalid_client' } },
      { status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } },
    ],
    misconfigured: [
      { status: 400 },
      { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
    ],
  }
  return defineProvider<MercadoPagoInputs, MercadoPagoMeta>({
    id: facts.id,
    scheme: 'accessToken',
    server,
    inputs: facts.inputs,
    operations: facts.operations,
    refreshKind: 'single-use',
    repeat: 'unknown',
    replay: { refresh: 'unprocessed' },
    consent: authorizationCode({
      url: atServer('https://auth.mercadopago.com.br/authorization', options),
      clientId: ({ clientId }) => clientId,
      parameters: { platform_id: 'mp' },
      pkce: 'supported',
      async exchange(io, { code, redirectUri, verifier }, inputs) {
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
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 15_552_000_000 }),
          refreshToken: answer.refresh_token,
          tokenType: answer.token_type,
          scopes: grantedScopes(answer.scope),
          meta: keptFields({ userId: answer.user_id, publicKey: answer.public_key, liveMode: answer.live_mode }),
        })
      },
    }),
    async refresh(io, { refreshToken, meta }, inputs) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      const answer = await expectData(
        'issueToken',
        client(io).POST('/oauth/token', {
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
        expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 15_552_000_000 }),
        refreshToken: answer.refresh_token,
        tokenType: answer.token_type,
        scopes: grantedScopes(answer.scope),
        meta: keptFields({ userId: answer.user_id, publicKey: answer.public_key, liveMode: answer.live_mode }, meta),
      })
    },
    classify: classifyBy({ exchange: meanings, refresh: meanings }),
  })
})
