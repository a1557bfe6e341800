import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What one test file made of it. */
export interface Outcome {
  readonly passed: number
  /** The first test that failed. */
  readonly failed: { readonly title: string; readonly message: string } | undefined
  /** Why there is no verdict: the file can't be loaded, or a test or the run took too long. */
  readonly trouble: string | undefined
}

interface Report {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly title: string
      readonly duration?: number
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

// A mutation can make a test wait, or spin, forever. That is not a verdict, because a busy machine looks the same.
const TEST_LIMIT_MS = 120_000
const RUN_LIMIT_MS = 600_000

/**
 * Runs one test file until a test fails, in one worker: a thread, because a process of its own would outlive the run that
 * is stopped, and go on forever.
 */
export async function runTests(
  folder: string,
  file: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const output = join(folder, 'report.json')
  await rm(output, { force: true })
  const vitest = join(dirname(createRequire(join(folder, 'package.json')).resolve('vitest/package.json')), 'vitest.mjs')
  const options = [
    ['--project', file.slice(0, file.indexOf('/test/'))],
    ['--bail', '1'],
    ['--no-file-parallelism'],
    ['--pool', 'threads'],
    ['--testTimeout', String(TEST_LIMIT_MS)],
    ['--hookTimeout', String(TEST_LIMIT_MS)],
    ['--reporter', 'json'],
    ['--outputFile', output],
  ]
  const said = await run(folder, [vitest, 'run', ...options.flat(), file], env)
  const text = await readFile(output, 'utf8').catch(() => '')
  if (text === '') return { passed: 0, failed: undefined, trouble: `the run left no report: ${said}` }
  const { numPassedTests: passed, testResults }: Report = JSON.parse(text)
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults)
  const first = tests.find(({ status }) => status === 'failed')
  const isEnded = first === undefined || (first.duration ?? 0) < TEST_LIMIT_MS
  if (first && isEnded) {
    const { title, failureMessages } = first
    return { passed, failed: { title, message: failureMessages[0] ?? '' }, trouble: undefined }
  }
  const unloaded = testResults.find(({ message }) => message !== '')?.message
  return { passed, failed: undefined, trouble: first ? `"${first.title}" did not end` : unloaded }
}

/** Resolves with what it printed to stderr, whatever its status. */
function run(cwd: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const all = { ...process.env, NO_COLOR: '1', ...env }
  const options = { cwd, env: all, timeout: RUN_LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 } as const
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (_, __, said) => resolve(said))
  })
}
