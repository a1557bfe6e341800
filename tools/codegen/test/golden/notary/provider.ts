// Generated from specs/notary/openapi.yaml (sha256 8db934db556c9548).
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
  refusedWhen,
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

/** The servers that Notary documents, by name. */
export type NotaryServer = keyof typeof facts.servers

/** What an account at Notary is configured with. */
export interface NotaryInputs {
  /**
   * The application that logs in.
   * @default 'app'
   */
  clientId?: string | undefined
  /** The e-mail address of the account. */
  username: string
  /** The password of the account. */
  password: SecretInput
  /**
   * How long an application token shall live. In milliseconds.
   * @default 2_592_000_000 (30 days)
   */
  lifetimeMs?: number | undefined
}

/** What an account at Notary with a `sessionToken` alone is configured with. */
export type NotarySessionTokenInputs = Pick<NotaryInputs, 'clientId' | 'username' | 'password'>

/**
 * The life of Notary's `sessionToken`.
 *
 * - Issued by `login`, `POST /oauth`; what a second call does to the first token is undocumented.
 * - Each answer says when it ends, in `expires_in`; when that cannot be read, a life of 15 minutes is assumed
 *   (specs/notary/SOURCES.md).
 * - Kept in memory only.
 */
export const notarySessionToken: (options: ServerOptions<NotaryServer>) => TokenProvider<NotarySessionTokenInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<NotarySessionTokenInputs>({
      id: 'notary/sessionToken',
      scheme: 'sessionToken',
      server,
      inputs: { clientId: facts.inputs.clientId, username: facts.inputs.username, password: facts.inputs.password },
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
              client_id: inputs.clientId ?? facts.inputs.clientId.default,
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
      judge: refusedWhen([401, 403]),
    })
  })

/**
 * The life of Notary's `applicationToken`.
 *
 * - Issued by `createApplicationToken`, `POST /v1/access-token`; each call leaves a token that has to be cleaned up.
 * - Each answer says when it ends, in `expires.date` (specs/notary/SOURCES.md).
 * - Listed by `listApplicationTokens`, `GET /v1/access-token`.
 * - Revoked by `revokeApplicationToken`, `DELETE /v1/access-token/{id}`.
 */
export const notaryApplicationToken: (options: ServerOptions<NotaryServer>) => TokenProvider<NotaryInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<NotaryInputs>({
      id: 'notary/applicationToken',
      scheme: 'applicationToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'none',
      repeat: 'leaves-token',
      replay: { acquire: 'unprocessed' },
      parents: parentSchemes({ sessionToken: notarySessionToken(options) }),
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
          withParent(
            io,
            'sessionToken',
            async (headers) =>
              client(io).POST('/v1/access-token', {
                headers,
                body: { password: await reveal(inputs.password), expires: requestedEnd },
              }),
            { refused: [401, 403] },
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
          withParent(
            io,
            'sessionToken',
            (headers) =>
              client(io).DELETE('/v1/access-token/{id}', { params: { path: { id: pathSegment(id) } }, headers }),
            { refused: [401, 403] },
          ),
          { gone: [404] },
        )
      },
      async list(io) {
        const answer = await expectData(
          'listApplicationTokens',
          withParent(io, 'sessionToken', (headers) => client(io).GET('/v1/access-token', { headers }), {
            refused: [401, 403],
          }),
        )
        return readTokenList(answer._embedded?.access_token, (item) => ({
          id: item.id,
          expiresAt: statedEnd(io, zoned(item.expires?.date, 'YYYY-MM-DD HH:mm:ss.ffffff', item.expires?.timezone)),
        }))
      },
    })
  })
