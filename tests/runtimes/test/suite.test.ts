import { describeWith } from '@chaveiro/test-servers'
import { describe, expect, it } from 'vitest'
import type { TestReport } from './inside/run-suite.ts'
import { portableTests } from './portable-tests.ts'
import { COMMANDS, onChromium, onCommand, onWorkerd, type RuntimeReport } from './runtimes.ts'

const reports = new Map<string, Promise<RuntimeReport>>()

/** Each runtime runs once, and all tests share its report. */
function reportOf(name: string): Promise<RuntimeReport> {
  const command = COMMANDS[name]
  const start = command ? () => onCommand(command) : name === 'workerd' ? onWorkerd : onChromium
  const report = reports.get(name) ?? start()
  reports.set(name, report)
  return report
}

const REFERENCE = 'Node 20'

interface Outcome {
  readonly failed: readonly TestReport[]
  readonly passed: readonly string[]
  readonly entries: RuntimeReport['entries']
}

async function outcomeOf(name: string): Promise<Outcome> {
  const { version, entries, tests } = await reportOf(name)
  const passed = tests.filter((test) => test.passed).map((test) => test.name)
  const failed = tests.filter((test) => !test.passed)
  process.stderr.write(`${name} (${version}): ${passed.length} passed, ${failed.length} failed\n`)
  return { failed, passed, entries }
}

/** The outcome in which every existing test passes, so that a runtime that runs fewer is noticed. */
async function demanded(): Promise<Outcome> {
  const { tests, entries } = await reportOf(REFERENCE)
  return { failed: [], passed: tests.map(({ name }) => name), entries }
}

describe('the core’s tests, on the packed packages', () => {
  it.concurrent.each([...Object.keys(COMMANDS), 'workerd'])('pass on %s', async (name) => {
    expect(await outcomeOf(name)).toEqual(await demanded())
  })

  it('are all there: every portable file has some', async () => {
    const { tests, entries } = await reportOf(REFERENCE)
    expect(new Set(tests.map(({ name }) => name.split(' > ')[0]))).toEqual(new Set(portableTests()))
    expect(Object.values(entries).filter((names) => names.length === 0)).toEqual([])
  })
})

describeWith(['chromium'], 'the core’s tests, on the packed packages, in a browser', () => {
  it('pass on Chromium', async () => {
    expect(await outcomeOf('Chromium')).toEqual(await demanded())
  })
})
