import { createTokenManager, type TokenSource } from '@chaveiro/core'
import { inProcessEndpoint } from './in-process-endpoint.ts'
import { type Contestant, compare, cpuMicroseconds } from './interleaved.ts'
import { microseconds, ratioRow } from './ratio-row.ts'
import type { Row } from './row.ts'

const SHORT = 64
const LONG = 16 * 1_024
const AT_MOST_BY_LENGTH = 4
const AT_MOST_UNHEARD = 1
const TIMES = 500

/** What makes a refresh dearer: a long token, which everything that leaves is searched for, and events that are heard. */
export async function refreshCost(): Promise<readonly Row[]> {
  return [await longToken(), await unheardEvents()]
}

async function longToken(): Promise<Row> {
  await using long = manager(LONG)
  await using short = manager(SHORT)
  const result = await compare(
    refreshing('16 KiB', long.account('seller')),
    refreshing('64 characters', short.account('seller')),
    { cost: cpuMicroseconds, rounds: 21, times: TIMES },
  )
  const text = {
    what: 'a refresh with tokens of 16 KiB, CPU time',
    against: `the same with tokens of ${SHORT} characters`,
    cost: microseconds,
  }
  return ratioRow(text, result, AT_MOST_BY_LENGTH)
}

async function unheardEvents(): Promise<Row> {
  await using unheard = manager(SHORT)
  await using heard = manager(SHORT)
  heard.on(() => {})
  const result = await compare(
    refreshing('without a listener', unheard.account('seller')),
    refreshing('with a listener', heard.account('seller')),
    { cost: cpuMicroseconds, rounds: 21, times: TIMES },
  )
  const text = {
    what: 'a refresh that no listener hears of, CPU time',
    against: 'the same with a listener',
    cost: microseconds,
  }
  return ratioRow(text, result, AT_MOST_UNHEARD)
}

function manager(tokenLength: number) {
  const { provider, fetch } = inProcessEndpoint(tokenLength)
  return createTokenManager({ provider, fetch, credentials: () => ({ key: 'a-key-of-an-account' }) })
}

function refreshing(name: string, source: TokenSource): Contestant {
  return {
    name,
    run: async (times) => {
      for (let count = 0; count < times; count += 1) await source.reject(await source.getToken())
    },
  }
}
