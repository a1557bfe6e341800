// Generated from specs/melhor-envio/openapi.yaml (sha256 ad6e204a79710af2).
// Do not edit: change the spec, then run `pnpm generate`.

import { authorizationCode } from '@chaveiro/core/consent'
import type { AnswerMeanings, ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  afterDuration,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expiry,
  formClient,
  grantedScopes,
  jwtExp,
  optionalExpiry,
  perServer,
  prepareRequests,
  putHeader,
  reveal,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Melhor Envio documents, by name. */
export type MelhorEnvioServer = keyof typeof facts.servers

/** What an account at Melhor Envio is configured with. */
export interface MelhorEnvioInputs {
  /**
   * The Client ID of the application: in the panel under Integrações > Área Dev., in its details. Each environment has
   * its own.
   */
  clientId: string
  /** The Secret of the same application, beside its Client ID. */
  clientSecret: SecretInput
  /**
   * The name of your application and an e-mail address for technical questions, as Melhor Envio demands them: Loja Azul
   * (dev@loja.example).
   */
  userAgent: string
}

/**
 * The life of Melhor Envio's `accessToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /oauth/token`, exchanges the code.
 * - Refreshed by `issueToken`, `POST /oauth/token`; each call replaces the refresh token.
 * - Each answer says when it ends, in `access_token`; when that cannot be read, a life of 30 days is assumed
 *   (specs/melhor-envio/SOURCES.md).
 * - Requests carry besides: `header.User-Agent`.
 */
export const melhorEnvioProvider: (options: ServerOptions<MelhorEnvioServer>) => TokenProvider<MelhorEnvioInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    const meanings: AnswerMeanings = {
      dead: [{ status: '4XX', body: { '/error': 'invalid_grant' } }],
      denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
      misconfigured: [
        { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
      ],
    }
    return defineProvider<MelhorEnvioInputs>({
      id: facts.id,
      scheme: 'accessToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'single-use',
      repeat: 'unknown',
      replay: { refresh: 'unprocessed' },
      consent: authorizationCode({
        url: new URL('/oauth/authorize', server),
        clientId: ({ clientId }) => clientId,
        pkce: 'unknown',
        async exchange(io, { code, redirectUri, verifier }, inputs) {
          if (verifier === undefined) throw new TypeError('There is no verifier to send.')
          const answer = await expectData(
            'issueToken',
            form(io).POST('/oauth/token', {
              params: { header: { 'User-Agent': inputs.userAgent } },
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
            expiresAt: expiry(io, jwtExp(answer.access_token), { otherwiseMs: 2_592_000_000 }),
            refreshToken: answer.refresh_token,
            refreshExpiresAt: optionalExpiry(io, afterDuration(3_888_000_000)),
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
            params: { header: { 'User-Agent': inputs.userAgent } },
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
          expiresAt: expiry(io, jwtExp(answer.access_token), { otherwiseMs: 2_592_000_000 }),
          refreshToken: answer.refresh_token ?? refreshToken,
          refreshExpiresAt: optionalExpiry(io, afterDuration(3_888_000_000)),
          tokenType: answer.token_type,
          scopes: grantedScopes(answer.scope),
        })
      },
      classify: classifyBy({ exchange: meanings, refresh: meanings }),
      prepare: prepareRequests(({ headers }, _token, inputs) => {
        putHeader(headers, 'User-Agent', inputs.userAgent)
      }),
    })
  })
