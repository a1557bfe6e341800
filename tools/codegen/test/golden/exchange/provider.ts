// Generated from specs/exchange/openapi.yaml (sha256 2bc65b0a83603931).
// Do not edit: change the spec, then run `pnpm generate`.

import type { ProviderIo, SecretInput, ServerOptions, TokenProvider } from '@chaveiro/core/provider'
import {
  afterDuration,
  bearer,
  checkGrant,
  defineProvider,
  expectData,
  expiry,
  optionalExpiry,
  pathSegment,
  perServer,
  refusedWhen,
  reveal,
  seconds,
  spentWhen,
  typedClient,
  zoned,
} from '@chaveiro/core/provider'
import { facts } from './facts.ts'
import type { paths } from './schema.ts'

/** The servers that Exchange documents, by name. */
export type ExchangeServer = keyof typeof facts.servers

/** What an account at Exchange is configured with. */
export interface ExchangeInputs {
  /** The account. */
  accountId: string
  /** The permanent key. */
  key: SecretInput
}

/**
 * The life of Exchange's `token`.
 *
 * - Issued by `createToken`, `POST /accounts/{accountId}/tokens`; a second call does no harm.
 * - Refreshed by `refreshToken`, `PUT /accounts/{accountId}/tokens/refresh`; the refresh token stays the same.
 * - Each answer says when it ends, in `data.ends.date` (specs/exchange/SOURCES.md).
 * - Kept in memory only.
 */
export const exchangeProvider: (options: ServerOptions<ExchangeServer>) => TokenProvider<ExchangeInputs> =
  /* @__PURE__ */ perServer(facts, (server) => {
    const client = (io: ProviderIo) => typedClient<paths>(server, io)
    return defineProvider<ExchangeInputs>({
      id: facts.id,
      scheme: 'token',
      server,
      inputs: facts.inputs,
      operations: facts.operations,
      refreshKind: 'reusable',
      repeat: 'free',
      replay: { acquire: 'unprocessed', refresh: 'always' },
      persist: false,
      async acquire(io, inputs) {
        const answer = await expectData(
          'createToken',
          client(io).POST('/accounts/{accountId}/tokens', {
            params: { path: { accountId: pathSegment(inputs.accountId) } },
            headers: bearer(await reveal(inputs.key)),
            body: { 'grant-type': 'key', single: true },
          }),
        )
        return checkGrant({
          accessToken: answer.data?.token,
          expiresAt: expiry(
            io,
            zoned(answer.data?.ends?.date, 'YYYY-MM-DD HH:mm:ss.ffffff', answer.data?.ends?.['time-zone']),
          ),
          refreshToken: answer.refresh,
          refreshExpiresAt: optionalExpiry(io, seconds(answer.refresh_in)),
          id: answer.data?.id,
        })
      },
      async refresh(io, { refreshToken }, inputs) {
        if (refreshToken === undefined) throw new TypeError('There is no refresh token to send.')
        const answer = await expectData(
          'refreshToken',
          client(io).PUT('/accounts/{accountId}/tokens/refresh', {
            params: { path: { accountId: pathSegment(inputs.accountId) }, header: { 'X-Attempt': 1 } },
            body: { refresh: refreshToken },
          }),
        )
        return checkGrant({ accessToken: answer.tokens?.[0], expiresAt: expiry(io, afterDuration(604_800_000)) })
      },
      classify: spentWhen([400, 410]),
      judge: refusedWhen([401, 403]),
    })
  })
