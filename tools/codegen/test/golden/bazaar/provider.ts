// Generated from specs/bazaar/openapi.yaml (sha256 ed1a86672f40884e).
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
  bearer,
  checkGrant,
  classifyBy,
  defineProvider,
  expectData,
  expectDone,
  expiry,
  formClient,
  grantedScopes,
  perTenant,
  resolveApiServer,
  resolveOperationServers,
  resolveServer,
  reveal,
  seconds,
  typedClient,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { components, paths } from './schema.ts'

/** The servers that Bazaar documents, by name. */
export type BazaarServer = keyof typeof facts.servers

/** Which tenant of Bazaar is meant: a part of its host. */
export interface BazaarTenant {
  /** The shop's name in its address. */
  shop: string
}

/** What an account at Bazaar is configured with. */
export interface BazaarInputs {
  /** The name of the stall. */
  stall: string
  /** The word of its owner. */
  word: SecretInput
  /** The client ID of the application. */
  clientId: string
  /** The client secret of the application. */
  clientSecret: SecretInput
}

/** What an account at Bazaar with a `stallToken` alone is configured with. */
export type BazaarStallTokenInputs = Pick<BazaarInputs, 'stall' | 'word'>

/**
 * The life of Bazaar's `stallToken`.
 *
 * - Issued by `openStall`, `POST /stalls`; a second call does no harm.
 * - When it ends is undocumented, so it is used until it is refused (specs/bazaar/SOURCES.md).
 * - Revoked by `closeStall`, `POST /end`.
 */
export const bazaarStallToken: (
  options: ServerOptions<BazaarServer> & BazaarTenant,
) => TokenProvider<BazaarStallTokenInputs> = /* @__PURE__ */ perTenant(facts, (server, options, tenant) => {
  const client = (io: ProviderIo) => typedClient<paths>(server, io)
  const closeStallClient = (io: ProviderIo) =>
    typedClient<paths>(resolveServer(tenant.facts, options, 'closeStall'), io)
  return defineProvider<BazaarStallTokenInputs>({
    id: 'bazaar/stallToken',
    scheme: 'stallToken',
    server,
    apiServer: resolveApiServer(tenant.facts, options),
    operationServers: resolveOperationServers(tenant.facts, options, server),
    inputs: { stall: facts.inputs.stall, word: facts.inputs.word },
    operations: facts.operations,
    refreshKind: 'none',
    repeat: 'free',
    replay: { acquire: 'unprocessed' },
    async acquire(io, inputs) {
      const answer = await expectData(
        'openStall',
        client(io).POST('/stalls', { body: { stall: inputs.stall, word: await reveal(inputs.word) } }),
      )
      return checkGrant({ accessToken: answer.token })
    },
    async revoke(io, { accessToken }) {
      if (accessToken === undefined) throw new TypeError('There is no access token to send.')
      await expectDone('closeStall', closeStallClient(io).POST('/end', { headers: bearer(accessToken) }))
    },
  })
})

/** What an account at Bazaar with a `keeperToken` alone is configured with. */
export type BazaarKeeperTokenInputs = Pick<BazaarInputs, 'clientId' | 'clientSecret'>

/**
 * The life of Bazaar's `keeperToken`.
 *
 * - A person signs in once, on a page of the provider; `issueToken`, `POST /token`, exchanges the code.
 * - Refreshed by `issueToken`, `POST /token`; each call replaces the refresh token.
 * - Each answer says when it ends, in `expires_in` (specs/bazaar/SOURCES.md).
 */
export const bazaarKeeperToken: (
  options: ServerOptions<BazaarServer> & BazaarTenant,
) => TokenProvider<BazaarKeeperTokenInputs> = /* @__PURE__ */ perTenant(facts, (server, options, tenant) => {
  const form = (io: ProviderIo) => formClient<paths>(server, io)
  const meanings: AnswerMeanings = {
    dead: [{ status: '4XX', body: { '/error': 'invalid_grant' } }],
    denied: [{ status: '4XX', body: { '/error': ['invalid_client', 'unauthorized_client'] } }],
    misconfigured: [
      { status: '4XX', body: { '/error': ['invalid_request', 'invalid_scope', 'unsupported_grant_type'] } },
    ],
  }
  return defineProvider<BazaarKeeperTokenInputs>({
    id: 'bazaar/keeperToken',
    scheme: 'keeperToken',
    server,
    apiServer: resolveApiServer(tenant.facts, options),
    operationServers: resolveOperationServers(tenant.facts, options, server),
    inputs: { clientId: facts.inputs.clientId, clientSecret: facts.inputs.clientSecret },
    operations: facts.operations,
    refreshKind: 'single-use',
    repeat: 'unknown',
    replay: { refresh: 'unprocessed' },
    consent: authorizationCode({
      url: atServer(tenant.url('https://{shop}.bazaar.example/agree'), options),
      clientId: ({ clientId }) => clientId,
      pkce: 'supported',
      oneOperator: typeof options.server === 'string',
      async exchange(io, { code, redirectUri, verifier }, inputs) {
        if (verifier === undefined) throw new TypeError('There is no verifier to send.')
        const answer = await expectData(
          'issueToken',
          form(io).POST('/token', {
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
        return toKeeperTokenGrant(io, answer)
      },
    }),
    async refresh(io, { refreshToken }, inputs) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      const answer = await expectData(
        'issueToken',
        form(io).POST('/token', {
          body: {
            grant_type: 'refresh_token',
            refresh_token: refreshToken,
            client_id: inputs.clientId,
            client_secret: await reveal(inputs.clientSecret),
          },
        }),
      )
      return toKeeperTokenGrant(io, answer)
    },
    classify: classifyBy({ exchange: meanings, refresh: meanings }),
  })
})

/** Reads an answer of `issueToken`; the readers check what the types cannot. */
function toKeeperTokenGrant(io: ProviderIo, answer: components['schemas']['OAuthToken']): Grant {
  return checkGrant({
    accessToken: answer.access_token,
    expiresAt: expiry(io, seconds(answer.expires_in)),
    refreshToken: answer.refresh_token,
    tokenType: answer.token_type,
    scopes: grantedScopes(answer.scope),
  })
}
