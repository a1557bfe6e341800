import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { accountHandle } from './account-handle.ts'
import { cliToken } from './cli-token.ts'
import { fetchCost } from './fetch-cost.ts'
import { firstToken } from './first-token.ts'
import { heapBytes } from './heap-bytes.ts'
import { importCost } from './import-cost.ts'
import { nodeFetchCost } from './node-fetch-cost.ts'
import { observedCost } from './observed-cost.ts'
import { refreshCost } from './refresh-cost.ts'
import type { Row } from './row.ts'
import { serveCost } from './serve-cost.ts'
import { SIZE_BUDGETS } from './size/size-budgets.ts'
import { sizeRow } from './size/size-row.ts'
import { refreshThroughStores } from './stores.ts'
import { warmToken } from './warm-token.ts'

type Measured = Row | readonly Row[]

const RULER = '| --- | --- | --- | --- | --- |'

const TARGET = fileURLToPath(new URL('../../../docs/reports/benchmarks.md', import.meta.url))

const MEASUREMENTS: readonly { readonly name: string; readonly measure: () => Measured | Promise<Measured> }[] = [
  { name: 'warm', measure: warmToken },
  { name: 'account', measure: accountHandle },
  { name: 'first', measure: firstToken },
  { name: 'refresh', measure: refreshCost },
  { name: 'fetch', measure: fetchCost },
  { name: 'observed', measure: observedCost },
  { name: 'node-fetch', measure: nodeFetchCost },
  { name: 'stores', measure: refreshThroughStores },
  { name: 'heap', measure: heapBytes },
  { name: 'import', measure: () => importCost('@chaveiro/core', 1.12) },
  { name: 'import', measure: () => importCost('@chaveiro/bitize', 1.2) },
  { name: 'cli', measure: cliToken },
  { name: 'serve', measure: serveCost },
  ...SIZE_BUDGETS.map((budget) => ({ name: 'size', measure: () => sizeRow(budget) })),
]

const wanted = process.argv.slice(2)
const names = new Set(MEASUREMENTS.map(({ name }) => name))
const unknown = wanted.find((name) => !names.has(name))
if (unknown !== undefined) throw new TypeError(`Unknown measurement ${unknown}. There are: ${[...names].join(', ')}.`)

const lines = new Map(wanted.length > 0 ? writtenLines() : [])
for (const { name, measure } of MEASUREMENTS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const measured = await measure()
  for (const row of 'what' in measured ? [measured] : measured) {
    lines.set(row.what, lineOf(row))
    if (!row.kept) process.exitCode = 1
    process.stdout.write(`${row.kept ? '✓' : '✗'} ${row.what}: ${row.measured}, ${row.figure} (${row.limit})\n`)
  }
}
writeFileSync(TARGET, page([...lines.values()]))
process.stdout.write('\nWritten to docs/reports/benchmarks.md\n')

/** The lines of the last run, by what they are about: those that are not measured again stay. */
function writtenLines(): [string, string][] {
  if (!existsSync(TARGET)) return []
  const written = readFileSync(TARGET, 'utf8').split('\n')
  return written
    .slice(written.indexOf(RULER) + 1)
    .filter(Boolean)
    .map((line) => [line.split(' | ', 1)[0]?.slice(2) ?? '', line])
}

/** What makes every start of Node slower, and so the ratios of starts smaller. */
function certificates(): string {
  return process.env['NODE_EXTRA_CA_CERTS'] ? ', with `NODE_EXTRA_CA_CERTS`' : ''
}

function lineOf({ what, measured, against, figure, limit }: Row): string {
  return `| ${what} | ${measured} | ${against} | **${figure}** | ${limit} |`
}

function page(table: readonly string[]): string {
  const [cpu] = cpus()
  return [
    '# Benchmarks',
    '',
    'Written by `npx --yes pnpm@12.21.0 bench`; run it to measure your own machine. Ratios are medians of interleaved',
    'rounds in one run, with their quartiles; times of single machines mean little. `bench warm fetch` measures some rows',
    `only: ${[...names].join(', ')}. The stores are on the same machine; the file store waits for`,
    'the disk at each commit, while these servers are not made to: Redis saves nothing, PostgreSQL runs without fsync.',
    '',
    'The CPU time of a start is user and system time of a child process, over 41 interleaved pairs. Bytes of heap are',
    'counted after a garbage collection, in processes of their own.',
    '',
    `The last run was on ${cpus().length} × ${cpu?.model ?? 'an unknown processor'}, Node ${process.versions.node}${certificates()}.`,
    'Rows that it did not measure may be of another machine.',
    '',
    '| what | measured | against | figure | limit |',
    RULER,
    ...table,
    '',
  ].join('\n')
}
