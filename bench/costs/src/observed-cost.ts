import { bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager, type TokenManager } from '@chaveiro/core'
import { instrument } from '@chaveiro/opentelemetry'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { NoopSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { withEchoServer } from './echo-server-process.ts'
import { type Comparison, compare, cpuMicroseconds, wallNanoseconds } from './interleaved.ts'
import { microseconds, nanoseconds, ratioRow } from './ratio-row.ts'
import { repeatAtOnce } from './repeat-at-once.ts'
import type { Row } from './row.ts'

const AT_ONCE = 16

/** Ways to watch a manager, and by how much each may slow down a warm `getToken()` and a `fetch`. */
const WATCHERS = [
  { name: 'a listener', watch: (tokens: TokenManager) => void tokens.on(() => {}), token: 1.1, fetch: 1.1 },
  { name: '`instrument()`', watch: (tokens: TokenManager) => void instrumented(tokens), token: 1.1, fetch: 1.5 },
] as const

/** A warm `getToken()` and a `fetch` with a listener, and with spans and metrics that an SDK makes and drops. */
export async function observedCost(): Promise<readonly Row[]> {
  return withEchoServer(async (url) => {
    const rows: Row[] = []
    for (const { name, watch, token, fetch } of WATCHERS) {
      await using plain = await managerOf(url)
      await using watched = await managerOf(url)
      watch(watched)
      const against = 'the same without a listener'
      const tokens = await compared(plain, watched, warmly, { cost: wallNanoseconds, rounds: 31, times: 100_000 })
      rows.push(ratioRow({ what: `warm \`getToken()\`, with ${name}`, against, cost: nanoseconds }, tokens, token))
      const path = new URL('/vendors', url)
      const fetches = await compared(plain, watched, fetching(path), {
        cost: cpuMicroseconds,
        rounds: 31,
        times: 1_024,
      })
      const what = `\`source.fetch\`, ${AT_ONCE} at once, with ${name}, CPU time`
      rows.push(ratioRow({ what, against, cost: microseconds }, fetches, fetch))
    }
    return rows
  })
}

type Run = (tokens: TokenManager, times: number) => Promise<void>

const warmly: Run = async (tokens, times) => {
  const source = tokens.account('seller')
  for (let done = 0; done < times; done += 1) await source.getToken()
}

function fetching(path: URL): Run {
  return async (tokens, times) => {
    const { fetch } = tokens.account('seller')
    await repeatAtOnce(times, AT_ONCE, () => fetch(path))
  }
}

function compared(
  plain: TokenManager,
  watched: TokenManager,
  run: Run,
  options: Parameters<typeof compare>[2],
): Promise<Comparison> {
  const subject = { name: 'watched', run: (times: number) => run(watched, times) }
  const baseline = { name: 'plain', run: (times: number) => run(plain, times) }
  return compare(subject, baseline, options)
}

async function managerOf(url: string | URL): Promise<TokenManager> {
  const credentials = () => ({ consumerKey: 'bench', secretKey: 'bench' })
  const tokens = createTokenManager({ provider: bitizeProvider({ server: new URL(url) }), credentials })
  await tokens.account('seller').seed({
    accessToken: 'a-token-of-the-usual-length-0123456789abcdef',
    expiresAt: Date.now() + 86_400_000,
  })
  return tokens
}

function instrumented(tokens: TokenManager): () => void {
  const tracer = new TracerProvider({ spanProcessors: [new NoopSpanProcessor()] }).getTracer('bench')
  // Kept until it is collected, which it never is.
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 })
  const meter = new MeterProvider({ readers: [reader] }).getMeter('bench')
  return instrument(tokens, { tracer, meter })
}
