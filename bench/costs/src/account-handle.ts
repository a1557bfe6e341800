import { type AccountRef, createTokenManager } from '@chaveiro/core'
import { inProcessProvider } from './in-process-provider.ts'
import { compare, wallNanoseconds } from './interleaved.ts'
import { nanoseconds, ratioRow } from './ratio-row.ts'
import type { Row } from './row.ts'
import { shuffled } from './shuffled.ts'

const CALLS = 50_000
const LIMITS = [
  { accounts: 1, atMost: 4 },
  { accounts: 10_000, atMost: 2.5 },
]
const FORMS: readonly { readonly name: string; readonly ref: (tenant: string) => AccountRef | string }[] = [
  { name: 'a string', ref: (tenant) => tenant },
  { name: 'an object', ref: (tenant) => ({ tenant }) },
]

/** Asking the manager for the account before every use, as a web server does, against holding on to the source. */
export async function accountHandle(): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const { accounts, atMost } of LIMITS)
    for (const { name, ref } of FORMS) rows.push(await measure(accounts, atMost, name, ref))
  return rows
}

async function measure(
  accounts: number,
  atMost: number,
  form: string,
  refOf: (tenant: string) => AccountRef | string,
): Promise<Row> {
  await using tokens = createTokenManager({ provider: inProcessProvider(64), credentials: () => ({}) })
  const refs = shuffled(Array.from({ length: accounts }, (_, index) => refOf(`seller-${index}`)))
  await tokens.warm(refs)
  const sources = refs.map((ref) => tokens.account(ref))
  const subject = {
    name: 'tokens.account(ref).getToken()',
    run: async (times: number) => {
      for (let done = 0; done < times; done += accounts) for (const ref of refs) await tokens.account(ref).getToken()
    },
  }
  const baseline = {
    name: 'source.getToken()',
    run: async (times: number) => {
      for (let done = 0; done < times; done += accounts) for (const source of sources) await source.getToken()
    },
  }
  const result = await compare(subject, baseline, { cost: wallNanoseconds, rounds: 31, times: CALLS })
  const count = accounts === 1 ? '1 account' : `${accounts.toLocaleString('en')} accounts`
  const text = {
    what: `\`tokens.account(ref).getToken()\`, ${form} as ref, ${count}`,
    against: '`getToken()` of a source that is held',
    cost: nanoseconds,
  }
  return ratioRow(text, result, atMost)
}
