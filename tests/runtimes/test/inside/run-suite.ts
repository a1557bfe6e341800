import './set-immediate.ts'
import { setState } from '@vitest/expect'
import { type File, startTests, type Task, type VitestRunner } from '@vitest/runner'
import { expect } from './vitest.ts'

/** One test, by its file and its names. */
export interface TestReport {
  readonly name: string
  readonly passed: boolean
  /** Why it did not pass. */
  readonly errors: readonly string[]
}

/** Test files by their paths, loaded when their turn comes. */
export type Files = Readonly<Record<string, () => Promise<unknown>>>

// Eight runtimes share a machine.
const TEST_TIMEOUT_MS = 60_000

/** Runs the files one after another, as vitest would, and tells how every test ended. */
export async function runSuite(files: Files): Promise<readonly TestReport[]> {
  const runner: VitestRunner = {
    config: {
      root: '/',
      setupFiles: [],
      name: undefined,
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: false,
      sequence: { seed: 1, hooks: 'stack', setupFiles: 'list' },
      maxConcurrency: 5,
      testTimeout: TEST_TIMEOUT_MS,
      hookTimeout: TEST_TIMEOUT_MS,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: true,
      chaiConfig: undefined,
    },
    importFile: async (path) => files[path.slice(1)]?.(),
    onBeforeTryTask: () => setState({ assertionCalls: 0, expectedAssertionsNumber: null }, expect),
  }
  const finished = await startTests(
    Object.keys(files).map((file) => `/${file}`),
    runner,
  )
  return finished.flatMap((file) => [...reportsOf(file, file.name), ...ownFailure(file)])
}

function reportsOf(parent: { readonly tasks: readonly Task[] }, path: string): TestReport[] {
  return parent.tasks.flatMap((task) => {
    const name = `${path} > ${task.name}`
    if (task.type === 'suite') return reportsOf(task, name)
    return [{ name, passed: task.result?.state === 'pass', errors: messages(task.result?.errors) }]
  })
}

/** A file that could not even be loaded is a test that failed. */
function ownFailure(file: File): TestReport[] {
  const errors = messages(file.result?.errors)
  return errors.length > 0 ? [{ name: file.name, passed: false, errors }] : []
}

function messages(errors: readonly { readonly message: string; readonly stack?: string }[] = []): readonly string[] {
  return errors.map(({ message, stack = '' }) => `${message}\n${stack}`)
}
