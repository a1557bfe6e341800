import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { median, quantile, quartiles } from './quantiles.ts'
import { withSpread } from './ratio-row.ts'
import type { Row } from './row.ts'
import { load } from './serve/load.ts'
import { type MeasuredServer, measuredServer } from './serve/measured-server.ts'

const ROUNDS = 5
const TIMES = 4_000
const WARM_UP = 4_000
const TOKEN_AT_MOST = 2
const PROXY_AT_LEAST = 0.6
const HEAP_FROM = 20_000
const HEAP_TO = 100_000
const HEAP_AT_MOST = 5
const MIB = 2 ** 20
const TOKEN = '/v1/tokens/bitize/default'
const PROXY = '/v1/proxy/bitize/default/vendors'

/** What `chaveiro serve` costs for a request, against the least that a server and a proxy can do, and what it keeps. */
export async function serveCost(): Promise<readonly Row[]> {
  const home = mkdtempSync(join(tmpdir(), 'chaveiro-bench-'))
  try {
    await using api = await measuredServer([programOf('api-server')])
    const serve = serveOf(api.url, home)
    await using server = await serve.start()
    const tokenBytes = (await fetchText(server.url + TOKEN, serve.holder)).length
    await using bare = await measuredServer([programOf('bare-server'), String(tokenBytes)])
    await using proxy = await measuredServer([programOf('bare-proxy'), api.url])
    const token = await compared(
      { server, url: server.url + TOKEN, key: serve.holder },
      { server: bare, url: bare.url, key: serve.holder },
    )
    const proxied = await compared(
      { server, url: server.url + PROXY, key: serve.reader },
      { server: proxy, url: `${proxy.url}/vendors`, key: serve.reader },
    )
    await using lasting = await serve.start()
    return [...tokenRows(token), ...proxyRows(proxied), await heapRow(lasting, serve)]
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

interface Served {
  start(): Promise<MeasuredServer>
  /** A key of the token door. */
  readonly holder: string
  /** A key of the proxy door, limited to a path. */
  readonly reader: string
}

/** The command with an account of this API, and keys for it. */
function serveOf(api: string, home: string): Served {
  const main = join(createRequire(import.meta.url).resolve('chaveiro/package.json'), '../dist/main.js')
  const place = ['--from-env', '--state', join(home, 'state')]
  const account = { BITIZE_CONSUMER_KEY: 'bench', BITIZE_SECRET_KEY: 'bench-secret', BITIZE_SERVER: api }
  const env = { HOME: home, PATH: process.env['PATH'] ?? '', ...account }
  const addKey = (name: string, ...words: readonly string[]): string =>
    execFileSync(process.execPath, [main, 'serve', 'keys', 'add', name, ...place, ...words], {
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  return {
    start: () => measuredServer([main, 'serve', 'bitize', ...place, '--port', '0', '--json'], env),
    holder: addKey('holder', '--allow', 'bitize/default', '--door', 'token'),
    reader: addKey('reader', '--allow', 'bitize/default GET /vendors/**'),
  }
}

interface Loaded {
  readonly server: MeasuredServer
  readonly url: string
  readonly key: string
}

interface Round {
  /** Microseconds of CPU time for a request. */
  readonly cpu: number
  /** Milliseconds that one of a hundred requests takes longer than. */
  readonly p99: number
}

/** Rounds of both in turn, A B B A …. */
async function compared(
  subject: Loaded,
  baseline: Loaded,
): Promise<readonly { readonly subject: Round; readonly baseline: Round }[]> {
  for (const { url, key } of [subject, baseline]) await load(url, key, WARM_UP)
  const rounds = []
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % 2 === 0) {
      const first = await measured(subject)
      rounds.push({ subject: first, baseline: await measured(baseline) })
    } else {
      const first = await measured(baseline)
      rounds.push({ baseline: first, subject: await measured(subject) })
    }
  }
  return rounds
}

async function measured({ server, url, key }: Loaded): Promise<Round> {
  const before = await server.cpu()
  const durations = await load(url, key, TIMES)
  return { cpu: ((await server.cpu()) - before) / TIMES, p99: quantile(durations, 0.99) }
}

type Rounds = Awaited<ReturnType<typeof compared>>

/** The figures of one kind, round by round. */
function ratiosOf(rounds: Rounds, figure: keyof Round): { subject: number; baseline: number; ratios: number[] } {
  return {
    subject: median(rounds.map(({ subject }) => subject[figure])),
    baseline: median(rounds.map(({ baseline }) => baseline[figure])),
    ratios: rounds.map(({ subject, baseline }) => subject[figure] / baseline[figure]),
  }
}

function tokenRows(rounds: Rounds): readonly Row[] {
  const { subject, baseline, ratios } = ratiosOf(rounds, 'cpu')
  const against = '`node:http` with an answer of that size'
  return [
    {
      what: '`chaveiro serve`, a token, CPU time',
      measured: `${subject.toFixed(0)} µs`,
      against: `${against}, ${baseline.toFixed(0)} µs`,
      figure: withSpread(median(ratios), quartiles(ratios)),
      limit: `at most ${TOKEN_AT_MOST}×`,
      kept: median(ratios) <= TOKEN_AT_MOST,
    },
    p99Row('`chaveiro serve`, a token', against, rounds),
  ]
}

function proxyRows(rounds: Rounds): readonly Row[] {
  const { subject, baseline, ratios } = ratiosOf(rounds, 'cpu')
  const speeds = ratios.map((ratio) => 1 / ratio)
  const [lower, upper] = quartiles(speeds).map((quartile) => quartile.toFixed(2))
  const against = 'a proxy of `node:http` and undici'
  return [
    {
      what: '`chaveiro serve`, a request through the proxy, CPU time',
      measured: `${subject.toFixed(0)} µs`,
      against: `${against}, ${baseline.toFixed(0)} µs`,
      figure: `${median(speeds).toFixed(2)}× its speed (${lower}–${upper})`,
      limit: `at least ${PROXY_AT_LEAST}×`,
      kept: median(speeds) >= PROXY_AT_LEAST,
    },
    p99Row('`chaveiro serve`, a request through the proxy', against, rounds),
  ]
}

function p99Row(what: string, against: string, rounds: Rounds): Row {
  const { subject, baseline, ratios } = ratiosOf(rounds, 'p99')
  return {
    what: `${what}, the slowest of a hundred, 32 at once`,
    measured: `${subject.toFixed(1)} ms`,
    against: `${against}, ${baseline.toFixed(1)} ms`,
    figure: withSpread(median(ratios), quartiles(ratios)),
    limit: '–',
    kept: true,
  }
}

async function heapRow(server: MeasuredServer, { reader, holder }: Served): Promise<Row> {
  const both = async (count: number): Promise<void> => {
    await load(server.url + PROXY, reader, count / 2)
    await load(server.url + TOKEN, holder, count / 2)
  }
  await both(HEAP_FROM)
  const before = await server.heap()
  await both(HEAP_TO - HEAP_FROM)
  const after = await server.heap()
  const growth = (after - before) / MIB
  return {
    what: '`chaveiro serve`, growth of its heap',
    measured: `${(after / MIB).toFixed(1)} MiB after ${HEAP_TO.toLocaleString('en')} requests`,
    against: `after ${HEAP_FROM.toLocaleString('en')}, ${(before / MIB).toFixed(1)} MiB`,
    figure: `${growth.toFixed(2)} MiB`,
    limit: `less than ${HEAP_AT_MOST} MiB`,
    kept: growth < HEAP_AT_MOST,
  }
}

async function fetchText(url: string, key: string): Promise<string> {
  return (await fetch(url, { headers: { authorization: `Bearer ${key}` } })).text()
}

function programOf(name: string): string {
  return fileURLToPath(new URL(`./serve/${name}.js`, import.meta.url))
}
