import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { type Home, MAIN, type Outcome } from './home.ts'

const PROGRAM = fileURLToPath(new URL('run-lines.mjs', import.meta.url))

/** What a command line came to. */
export type LineOutcome = Pick<Outcome, 'status' | 'stdout' | 'stderr'>

/** Runs many command lines in one process, where only their texts matter: starting one for each takes most of the time. */
export async function runLines(
  home: Home,
  lines: readonly (readonly string[])[],
  env: Readonly<Record<string, string>>,
): Promise<readonly LineOutcome[]> {
  const { status, stdout, stderr } = await home.run([JSON.stringify(lines), MAIN], { main: PROGRAM, env })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const outcomes: readonly LineOutcome[] = JSON.parse(stdout)
  expect(outcomes).toHaveLength(lines.length)
  return outcomes
}
