// Generated from specs/conta-azul/openapi.yaml (sha256 c19ffacb95ee68ff).
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
  atServer,
  basic,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expiry,
  formClient,
  grantedScopes,
  perServer,
  reveal,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { components, paths } from './schema.ts'

/** The servers that Conta Azul documents, by name. */
export type ContaAzulServer = keyof typeof facts.servers

/** What an account at Conta Azul is configured with. */
export interface ContaAzulInputs {
  /**
   * The client_id of the application: in the Portal do Desenvolvedor (developers-portal.contaazul.com), among the
   * details of the application.
   */
  clientId: string
  /** The client_secret of the same application, beside its client_id. */
  clientSecret: SecretInput
}

/**
 * The life of Conta Azul's `accessToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /oauth/token`, exchanges the code.
 * - Refreshed by `issueToken`, `POST /oauth/token`; each call replaces the refresh token.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 1 hour is assumed
 *   (specs/conta-azul/SOURCES.md).
 */
export const contaAzulProvider: (options: ServerOptions<ContaAzulServer>) => TokenProvider<ContaAzulInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    const meanings: AnswerMeanings = {
      dead: [{ status: '4XX', body: { '/error': 'invalid_grant' } }],
      denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
      misconfigured: [
        { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
      ],
    }
    return defineProvider<ContaAzulInputs>({
      id: facts.id,
      scheme: 'accessToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'single-use',
      repeat: 'unknown',
      replay: { refresh: 'unprocessed' },
      consent: authorizationCode({
        url: atServer('https://login.contaazul.com/#/oauth/authorize', options),
        clientId: ({ clientId }) => clientId,
        scopes: { always: ['openid', 'profile', 'aws.cognito.signin.user.admin'] },
        pkce: 'supported',
        async exchange(io, { code, redirectUri, verifier }, inputs) {
          if (verifier === undefined) throw new TypeError('There is no verifier to send.')
          const answer = await expectData(
            'issueToken',
            form(io).POST('/oauth/token', {
              headers: basic(inputs.clientId, await reveal(inputs.clientSecret)),
              body: { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier },
            }),
          )
          return toGrant(io, answer)
        },
      }),
      async refresh(io, { refreshToken }, inputs) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData(
          'issueToken',
          form(io).POST('/oauth/token', {
            headers: basic(inputs.clientId, await reveal(inputs.clientSecret)),
            body: { grant_type: 'refresh_token', refresh_token: refreshToken },
          }),
        )
        return toGrant(io, answer)
      },
      classify: classifyBy({ exchange: meanings, refresh: meanings }),
    })
  })

/** Reads an answer of `issueToken`; the readers check what the types cannot. */
function toGrant(io: ProviderIo, answer: components['schemas']['OAuthToken']): Grant {
  return checkGrant({
    accessToken: answer.access_token,
    expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 3_600_000 }),
    refreshToken: answer.refresh_token,
    tokenType: answer.token_type,
    scopes: grantedScopes(answer.scope),
  })
}
