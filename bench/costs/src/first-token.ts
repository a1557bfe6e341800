import { createTokenManager } from '@chaveiro/core'
import { inProcessEndpoint } from './in-process-endpoint.ts'
import { compare, cpuMicroseconds } from './interleaved.ts'
import { microseconds, ratioRow } from './ratio-row.ts'
import type { Row } from './row.ts'

const ACCOUNTS = 10_000
const AT_MOST = 10

/** `warm()` of accounts that have no token yet, against as many calls to the token endpoint by hand, by CPU time. */
export async function firstToken(): Promise<Row> {
  const { provider, fetch, bareCall } = inProcessEndpoint(64)
  const refs = Array.from({ length: ACCOUNTS }, (_, index) => `seller-${index}`)
  const subject = {
    name: 'warm()',
    run: async (times: number) => {
      const credentials = () => ({ key: 'a-key-of-an-account' })
      await using tokens = createTokenManager({ provider, fetch, credentials, maxAccounts: ACCOUNTS })
      const { failed } = await tokens.warm(refs.slice(0, times))
      if (failed.length > 0) throw new Error(`${failed.length} accounts have no token`)
    },
  }
  const baseline = {
    name: 'the call by hand',
    run: async (times: number) => {
      for (let count = 0; count < times; count += 1) await bareCall()
    },
  }
  const result = await compare(subject, baseline, { cost: cpuMicroseconds, rounds: 9, times: ACCOUNTS })
  const text = {
    what: `a first token, by \`warm()\` of ${ACCOUNTS.toLocaleString('en')} accounts, CPU time`,
    against: 'a call to a token endpoint in this process, by hand',
    cost: microseconds,
  }
  return ratioRow(text, result, AT_MOST)
}
