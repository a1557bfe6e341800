// Generated from specs/harbour/openapi.yaml (sha256 d6661670f336a43c).
// Do not edit: change the spec, then run `pnpm generate`.

import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  afterDuration,
  bearer,
  checkGrant,
  defineProvider,
  expectData,
  expectDone,
  expectHeaders,
  expiry,
  optionalExpiry,
  parentSchemes,
  pathSegment,
  perServer,
  refuseDeviceCalls,
  reveal,
  rfc3339,
  typedClient,
  withParent,
  zoned,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Harbour documents, by name. */
export type HarbourServer = keyof typeof facts.servers

/** What an account at Harbour is configured with. */
export interface HarbourInputs {
  /** The device's number. */
  device: string
  /** The permanent key. */
  key: SecretInput
  /**
   * Where the harbour's book lists the session.
   * @default 'none'
   */
  note?: string | undefined
}

/** What an account at Harbour with a `deviceToken` alone is configured with. */
export type HarbourDeviceTokenInputs = Pick<HarbourInputs, 'device' | 'key'>

/**
 * The life of Harbour's `deviceToken`.
 *
 * - Issued by `registerDevice`, `POST /device/{device}/tokens`; what a second call does to the first token is
 *   undocumented.
 * - Ends 7 days after it was issued (specs/harbour/SOURCES.md).
 */
export const harbourDeviceToken: (options: ServerOptions<HarbourServer>) => TokenProvider<HarbourDeviceTokenInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<HarbourDeviceTokenInputs>({
      id: 'harbour/deviceToken',
      scheme: 'deviceToken',
      server,
      inputs: { device: facts.inputs.device, key: facts.inputs.key },
      operations: facts.operations,
      deviceCalls: refuseDeviceCalls(),
      refreshKind: 'none',
      repeat: 'unknown',
      replay: { acquire: 'unprocessed' },
      hints: facts.retryAfter,
      async acquire(io, inputs) {
        const answer = await expectData(
          'registerDevice',
          client(io).POST('/device/{device}/tokens', {
            params: { path: { device: pathSegment(inputs.device) } },
            headers: bearer(await reveal(inputs.key)),
            body: {},
          }),
        )
        return checkGrant({ accessToken: answer.data, expiresAt: expiry(io, afterDuration(604_800_000)) })
      },
    })
  })

/**
 * The life of Harbour's `sessionToken`.
 *
 * - Issued by `openSession`, `POST /session`; a second call ends the token of the first.
 * - Refreshed by `extendSession`, `PUT /session`; there is no refresh token.
 * - Each answer says when it ends, in the header `X-Session-Ends` (specs/harbour/SOURCES.md).
 * - Revoked by `closeSession`, `DELETE /session`.
 * - Kept in memory only.
 */
export const harbourSessionToken: (options: ServerOptions<HarbourServer>) => TokenProvider<HarbourInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<HarbourInputs>({
      id: 'harbour/sessionToken',
      scheme: 'sessionToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      deviceCalls: refuseDeviceCalls(),
      refreshKind: 'single-use',
      repeat: 'ends-previous',
      replay: { acquire: 'unprocessed', refresh: 'always' },
      parents: parentSchemes({ deviceToken: harbourDeviceToken(options) }),
      hints: facts.retryAfter,
      persist: false,
      async acquire(io, inputs) {
        const { headers } = await expectHeaders(
          'openSession',
          withParent(io, 'deviceToken', (headers) =>
            client(io).POST('/session', {
              params: { query: { note: inputs.note ?? facts.inputs.note.default } },
              headers,
            }),
          ),
        )
        return checkGrant({
          accessToken: headers.get('X-Session'),
          expiresAt: expiry(io, zoned(headers.get('X-Session-Ends'), 'YYYY-MM-DD HH:mm:ss', 'America/Sao_Paulo')),
        })
      },
      async refresh(io, { accessToken }) {
        const answer = await expectData('extendSession', client(io).PUT('/session', { headers: bearer(accessToken) }))
        return checkGrant({ accessToken: answer.token, expiresAt: expiry(io, afterDuration(3_600_000)) })
      },
      async revoke(io, { accessToken }) {
        if (accessToken === undefined) throw new TypeError('There is no access token to send.')
        await expectDone(
          'closeSession',
          client(io).DELETE('/session', { headers: bearer(accessToken), body: { token: accessToken } }),
        )
      },
    })
  })

/**
 * The life of Harbour's `voyageToken`.
 *
 * - Issued by `beginVoyage`, `POST /voyage`; a second call does no harm.
 * - Refreshed by `continueVoyage`, `PUT /voyage`; each call replaces the refresh token.
 * - Each answer says when it ends, in `ends` (specs/harbour/SOURCES.md).
 */
export const harbourVoyageToken: (options: ServerOptions<HarbourServer>) => TokenProvider<HarbourInputs> =
  /* @__PURE__ */ perServer(facts, (server, options) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<HarbourInputs>({
      id: 'harbour/voyageToken',
      scheme: 'voyageToken',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      deviceCalls: refuseDeviceCalls(),
      refreshKind: 'single-use',
      repeat: 'free',
      replay: { acquire: 'unprocessed', refresh: 'never' },
      parents: parentSchemes({ sessionToken: harbourSessionToken(options) }),
      hints: facts.retryAfter,
      async acquire(io) {
        const { headers, data } = await expectHeaders(
          'beginVoyage',
          withParent(io, 'sessionToken', (headers) => client(io).POST('/voyage', { headers })),
        )
        return checkGrant({
          accessToken: data?.token,
          expiresAt: expiry(io, rfc3339(data?.ends)),
          refreshToken: headers.get('X-Refresh'),
          refreshExpiresAt: optionalExpiry(io, rfc3339(data?.refresh_ends), { otherwiseMs: 86_400_000 }),
        })
      },
      async refresh(io, { refreshToken }) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData(
          'continueVoyage',
          client(io).PUT('/voyage', { body: { refresh: refreshToken } }),
        )
        return checkGrant({
          accessToken: answer.token,
          expiresAt: expiry(io, rfc3339(answer.ends)),
          refreshToken: answer.refresh,
          refreshExpiresAt: optionalExpiry(io, rfc3339(answer.refresh_ends), { otherwiseMs: 86_400_000 }),
        })
      },
    })
  })
