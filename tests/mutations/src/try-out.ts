import { type Mutation, placeOf, testFile } from './mutation.ts'
import type { Row } from './page.ts'
import { runTests } from './run-tests.ts'
import type { Sandbox } from './sandbox.ts'

const MODEL = testFile('core', 'model/histories')
// The same histories each time, and no search for the shortest: whether one fails is all that counts here.
const MODEL_ENV = { CHAVEIRO_TEST_SEED: '20260101', CHAVEIRO_TEST_HISTORIES: '2000', CHAVEIRO_TEST_SHRINK: 'no' }

/** Tries mutations out, each against its tests. A test that fails without a mutation would "catch" each. */
export function createTrial(): (sandbox: Sandbox, mutation: Mutation) => Promise<Row> {
  const troubles = new Map<string, Promise<string | undefined>>()

  /** Each file runs once without a mutation, in this run and in the same way. */
  const troubleWithout = (sandbox: Sandbox, file: string): Promise<string | undefined> => {
    const known = troubles.get(file) ?? troubleOf(sandbox, file)
    troubles.set(file, known)
    return known
  }

  return async (sandbox, mutation) => {
    const files = mutation.tests.map((test) => testFile(placeOf(mutation).package, test))
    for (const file of [...files, ...(mutation.inModel ? [MODEL] : [])]) {
      const trouble = await troubleWithout(sandbox, file)
      if (trouble) return { mutation, caughtBy: `no test, because ${trouble}`, invariants: undefined, isCaught: false }
    }
    const undo = await sandbox.apply(mutation)
    try {
      const { caughtBy, isCaught } = await firstToNotice(sandbox, files)
      if (!mutation.inModel) return { mutation, caughtBy, invariants: undefined, isCaught }
      const { failed } = await runTests(sandbox.folder, MODEL, MODEL_ENV)
      const numbers = [...(failed?.message ?? '').matchAll(/\[invariant (\d+)/g)].map(([, number]) => Number(number))
      const invariants = [...new Set(numbers)].sort((a, b) => a - b)
      return { mutation, caughtBy, invariants, isCaught: isCaught && invariants.length > 0 }
    } finally {
      await undo()
    }
  }
}

/** Why the file says nothing about a mutation; `undefined`: it passes without one. */
async function troubleOf(sandbox: Sandbox, file: string): Promise<string | undefined> {
  const env = file === MODEL ? { ...MODEL_ENV, CHAVEIRO_TEST_HISTORIES: '100' } : {}
  const { passed, failed, trouble } = await runTests(sandbox.folder, file, env)
  if (failed) return `${file}, "${failed.title}" fails without it: ${failed.message}`
  if (trouble) return `${file} has no verdict without it: ${trouble}`
  return passed === 0 ? `no test of ${file} ran` : undefined
}

/** One file after the other, so that the first test to notice is the same each time. */
async function firstToNotice(
  sandbox: Sandbox,
  files: readonly string[],
): Promise<{ readonly caughtBy: string; readonly isCaught: boolean }> {
  let caughtBy = 'no test'
  for (const file of files) {
    const { failed, trouble } = await runTests(sandbox.folder, file)
    if (failed) return { caughtBy: `${file.slice(file.indexOf('/test/') + 6)}: ${failed.title}`, isCaught: true }
    if (trouble) caughtBy = `no test, but ${trouble}`
  }
  return { caughtBy, isCaught: false }
}
