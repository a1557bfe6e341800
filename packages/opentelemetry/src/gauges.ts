import type { AccountStatus, TokenEvent } from '@chaveiro/core'
import type { BatchObservableResult, Meter, Observable } from '@opentelemetry/api'
import { ACCOUNT_STATE, ERROR_TYPE, PROVIDER } from './attributes.ts'
import { put } from './bounded.ts'
import type { Instrumentable } from './instrumentable.ts'
import { lastingSeries, type Reading, type Series, seriesOf } from './series.ts'

/** What the gauges learn from events, and how they end. */
interface Gauges {
  readonly hear: (event: TokenEvent) => void
  readonly stop: () => void
}

type Account = Pick<AccountStatus, 'provider' | 'account'>

/** Gauges that are read when an SDK collects: what `accounts()` and `load()` say then, and what events said before. */
export function observe(meter: Meter, tokens: Instrumentable, namesAccounts: boolean): Gauges {
  const gauge = (name: string, unit: string, description: string): Observable =>
    meter.createObservableGauge(`chaveiro.${name}`, { unit, description })
  const accounts = gauge('accounts', '{account}', 'Accounts in memory, by state.')
  const token = gauge('token.time_to_expiry', 's', 'Time until the access token expires.')
  const signIn = gauge(
    'refresh_token.time_to_expiry',
    's',
    'Time until a refresh token that only a person can replace expires.',
  )
  const certificate = gauge('certificate.time_to_expiry', 's', 'Time until the client certificate expires.')
  const failing = gauge('account.failing_since', 's', 'Since when refreshes have been failing, as a Unix time.')
  const calls = gauge('endpoint.calls', '{call}', 'Token calls under way.')
  const queue = gauge('endpoint.queue', '{call}', 'Token calls waiting for one of those to end.')
  const all = [accounts, token, signIn, certificate, failing, calls, queue]

  /** When the first of the failures was that no success followed, in epoch milliseconds. */
  const failures = new Map<string, number>()
  const certificates = new Map<string, Account & { readonly endsAt: number }>()

  const shown = all.map((of) => ({ of, series: lastingSeries() }))
  const read = (result: BatchObservableResult): void => {
    const readings = readingsNow()
    for (const { of, series } of shown) {
      for (const { value, attributes } of series(readings.get(of) ?? [])) result.observe(of, value, attributes)
    }
  }
  const readingsNow = (): ReadonlyMap<Observable, readonly Series[]> => {
    const now = Date.now()
    const known = tokens.accounts()
    const until = ({ provider, account }: Account, end: number | undefined): Reading[] =>
      end === undefined ? [] : [{ account, attributes: { [PROVIDER]: provider }, value: (end - now) / 1_000 }]
    const since = (each: AccountStatus): Reading[] => {
      const { provider, account, lastFailure } = each
      if (lastFailure === undefined) return []
      const attributes = { [PROVIDER]: provider, [ERROR_TYPE]: lastFailure.code }
      return [{ account, attributes, value: (failures.get(keyOf(each)) ?? lastFailure.at) / 1_000 }]
    }
    const ofAccounts: readonly [Observable, readonly Reading[]][] = [
      [token, known.flatMap((each) => until(each, each.expiresAt))],
      [signIn, known.flatMap((each) => until(each, each.signInBy))],
      [certificate, [...certificates.values()].flatMap((each) => until(each, each.endsAt))],
      [failing, known.flatMap(since)],
    ]
    return new Map<Observable, readonly Series[]>([
      ...ofAccounts.map(([of, readings]) => [of, seriesOf(readings, namesAccounts)] as const),
      ...(known[0] ? ofAll(known[0].provider, known) : []),
    ])
  }
  const ofAll = (provider: string, known: readonly AccountStatus[]): (readonly [Observable, readonly Series[]])[] => {
    const counts = { ...NONE }
    for (const { state } of known) counts[state] += 1
    const load = tokens.load?.()
    const attributes = { [PROVIDER]: provider }
    const states = Object.entries(counts)
    return [
      [accounts, states.map(([state, value]) => ({ attributes: { ...attributes, [ACCOUNT_STATE]: state }, value }))],
      [calls, load ? [{ attributes, value: load.calls }] : []],
      [queue, load ? [{ attributes, value: load.waiting }] : []],
    ]
  }
  meter.addBatchObservableCallback(read, all)

  return {
    hear(event) {
      const { type, provider, account, expiresAt } = event
      const key = keyOf(event)
      if (type === 'refresh.done' || type === 'ended') failures.delete(key)
      if (type === 'refresh.failed' && !failures.has(key)) put(failures, key, Date.now())
      if (type === 'ended') certificates.delete(key)
      if (type === 'certificate.presented' && expiresAt !== undefined) {
        put(certificates, key, { provider, account, endsAt: expiresAt })
      }
    },
    stop: () => meter.removeBatchObservableCallback(read, all),
  }
}

/** All states, so that a series of one that no account is in says 0. */
const NONE: Readonly<Record<AccountStatus['state'], number>> = {
  absent: 0,
  fresh: 0,
  'in-window': 0,
  expired: 0,
  'reauthorization-required': 0,
  'credentials-rejected': 0,
  misconfigured: 0,
}

function keyOf({ provider, account }: Account): string {
  return JSON.stringify([provider, account])
}
