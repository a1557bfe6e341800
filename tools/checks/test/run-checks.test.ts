import { expect, it } from 'vitest'
import type { Check, Ran } from '../src/check.ts'
import { runChecks } from '../src/run-checks.ts'

const check = (name: string, ...needs: readonly string[]): Check => ({ name, command: ['true'], needs })
const ran = (of: Check, state: Ran['state']): Ran => ({ check: of, state, output: '', wallMs: 1, cpuMs: 1 })

/** Checks that end when a test says so, and a log of what happened. */
function bench() {
  const log: string[] = []
  const ends = new Map<string, (state: Ran['state']) => void>()
  const run = (of: Check): Promise<Ran> => {
    log.push(`${of.name} starts`)
    return new Promise((resolve) => ends.set(of.name, (state) => resolve(ran(of, state))))
  }
  const end = async (name: string, state: Ran['state'] = 'passed'): Promise<void> => {
    // What can start, starts; then this ends, and its consequences follow.
    await new Promise((resolve) => setImmediate(resolve))
    ends.get(name)?.(state)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    log,
    end,
    options: {
      slots: 2,
      run,
      report: ({ check, state }: { check: Check; state: string }) => void log.push(`${check.name} ${state}`),
    },
  }
}

it('starts checks in their order, as many at a time as there are slots', async () => {
  const { log, end, options } = bench()
  const all = runChecks([check('a'), check('b'), check('c')], options)
  await end('b')
  expect(log.slice(0, 2)).toEqual(['a starts', 'b starts'])
  expect(log.slice(2).sort()).toEqual(['b passed', 'c starts'])
  await end('a')
  await end('c')
  expect(log.slice(4)).toEqual(['a passed', 'c passed'])
  expect((await all).map(({ check }) => check.name)).toEqual(['a', 'b', 'c'])
})

it('starts a check after those that it needs, and others in the meantime', async () => {
  const { log, end, options } = bench()
  const all = runChecks([check('build'), check('types', 'build'), check('lint')], options)
  await end('lint')
  expect(log).toEqual(['build starts', 'lint starts', 'lint passed'])
  await end('build')
  await end('types')
  expect(log.slice(3)).toEqual(['build passed', 'types starts', 'types passed'])
  await all
})

it('goes on after a failure, without the checks that need what failed', async () => {
  const { log, end, options } = bench()
  const all = runChecks(
    [check('build'), check('types', 'build'), check('lint'), check('tests', 'lint', 'types')],
    options,
  )
  await end('build', 'failed')
  expect(log).toEqual(['build starts', 'lint starts', 'build failed', 'types not run'])
  await end('lint')
  expect(log.slice(4)).toEqual(['lint passed', 'tests not run'])
  expect(await all).toMatchObject([
    { state: 'failed' },
    { state: 'not run', because: 'build' },
    { state: 'passed' },
    { state: 'not run', because: 'types' },
  ])
})
