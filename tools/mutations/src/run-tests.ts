import { execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** What the tests made of it. */
export interface Outcome {
  readonly passed: number
  /** The tests that failed, and the first line of why. */
  readonly failed: readonly { readonly title: string; readonly file: string; readonly message: string }[]
}

interface Report {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly {
      readonly status: string
      readonly title: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

// A mutation may well make a test hang.
const LIMIT_MS = 180_000

/**
 * Runs these test files of the core until one test fails, in one worker: a thread, because a process of its own would
 * outlive the run that is stopped, and go on for ever.
 */
export async function runTests(
  folder: string,
  files: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const output = join(folder, 'packages', 'core', 'report.json')
  await rm(output, { force: true })
  const vitest = join(dirname(createRequire(join(folder, 'package.json')).resolve('vitest/package.json')), 'vitest.mjs')
  const options = [
    '--project',
    'packages/core',
    '--bail',
    '1',
    '--no-file-parallelism',
    '--pool',
    'threads',
    '--reporter',
    'json',
  ]
  const paths = files.map((file) => `packages/core/test/${file}.test.ts`)
  const said = await run(folder, [vitest, 'run', ...options, '--outputFile', output, ...paths], env)
  const text = await readFile(output, 'utf8').catch(() => '')
  // A file that cannot even be loaded, or a run that was stopped, leaves no report: the mutation broke that much.
  if (text === '') return { passed: 0, failed: [{ title: 'the run itself', file: files[0] ?? '', message: said }] }
  const { numPassedTests, testResults }: Report = JSON.parse(text)
  const failed = testResults.flatMap(({ name, message, assertionResults }) => {
    const tests = assertionResults.filter(({ status }) => status === 'failed')
    const file = name.slice(name.indexOf('/test/') + '/test/'.length)
    const own = tests.map(({ title, failureMessages }) => ({ title, file, message: failureMessages[0] ?? '' }))
    return own.length === 0 && message !== '' ? [{ title: 'the file as a whole', file, message }] : own
  })
  return { passed: numPassedTests, failed }
}

/** Resolves with what it printed to stderr, whatever its status. */
function run(cwd: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const all = { ...process.env, NO_COLOR: '1', ...env }
  const options = { cwd, env: all, timeout: LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 2 ** 26 } as const
  return new Promise((resolve) => {
    execFile(process.execPath, args, options, (_, __, said) => resolve(said))
  })
}
