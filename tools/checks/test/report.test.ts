import { expect, it } from 'vitest'
import type { Check, Outcome } from '../src/check.ts'
import { closingLine, describeAll, describeOutcome } from '../src/report.ts'

const check = (name: string): Check => ({ name, command: ['true'], needs: [] })
const passed = (name: string, wallMs = 400): Outcome => ({
  check: check(name),
  state: 'passed',
  output: 'noise\n',
  wallMs,
  cpuMs: 1_000,
})
const failed = (name: string): Outcome => ({
  check: check(name),
  state: 'failed',
  output: 'why\n',
  wallMs: 61_000,
  cpuMs: 2_000,
})
const notRun = (name: string): Outcome => ({ check: check(name), state: 'not run', because: 'lint' })

it('says in one line that a check passed, and everything of one that failed', () => {
  expect(describeOutcome(passed('lint'))).toBe('✓ lint 0.4 s')
  expect(describeOutcome(passed('tests', 185_000))).toBe('✓ tests 3 min 5 s')
  expect(describeOutcome(failed('lint'))).toBe('✗ lint 61 s\nwhy\n')
  expect(describeOutcome(notRun('tests'))).toBe("– tests: not run, because lint didn't pass")
})

it('sums up what all of it took', () => {
  expect(describeAll([passed('lint'), passed('tests')], 1_500, 250)).toBe(
    '2 checks passed in 1.5 s, with 2.3 s of CPU.',
  )
  expect(describeAll([failed('lint'), passed('types'), notRun('tests')], 62_000, 0)).toBe(
    "2 of 3 checks didn't pass (lint, tests) in 62 s, with 3.0 s of CPU.",
  )
  expect(describeAll([{ ...passed('lint'), cpuMs: undefined } as Outcome], 1_500, 250)).toBe(
    '1 checks passed in 1.5 s.',
  )
})

it.each([
  [[passed('lint'), passed('tests')], '138 passed, 0 failed\n', '138 passed, 0 failed'],
  [[passed('lint'), failed('tests')], '138 passed, 2 failed, 1 skipped\n', '138 passed, 2 failed, 1 skipped'],
  [[failed('lint'), failed('types'), passed('tests')], '138 passed, 0 failed\n', '138 passed, 2 failed'],
  [[failed('lint'), failed('tests')], '138 passed, 1 failed\n', '138 passed, 2 failed'],
  [[failed('tests')], undefined, '0 passed, 1 failed'],
  [[failed('tests')], '138 passed, 0 failed\n', '138 passed, 1 failed'],
  [[failed('lint'), notRun('tests')], undefined, '0 passed, 1 failed'],
])('closes with the tests and every check that failed', (outcomes, ofTests, line) => {
  expect(closingLine(outcomes, ofTests)).toBe(line)
})
