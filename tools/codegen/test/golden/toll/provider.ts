// Generated from specs/toll/openapi.yaml (sha256 971b1d112e62b047).
// Do not edit: change the spec, then run `pnpm generate`.

import { limitCalls, limitUses } from '@chaveiro/core/limit'
import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  afterDuration,
  checkGrant,
  defineProvider,
  expectData,
  expiry,
  optionalExpiry,
  perServer,
  refusedByBody,
  refusedWhen,
  reveal,
  seconds,
  spentWhen,
  typedClient,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Toll documents, by name. */
export type TollServer = keyof typeof facts.servers

/** What an account at Toll is configured with. */
export interface TollInputs {
  /** The number of the driver. */
  driver: string
  /** The PIN of the driver. */
  pin: SecretInput
  /** The number of the gate. */
  gate: string
  /** The secret of the gate. */
  secret: SecretInput
}

/** What an account at Toll with a `driverToken` alone is configured with. */
export type TollDriverTokenInputs = Pick<TollInputs, 'driver' | 'pin'>

const tollDriverTokenLimit = /* @__PURE__ */ limitCalls({ calls: 5, perMs: 60_000 })

/**
 * The life of Toll's `driverToken`.
 *
 * - Issued by `issueDriverToken`, `POST /drivers/token`; a second call does no harm.
 * - Refreshed by `renewDriverToken`, `PUT /drivers/token`; a refresh token is good for 3 uses.
 * - Each answer says when it ends, in `seconds` (specs/toll/SOURCES.md).
 * - At most 5 token calls in 1 minute, counted in each process.
 * - Wrong keys lock the account, so they are sent once.
 */
export const tollDriverToken: (options: ServerOptions<TollServer>) => TokenProvider<TollDriverTokenInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<TollDriverTokenInputs>({
      id: 'toll/driverToken',
      scheme: 'driverToken',
      server,
      inputs: { driver: facts.inputs.driver, pin: facts.inputs.pin },
      operations: facts.operations,
      refreshKind: 'reusable',
      repeat: 'free',
      replay: { acquire: 'unprocessed', refresh: 'always' },
      refreshUses: limitUses(3),
      limit: tollDriverTokenLimit,
      probeRejected: false,
      async acquire(io, inputs) {
        const answer = await expectData(
          'issueDriverToken',
          client(io).POST('/drivers/token', { body: { driver: inputs.driver, pin: await reveal(inputs.pin) } }),
        )
        return checkGrant({
          accessToken: answer.token,
          expiresAt: expiry(io, seconds(answer.seconds)),
          refreshToken: answer.refresh,
          refreshExpiresAt: optionalExpiry(io, afterDuration(2_592_000_000)),
        })
      },
      async refresh(io, { refreshToken }) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData(
          'renewDriverToken',
          client(io).PUT('/drivers/token', { body: { refresh: refreshToken } }),
        )
        return checkGrant({
          accessToken: answer.token,
          expiresAt: expiry(io, seconds(answer.seconds)),
          refreshToken: answer.refresh ?? refreshToken,
          refreshExpiresAt: optionalExpiry(io, afterDuration(2_592_000_000)),
        })
      },
      classify: spentWhen([401]),
      judge: refusedWhen([401, { status: 400, header: { 'X-Toll-Error': ['expired', 'revoked'] } }]),
      judgeBody: refusedByBody([
        { status: 403, body: { '/error/code': ['token_expired', 'token_revoked'] } },
        { status: 200, body: { '/ok': false, '/reason': 7 } },
      ]),
    })
  })

/** What an account at Toll with a `gateToken` alone is configured with. */
export type TollGateTokenInputs = Pick<TollInputs, 'gate' | 'secret'>

/** What `tollGateToken` needs because no spec can say it. */
export type TollGateTokenByHand = Required<Pick<TokenProvider<TollGateTokenInputs>, 'acquire' | 'authorize'>>

/**
 * The life of Toll's `gateToken`.
 *
 * - Issued by `issueGateToken`, `POST /gates/token`; what a second call does to the first token is undocumented.
 * - Refreshed by `renewGateToken`, `PUT /gates/token`; each call replaces the refresh token.
 * - Each answer says when it ends, in `seconds` (specs/toll/SOURCES.md).
 * - A spent refresh token is taken once more for 60 seconds.
 * - A new one is issued only in the last 30 minutes.
 * - Written by hand: `acquire`, `authorize`.
 */
export const tollGateToken: (
  options: ServerOptions<TollServer>,
  byHand: TollGateTokenByHand,
) => TokenProvider<TollGateTokenInputs> = /* @__PURE__ */ perServer(facts, (server, _options, byHand) => {
  const client = (io: ProviderIo) => typedClient<paths>(server, io)
  return defineProvider<TollGateTokenInputs>({
    id: 'toll/gateToken',
    scheme: 'gateToken',
    server,
    inputs: { gate: facts.inputs.gate, secret: facts.inputs.secret },
    operations: facts.operations,
    refreshKind: 'single-use',
    repeat: 'unknown',
    replay: { acquire: 'unprocessed', refresh: 'always' },
    graceMs: 60_000,
    renewWithinMs: 1_800_000,
    async refresh(io, { refreshToken }) {
      if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
      const answer = await expectData(
        'renewGateToken',
        client(io).PUT('/gates/token', { body: { refresh: refreshToken } }),
      )
      return checkGrant({
        accessToken: answer.token,
        expiresAt: expiry(io, seconds(answer.seconds)),
        refreshToken: answer.refresh ?? refreshToken,
        refreshExpiresAt: optionalExpiry(io, afterDuration(604_800_000)),
      })
    },
    classify: spentWhen([401]),
    acquire: byHand.acquire,
    authorize: byHand.authorize,
  })
})
