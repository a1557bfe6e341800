import { createTokenManager } from '@chaveiro/core'
import { inProcessProvider } from './in-process-provider.ts'
import { type Contestant, compare, wallNanoseconds } from './interleaved.ts'
import { nanoseconds, ratioRow } from './ratio-row.ts'
import type { Row } from './row.ts'
import { shuffled } from './shuffled.ts'

const AT_MOST = 2
const MANY = 100_000
const TOKEN_LENGTH = 64

/** `await source.getToken()` with a fresh token in memory: of one account, and of a random one of very many. */
export async function warmToken(): Promise<readonly Row[]> {
  return [await oneAccount(), await manyAccounts()]
}

async function oneAccount(): Promise<Row> {
  await using tokens = createTokenManager({ provider: inProcessProvider(TOKEN_LENGTH), credentials: () => ({}) })
  const source = tokens.account('seller')
  const constant = await source.getToken()
  const constantly = async (): Promise<unknown> => constant
  const subject = awaiting('getToken()', [source], (one) => one.getToken())
  const baseline = awaiting('a constant async function', [constantly], (one) => one())
  const result = await compare(subject, baseline, { cost: wallNanoseconds, rounds: 31, times: 100_000 })
  const text = {
    what: 'warm `getToken()`',
    against: 'awaiting a constant async function',
    cost: nanoseconds,
  }
  return ratioRow(text, result, AT_MOST)
}

async function manyAccounts(): Promise<Row> {
  const provider = inProcessProvider(TOKEN_LENGTH)
  await using tokens = createTokenManager({ provider, credentials: () => ({}), maxAccounts: MANY })
  const refs = Array.from({ length: MANY }, (_, index) => `seller-${index}`)
  await tokens.warm(refs)
  const sources = refs.map((ref) => tokens.account(ref))
  const tokensOf = await Promise.all(sources.map((source) => source.getToken()))
  const promises: readonly Promise<unknown>[] = tokensOf.map((token) => Promise.resolve(token))
  const subject = awaiting('getToken()', shuffled(sources), (source) => source.getToken())
  const baseline = awaiting('a ready promise', shuffled(promises), (promise) => promise)
  const result = await compare(subject, baseline, { cost: wallNanoseconds, rounds: 31, times: MANY })
  const text = {
    what: `warm \`getToken()\`, a random one of ${MANY.toLocaleString('en')} accounts`,
    against: 'awaiting a random one of as many ready promises',
    cost: nanoseconds,
  }
  return ratioRow(text, result, AT_MOST)
}

/** Goes through the items again and again. */
function awaiting<T>(name: string, items: readonly T[], promiseOf: (item: T) => Promise<unknown>): Contestant {
  return {
    name,
    run: async (times) => {
      for (let done = 0; done < times; done += items.length) for (const item of items) await promiseOf(item)
    },
  }
}
