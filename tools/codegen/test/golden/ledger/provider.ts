// Generated from specs/ledger/openapi.yaml (sha256 386f2811618f7e6b).
// Do not edit: change the spec, then run `pnpm generate`.

import { authorizationCode } from '@chaveiro/core/consent'
import type { AnswerMeanings, ProviderIo, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expiry,
  formClient,
  grantedScopes,
  optionalExpiry,
  perServer,
  seconds,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Ledger documents, by name. */
export type LedgerServer = keyof typeof facts.servers

/** What an account at Ledger is configured with. */
export interface LedgerInputs {
  /** The client ID of the application. */
  clientId: string
}

/**
 * The life of Ledger's `accountToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST
 *   /realms/ledger/protocol/openid-connect/token`, exchanges the code.
 * - Refreshed by `issueToken`, `POST /realms/ledger/protocol/openid-connect/token`; the refresh token stays the same.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 4 hours is assumed
 *   (specs/ledger/SOURCES.md).
 */
export const ledgerProvider: (options: ServerOptions<LedgerServer>) => TokenProvider<LedgerInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const form = (io: ProviderIo) => formClient<paths>(server, io)
    const meanings: AnswerMeanings = {
      dead: [{ status: '4XX', body: { '/error': 'invalid_grant' } }],
      denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
      misconfigured: [
        { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
      ],
    }
    return defineProvider<LedgerInputs>({
      id: facts.id,
      scheme: 'accountToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'reusable',
      repeat: 'unknown',
      replay: { refresh: 'unprocessed' },
      consent: authorizationCode({
        url: new URL('/realms/ledger/protocol/openid-connect/auth', server),
        clientId: ({ clientId }) => clientId,
        scopes: { always: ['openid'] },
        pkce: 'required',
        issuer: { url: new URL('/realms/ledger', server).href, inCallback: 'always' },
        async exchange(io, { code, redirectUri, verifier }, inputs) {
          if (verifier === undefined) throw new TypeError('There is no verifier to send.')
          const answer = await expectData(
            'issueToken',
            form(io).POST('/realms/ledger/protocol/openid-connect/token', {
              body: {
                grant_type: 'authorization_code',
                code,
                redirect_uri: redirectUri,
                code_verifier: verifier,
                client_id: inputs.clientId,
              },
            }),
          )
          return checkGrant({
            accessToken: answer.access_token,
            expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 14_400_000 }),
            refreshToken: answer.refresh_token,
            refreshExpiresAt: optionalExpiry(io, seconds(answer.refresh_expires_in), { idleMs: 86_400_000 }),
            tokenType: answer.token_type,
            scopes: grantedScopes(answer.scope),
          })
        },
      }),
      async refresh(io, { refreshToken }, inputs) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData(
          'issueToken',
          form(io).POST('/realms/ledger/protocol/openid-connect/token', {
            body: { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: inputs.clientId },
          }),
        )
        return checkGrant({
          accessToken: answer.access_token,
          expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 14_400_000 }),
          refreshToken: answer.refresh_token ?? refreshToken,
          refreshExpiresAt: optionalExpiry(io, seconds(answer.refresh_expires_in), { idleMs: 86_400_000 }),
          tokenType: answer.token_type,
          scopes: grantedScopes(answer.scope),
        })
      },
      classify: classifyBy({ exchange: meanings, refresh: meanings }),
    })
  })
