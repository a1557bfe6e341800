// Generated from specs/acme/openapi.yaml (sha256 78c6e0cf6b821a3f).
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
  askedScopes,
  atServer,
  basic,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expectDone,
  expiry,
  formClient,
  given,
  grantedScopes,
  perServer,
  reveal,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { components, paths } from './schema.ts'

/** The servers that Acme documents, by name. */
export type AcmeServer = keyof typeof facts.servers

/** What an account at Acme is configured with. */
export interface AcmeInputs {
  /** The client ID of the application. */
  clientId: string
  /** The client secret of the application. */
  clientSecret: SecretInput
}

/**
 * The life of Acme's `personToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /token`, exchanges the code.
 * - Refreshed by `issueToken`, `POST /token`; each call replaces the refresh token.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 1 hour is assumed
 *   (specs/acme/SOURCES.md).
 * - Revoked by `revokeToken`, `POST /token/revocation`.
 */
export const acmePersonToken: (options: ServerOptions<AcmeServer>) => TokenProvider<AcmeInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    const meanings: AnswerMeanings = {
      dead: [{ status: '4XX', body: { '/error': 'invalid_grant' } }],
      denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
      misconfigured: [
        { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
      ],
    }
    return defineProvider<AcmeInputs>({
      id: 'acme/personToken',
      scheme: 'personToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'single-use',
      repeat: 'unknown',
      replay: { refresh: 'unprocessed' },
      consent: authorizationCode({
        url: atServer('https://auth.acme.example/auth', options),
        clientId: ({ clientId }) => clientId,
        scopes: { always: ['vendors:read'] },
        pkce: 'supported',
        issuer: { url: atServer('https://auth.acme.example', options), inCallback: 'always' },
        async exchange(io, { code, redirectUri, verifier }, inputs) {
          if (verifier === undefined) throw new TypeError('There is no verifier to send.')
          const answer = await expectData(
            'issueToken',
            form(io).POST('/token', {
              headers: basic(inputs.clientId, await reveal(inputs.clientSecret), { encoded: true }),
              body: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
            }),
          )
          return toPersonTokenGrant(io, answer)
        },
      }),
      async refresh(io, { refreshToken }, inputs) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData(
          'issueToken',
          form(io).POST('/token', {
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret), { encoded: true }),
            body: { grant_type: 'refresh_token', refresh_token: refreshToken },
          }),
        )
        return toPersonTokenGrant(io, answer)
      },
      async revoke(io, { refreshToken }, inputs) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        await expectDone(
          'revokeToken',
          form(io).POST('/token/revocation', {
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret), { encoded: true }),
            body: { token: refreshToken, token_type_hint: 'refresh_token' },
          }),
        )
      },
      classify: classifyBy({ exchange: meanings, refresh: meanings }),
    })
  })

/** Reads an answer of `issueToken`; the readers check what the types cannot. */
function toPersonTokenGrant(io: ProviderIo, answer: components['schemas']['OAuthToken']): Grant {
  return checkGrant({
    accessToken: answer.access_token,
    expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 3_600_000 }),
    refreshToken: answer.refresh_token,
    tokenType: answer.token_type,
    scopes: grantedScopes(answer.scope),
  })
}

/**
 * The life of Acme's `applicationToken`.
 *
 * - Issued by `issueToken`, `POST /token`; what a second call does to the first token is undocumented.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 1 hour is assumed
 *   (specs/acme/SOURCES.md).
 */
export const acmeApplicationToken: (options: ServerOptions<AcmeServer>) => TokenProvider<AcmeInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    return defineProvider<AcmeInputs>({
      id: 'acme/applicationToken',
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
          form(io).POST('/token', {
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret), { encoded: true }),
            body: { grant_type: 'client_credentials', ...given({ scope: asked }) },
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
    })
  })
