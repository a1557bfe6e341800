import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { accountBytes } from './account-bytes.ts'
import { cliToken } from './cli-token.ts'
import { fetchCost } from './fetch-cost.ts'
import { importCost } from './import-cost.ts'
import type { Row } from './row.ts'
import { SIZE_BUDGETS } from './size/size-budgets.ts'
import { sizeRow } from './size/size-row.ts'
import { refreshThroughStores } from './stores.ts'
import { warmToken } from './warm-token.ts'

type Measured = Row | readonly Row[]

const TARGET = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url))

const measurements: readonly (() => Measured | Promise<Measured>)[] = [
  warmToken,
  fetchCost,
  refreshThroughStores,
  accountBytes,
  () => importCost('@chaveiro/core', 1.12),
  () => importCost('@chaveiro/bitize', 1.2),
  cliToken,
  ...SIZE_BUDGETS.map((budget) => () => sizeRow(budget)),
]

const rows: Row[] = []
for (const measure of measurements) {
  const measured = await measure()
  for (const row of 'what' in measured ? [measured] : measured) {
    rows.push(row)
    process.stdout.write(`${row.kept ? '✓' : '✗'} ${row.what}: ${row.measured}, ${row.figure} (${row.limit})\n`)
  }
}
writeFileSync(TARGET, page(rows))
process.stdout.write('\nWritten to docs/benchmarks.md\n')
if (rows.some((row) => !row.kept)) process.exitCode = 1

/** What makes every start of Node slower, and so the ratios of starts smaller. */
function certificates(): string {
  return process.env['NODE_EXTRA_CA_CERTS'] ? ', with `NODE_EXTRA_CA_CERTS`' : ''
}

function page(table: readonly Row[]): string {
  const [cpu] = cpus()
  const lines = table.map(
    ({ what, measured, against, figure, limit }) => `| ${what} | ${measured} | ${against} | **${figure}** | ${limit} |`,
  )
  return [
    '# Benchmarks',
    '',
    'Written by `npx --yes pnpm@12.21.0 bench`; run it to measure your own machine. Ratios are medians of interleaved',
    'rounds in one run; times of single machines mean little. The stores are on the same machine; the file store waits for',
    'the disk at each commit, while these servers are not made to: Redis saves nothing, PostgreSQL runs without fsync.',
    '',
    'The CPU time of a start is user and system time of a child process, over 41 interleaved pairs, with the quartiles of',
    'the ratio.',
    '',
    `Measured on ${cpus().length} × ${cpu?.model ?? 'an unknown processor'}, Node ${process.versions.node}${certificates()}.`,
    '',
    '| what | measured | against | figure | limit |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n')
}
