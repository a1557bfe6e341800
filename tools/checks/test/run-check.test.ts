import { tmpdir } from 'node:os'
import { expect, it } from 'vitest'
import type { Check } from '../src/check.ts'
import { childTimeMs, runCheck } from '../src/run-check.ts'

const program = (code: string): Check => ({ name: 'program', command: ['node', '-e', code], needs: [] })

it('passes with all output and its times, in its order', async () => {
  const ran = await runCheck(program("console.log('a b'); console.error('c'); console.log('d')"), tmpdir())
  expect(ran).toMatchObject({ state: 'passed', output: expect.stringContaining('a b\n') })
  expect(ran.output.split('\n').sort()).toEqual(['', 'a b', 'c', 'd'])
  expect(ran.cpuMs).toBeGreaterThan(0)
  expect(ran.wallMs).toBeGreaterThan(0)
})

it.each([
  ['with a status', 'process.exitCode = 3'],
  ['by a signal', "process.kill(process.pid, 'SIGKILL')"],
])('fails if its program ends %s', async (_how, code) => {
  expect(await runCheck(program(code), tmpdir())).toMatchObject({ state: 'failed' })
})

it('fails if there is no such program, or no such folder', async () => {
  const missing = { ...program(''), command: ['chaveiro-has-no-such-program'] } as const
  expect(await runCheck(missing, tmpdir())).toMatchObject({
    state: 'failed',
    output: expect.stringContaining('chaveiro-has-no-such-program'),
  })
  expect(await runCheck(program(''), '/chaveiro/has/no/such/folder')).toMatchObject({
    state: 'failed',
    output: expect.stringContaining('could not be started'),
  })
})

it('shows what a check takes from its output', async () => {
  const check: Check = { ...program("console.log('loud')"), read: (printed) => printed.toUpperCase() }
  expect(await runCheck(check, tmpdir())).toMatchObject({ output: 'LOUD\n' })
})

it.each([
  ['0m0.00s 0m0.01s\n0m1.25s 1m0.50s\n', 61_750],
  ['0m0,000s 0m0,001s\n0m2,500s 0m0,000s\n', 2_500],
  ['', undefined],
])('reads the times of children in %j', (times, ms) => {
  expect(childTimeMs(times)).toBe(ms)
})
