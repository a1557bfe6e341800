import type { TokenEvent } from '@chaveiro/core'
import type { Attributes } from '@opentelemetry/api'
import { ACCOUNT, accountText } from './attributes.ts'

// A series for each account: more of them are a burden for the server that collects them.
const MOST_NAMED = 1_000

/** Something that was measured of one account. */
export interface Reading {
  readonly account: TokenEvent['account']
  readonly attributes: Attributes
  readonly value: number
}

/** A value of a gauge. */
export interface Series {
  readonly attributes: Attributes
  readonly value: number
}

/**
 * The series that readings make: with names, one for each of the accounts with the smallest values. All others, or all
 * without names, are one series for each set of attributes, with its smallest value.
 */
export function seriesOf(readings: readonly Reading[], namesAccounts: boolean): readonly Series[] {
  const sorted = [...readings].sort((a, b) => a.value - b.value)
  const named = namesAccounts ? sorted.splice(0, MOST_NAMED) : []
  const smallest = new Map<string, Series>()
  for (const { attributes, value } of sorted.reverse()) smallest.set(JSON.stringify(attributes), { attributes, value })
  return [
    ...named.map(({ account, attributes, value }) => ({
      attributes: { ...attributes, [ACCOUNT]: accountText(account) },
      value,
    })),
    ...smallest.values(),
  ]
}

/**
 * Remembers the series of a gauge. One that was there before and is gone gets the value NaN once, because OpenTelemetry's SDK
 * for JavaScript goes on exporting the last value of what is not observed any more
 * (https://github.com/open-telemetry/opentelemetry-js/issues/4096). NaN makes every comparison false.
 */
export function lastingSeries(): (now: readonly Series[]) => readonly Series[] {
  let before = new Map<string, Attributes>()
  return (now) => {
    const present = new Map(now.map(({ attributes }) => [JSON.stringify(attributes), attributes]))
    const gone = [...before].filter(([key]) => !present.has(key))
    before = present
    return [...now, ...gone.map(([, attributes]) => ({ attributes, value: Number.NaN }))]
  }
}
