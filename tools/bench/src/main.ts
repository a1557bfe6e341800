import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { accountBytes } from './account-bytes.ts'
import { cliToken } from './cli-token.ts'
import { coldImport } from './cold-import.ts'
import { fetchCost } from './fetch-cost.ts'
import type { Row } from './row.ts'
import { SIZE_BUDGETS } from './size/size-budgets.ts'
import { sizeRow } from './size/size-row.ts'
import { refreshThroughStores } from './stores.ts'
import { warmToken } from './warm-token.ts'

const TARGET = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url))

const measurements: readonly (() => Row | Promise<Row | readonly Row[]>)[] = [
  warmToken,
  fetchCost,
  refreshThroughStores,
  accountBytes,
  () => coldImport('@chaveiro/core'),
  () => coldImport('@chaveiro/bitize'),
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
    `Measured on ${cpus().length} × ${cpu?.model ?? 'an unknown processor'}, Node ${process.versions.node}.`,
    '',
    '| what | measured | against | figure | limit |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
  ].join('\n')
}
