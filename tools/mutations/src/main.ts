import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ENGINE_MUTATIONS } from './engine-mutations.ts'
import type { Mutation } from './mutation.ts'
import { inWords, page, type Row } from './page.ts'
import { RETRY_MUTATIONS } from './retry-mutations.ts'
import { runTests } from './run-tests.ts'
import { createSandbox, type Sandbox } from './sandbox.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const WORKERS = 2
const MODEL = 'model/histories'
// The same histories each time, and no search for the shortest: whether one fails is all that counts here.
const MODEL_ENV = { CHAVEIRO_TEST_SEED: '20260101', CHAVEIRO_TEST_HISTORIES: '2000', CHAVEIRO_TEST_SHRINK: 'no' }

const INVARIANTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

const wanted = process.argv.slice(2)
const all = [...ENGINE_MUTATIONS, ...RETRY_MUTATIONS]
const mutations = wanted.length === 0 ? all : all.filter(({ name }) => wanted.some((word) => name.includes(word)))
const rows = new Map<Mutation, Row>()

await requireGreen()
const queue = [...mutations]
await Promise.all(Array.from({ length: WORKERS }, work))
const found = mutations.flatMap((mutation) => rows.get(mutation) ?? [])
if (wanted.length === 0) writeFileSync(new URL('../../../docs/mutations.md', import.meta.url), page(found))
const survivors = found.filter(({ isCaught }) => !isCaught).length
// An invariant that no mutation breaks holds because nobody looks.
const broken = new Set(found.flatMap(({ invariants = [] }) => invariants))
const unbroken = wanted.length === 0 ? INVARIANTS.filter((number) => !broken.has(number)) : []
for (const number of unbroken) process.stdout.write(`✗ invariant ${number} was broken by no mutation\n`)
const failed = survivors + unbroken.length
process.stdout.write(`\n${found.length - survivors} passed, ${failed} failed\n`)
if (failed > 0) process.exitCode = 1

/** Every text is still there; and tests that fail without a mutation would "catch" each. */
async function requireGreen(): Promise<void> {
  const sandbox = await createSandbox(ROOT)
  try {
    for (const mutation of mutations) {
      const undo = await sandbox.apply(mutation)
      await undo()
    }
    process.stdout.write('Running the tests without a mutation …\n')
    const files = [...new Set([...mutations.flatMap(({ tests }) => tests), MODEL])]
    const { passed, failed } = await runTests(sandbox.folder, files, { ...MODEL_ENV, CHAVEIRO_TEST_HISTORIES: '100' })
    const [first] = failed
    if (first) throw new Error(`${first.file}, "${first.title}" fails without a mutation: ${first.message}`)
    if (passed === 0) throw new Error('No test ran.')
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

/** Makes the change, runs its tests, and the model where that is to see it too. */
async function tryOut(sandbox: Sandbox, mutation: Mutation): Promise<Row> {
  const undo = await sandbox.apply(mutation)
  try {
    const [test] = (await runTests(sandbox.folder, mutation.tests)).failed
    const caughtBy = test ? `${test.file}: ${test.title}` : 'no test'
    if (!mutation.inModel) return { mutation, caughtBy, invariants: undefined, isCaught: test !== undefined }
    const [history] = (await runTests(sandbox.folder, [MODEL], MODEL_ENV)).failed
    const numbers = [...(history?.message ?? '').matchAll(/\[invariant (\d+)/g)].map(([, number]) => Number(number))
    const invariants = [...new Set(numbers)].sort((a, b) => a - b)
    return { mutation, caughtBy, invariants, isCaught: test !== undefined && invariants.length > 0 }
  } finally {
    await undo()
  }
}
