import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Mutation } from './mutation.ts'
import { MUTATIONS } from './mutations.ts'
import { inWords, page, type Row } from './page.ts'
import { createSandbox } from './sandbox.ts'
import { createTrial } from './try-out.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const WORKERS = 2
const INVARIANTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

const wanted = process.argv.slice(2)
const mutations = MUTATIONS.filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
const rows = new Map<Mutation, Row>()
const tryOut = createTrial()

await requireApplicable()
const queue = [...mutations]
await Promise.all(Array.from({ length: WORKERS }, work))
const found = mutations.flatMap((mutation) => rows.get(mutation) ?? [])
if (wanted.length === 0) writeFileSync(new URL('../../../docs/reports/mutations.md', import.meta.url), page(found))
const survivors = found.filter(({ isCaught }) => !isCaught).length
// An invariant that no mutation breaks may hold only because no test looks.
const broken = new Set(found.flatMap(({ invariants = [] }) => invariants))
const unbroken = wanted.length === 0 ? INVARIANTS.filter((number) => !broken.has(number)) : []
for (const number of unbroken) process.stdout.write(`✗ invariant ${number} was broken by no mutation\n`)
const failed = survivors + unbroken.length
process.stdout.write(`\n${found.length - survivors} passed, ${failed} failed\n`)
if (failed > 0) process.exitCode = 1

/** Every text is still there. */
async function requireApplicable(): Promise<void> {
  const sandbox = await createSandbox(ROOT)
  try {
    for (const mutation of mutations) {
      const undo = await sandbox.apply(mutation)
      await undo()
    }
  } finally {
    await sandbox.remove()
  }
}

async function work(): Promise<void> {
  const sandbox = await createSandbox(ROOT)
  try {
    for (let mutation = queue.shift(); mutation; mutation = queue.shift()) {
      const row = await tryOut(sandbox, mutation)
      rows.set(mutation, row)
      const model = inWords(row.invariants)
      process.stdout.write(`${row.isCaught ? '✓' : '✗'} ${mutation.name}: ${row.caughtBy}${model && `; ${model}`}\n`)
    }
  } finally {
    await sandbox.remove()
  }
}
