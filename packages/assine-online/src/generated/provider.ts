// Generated from specs/assine-online/openapi.yaml (sha256 1e2022bf5da619c5).
// Do not edit: change the spec, then run `pnpm generate`.

import { revokeOldTokens } from '@chaveiro/core/old-tokens'
import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  checkGrant,
  defineProvider,
  expectData,
  expectDone,
  expiry,
  parentSchemes,
  pathSegment,
  perServer,
  readTokenList,
  requestExpiry,
  reveal,
  seconds,
  statedEnd,
  typedClient,
  withParent,
  zoned,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Assine Online documents, by name. */
export type AssineOnlineServer = keyof typeof facts.servers

/** What an account at Assine Online is configured with. */
export interface AssineOnlineInputs {
  /** The e-mail address with which the user logs in at app.assine.online (hom.assine.online). */
  username: string
  /** The password of the same user. It opens sessions, and confirms each new application token. */
  password: SecretInput
  /**
   * How long an application token shall live. In milliseconds.
   * @default 2_592_000_000 (30 days)
   */
  lifetimeMs?: number | undefined
}

/** What an account at Assine Online with a `sessionToken` alone is configured with. */
export type AssineOnlineSessionTokenInputs = Pick<AssineOnlineInputs, 'username' | 'password'>

/**
 * The life of Assine Online's `sessionToken`.
 *
 * - Issued by `login`, `POST /oauth`; what a second call does to the first token is undocumented.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 15 minutes is assumed
 *   (specs/assine-online/SOURCES.md).
 * - Revoked by `revokeToken`, `POST /oauth/revoke`.
 * - Kept in memory only.
 */
export const assineOnlineSessionToken: (
  options: ServerOptions<AssineOnlineServer>,
) => TokenProvider<AssineOnlineSessionTokenInputs> = /* @__PURE__ */ perServer(facts, (server) => {
  const client = (io: ProviderIo) => typedClient<paths>(server, io)
  return defineProvider<AssineOnlineSessionTokenInputs>({
    id: 'assine-online/sessionToken',
    scheme: 'sessionToken',
    server,
    inputs: { username: facts.inputs.username, password: facts.inputs.password },
    operations: facts.operations,
    refreshKind: 'none',
    repeat: 'unknown',
    replay: { acquire: 'unprocessed' },
    persist: false,
    async acquire(io, inputs) {
      const answer = await expectData(
        'login',
        client(io).POST('/oauth', {
          body: {
            grant_type: 'password',
            client_id: 'app',
            client_secret: 'app',
            username: inputs.username,
            password: await reveal(inputs.password),
          },
        }),
      )
      return checkGrant({
        accessToken: answer.access_token,
        expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: 900_000 }),
      })
    },
    async revoke(io, { accessToken }) {
      if (accessToken === undefined) throw new TypeError('There is no access token to send.')
      await expectDone('revokeToken', client(io).POST('/oauth/revoke', { body: { token: accessToken } }))
    },
  })
})

/**
 * The life of Assine Online's `applicationToken`.
 *
 * - Issued by `createApplicationToken`, `POST /v1/access-token`; each call leaves a token that has to be cleaned up.
 * - Each answer says when it ends, in `expires.date` (specs/assine-online/SOURCES.md).
 * - Listed by `listApplicationTokens`, `GET /v1/access-token`.
 * - Revoked by `revokeApplicationToken`, `DELETE /v1/access-token/{id}`.
 */
export const assineOnlineApplicationToken: (
  options: ServerOptions<AssineOnlineServer>,
) => TokenProvider<AssineOnlineInputs> = /* @__PURE__ */ perServer(facts, (server, options) => {
  const client = (io: ProviderIo) => typedClient<paths>(server, io)
  return defineProvider<AssineOnlineInputs>({
    id: 'assine-online/applicationToken',
    scheme: 'applicationToken',
    server,
    inputs: facts.inputs,
    operations: facts.operations,
    refreshKind: 'none',
    repeat: 'leaves-token',
    replay: { acquire: 'unprocessed' },
    parents: parentSchemes({ sessionToken: assineOnlineSessionToken(options) }),
    policies: [revokeOldTokens()],
    async acquire(io, inputs) {
      const requestedEnd = await requestExpiry(
        io,
        inputs.lifetimeMs ?? facts.inputs.lifetimeMs.default,
        'YYYY-MM-DD HH:mm:ss',
        'UTC',
      )
      const answer = await expectData(
        'createApplicationToken',
        withParent(io, 'sessionToken', async (headers) =>
          client(io).POST('/v1/access-token', {
            headers,
            body: { password: await reveal(inputs.password), expires: requestedEnd },
          }),
        ),
      )
      return checkGrant({
        accessToken: answer.accessToken,
        expiresAt: expiry(io, zoned(answer.expires?.date, 'YYYY-MM-DD HH:mm:ss.ffffff', answer.expires?.timezone)),
        id: answer.id,
      })
    },
    async revoke(io, { id }) {
      if (id === undefined) throw new TypeError('There is no id to name the token by.')
      await expectDone(
        'revokeApplicationToken',
        withParent(io, 'sessionToken', (headers) =>
          client(io).DELETE('/v1/access-token/{id}', { params: { path: { id: pathSegment(id) } }, headers }),
        ),
        { gone: [404] },
      )
    },
    async list(io) {
      const answer = await expectData(
        'listApplicationTokens',
        withParent(io, 'sessionToken', (headers) => client(io).GET('/v1/access-token', { headers })),
      )
      return readTokenList(answer._embedded?.access_token, (item) => ({
        id: item.id,
        expiresAt: statedEnd(io, zoned(item.expires?.date, 'YYYY-MM-DD HH:mm:ss.ffffff', item.expires?.timezone)),
      }))
    },
  })
})
