import { execFileSync } from 'node:child_process'
import { program } from './needs.ts'

/** The variables that set the wall clock of a program off by this much, by libfaketime. Its monotonic clock stays right. */
export function fakeTime(offsetMs: number): Readonly<Record<string, string>> {
  const offset = `${offsetMs < 0 ? '-' : '+'}${Math.abs(offsetMs) / 1_000}s`
  // Its command knows where Debian keeps the library. The command itself would be one process more to end.
  const library = execFileSync(program('faketime'), ['-f', offset, 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' })
  return { LD_PRELOAD: library.trim(), FAKETIME: offset, FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1' }
}
