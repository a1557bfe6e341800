import { createBitize } from '@chaveiro/bitize'
import { nodeFetch } from '@chaveiro/core/node'
import { withEchoServer } from './echo-server-process.ts'
import { compare, cpuMicroseconds } from './interleaved.ts'
import { repeatAtOnce } from './repeat-at-once.ts'
import type { Row } from './row.ts'

const AT_LEAST = 1.5
const AT_ONCE = 32
const TIMES = 1_024

/** `source.fetch` over `nodeFetch()` against `source.fetch` over the platform's fetch, by CPU time of this process. */
export async function nodeFetchCost(): Promise<Row> {
  return withEchoServer(async (url) => {
    await using send = nodeFetch()
    const account = { server: url, consumerKey: 'bench', secretKey: 'bench' }
    await using over = createBitize({ ...account, fetch: send })
    await using plain = createBitize(account)
    const grant = { accessToken: 'a-token-of-the-usual-length-0123456789abcdef', expiresAt: Date.now() + 86_400_000 }
    await over.seed(grant)
    await plain.seed(grant)
    const path = new URL('/vendors', url)
    const { subject, baseline, ratio, quartiles } = await compare(
      { name: 'nodeFetch', run: (times) => repeatAtOnce(times, AT_ONCE, () => over.fetch(path)) },
      { name: 'fetch', run: (times) => repeatAtOnce(times, AT_ONCE, () => plain.fetch(path)) },
      { cost: cpuMicroseconds, rounds: 31, times: TIMES },
    )
    const speed = 1 / ratio
    const [lower, upper] = [...quartiles].reverse().map((quartile) => (1 / quartile).toFixed(2))
    return {
      what: `\`source.fetch\` over \`nodeFetch()\`, ${AT_ONCE} at once, CPU time`,
      measured: `${subject.toFixed(0)} µs`,
      against: `\`source.fetch\` over the platform's \`fetch\`, ${baseline.toFixed(0)} µs`,
      figure: `${speed.toFixed(2)}× its speed (${lower}–${upper})`,
      limit: `at least ${AT_LEAST}×`,
      kept: speed >= AT_LEAST,
    }
  })
}
