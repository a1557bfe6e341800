import { createBitize } from '@chaveiro/bitize'
import { withEchoServer } from './echo-server-process.ts'
import { type Comparison, compare, cpuMicroseconds } from './interleaved.ts'
import { repeatAtOnce } from './repeat-at-once.ts'
import type { Row } from './row.ts'

const AT_LEAST = 0.9
const AT_ONCE = [1, 16, 128]
const TIMES = 1_024

/** `source.fetch` against the same request by hand, by CPU time of this process: one after the other, and many at once. */
export async function fetchCost(): Promise<readonly Row[]> {
  return withEchoServer(async (url) => {
    await using bitize = createBitize({ server: url, consumerKey: 'bench', secretKey: 'bench' })
    await bitize.seed({
      accessToken: 'a-token-of-the-usual-length-0123456789abcdef',
      expiresAt: Date.now() + 86_400_000,
    })
    const token = await bitize.getToken()
    const path = new URL('/vendors', url)
    const rows: Row[] = []
    for (const atOnce of AT_ONCE) {
      const subject = {
        name: 'source.fetch',
        run: (times: number) => repeatAtOnce(times, atOnce, () => bitize.fetch(path)),
      }
      const baseline = {
        name: 'fetch',
        run: (times: number) =>
          repeatAtOnce(times, atOnce, () =>
            fetch(path, {
              headers: { authorization: `Bearer ${token.reveal()}` },
              signal: AbortSignal.timeout(30_000),
            }),
          ),
      }
      rows.push(row(atOnce, await compare(subject, baseline, { cost: cpuMicroseconds, rounds: 31, times: TIMES })))
    }
    return rows
  })
}

function row(atOnce: number, { subject, baseline, ratio, quartiles }: Comparison): Row {
  const share = 1 / ratio
  const [lower, upper] = [...quartiles].reverse().map((quartile) => (1 / quartile).toFixed(2))
  return {
    what: `\`source.fetch\`, ${atOnce} at once, CPU time`,
    measured: `${subject.toFixed(0)} µs`,
    against: `\`fetch\` with a header and \`AbortSignal.timeout\`, ${baseline.toFixed(0)} µs`,
    figure: `${share.toFixed(2)}× its speed (${lower}–${upper})`,
    limit: `at least ${AT_LEAST}×`,
    kept: share >= AT_LEAST,
  }
}
