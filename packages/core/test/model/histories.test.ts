import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Caller } from './caller-rules.ts'
import { COMMANDS, close, type Model, PROCESSES } from './commands.ts'
import { startProcess } from './model-process.ts'
import { quiet } from './quiet.ts'
import { ACCOUNTS, setups } from './setup.ts'
import { createWorld, type World } from './world.ts'

// More in `test:deep`. The seed and the shortest history that fails are printed; the seed can be given again.
const {
  CHAVEIRO_TEST_HISTORIES: histories = '200',
  CHAVEIRO_TEST_SEED: seed,
  CHAVEIRO_TEST_SHRINK: shrink,
} = process.env
const HISTORIES = Number(histories)
const isBrief = shrink === 'no'
const HOW = {
  numRuns: HISTORIES,
  endOnFailure: isBrief,
  includeErrorInReport: isBrief,
  ...(seed !== undefined && { seed: Number(seed) }),
}

const MINUTE = 60_000
const DAY = 86_400_000
// A page of a firewall, after an hour of such pages.
const LONGEST_PAUSE = 60 * MINUTE
// More than any pause that an engine makes, counted in timers that come due.
const MOST_TIMERS = 600

const unhandled: unknown[] = []
const note = (reason: unknown): void => void unhandled.push(reason)
beforeAll(() => {
  process.on('unhandledRejection', note)
})
afterAll(() => {
  process.off('unhandledRejection', note)
})

test(`the invariants hold over ${HISTORIES} histories`, { timeout: 60_000 + HISTORIES * 1_000 }, async () => {
  let asked = 0
  await fc.assert(
    fc.asyncProperty(
      setups,
      fc.scheduler({ act: atRest }),
      fc.commands(COMMANDS, { maxCommands: 40, size: '+1' }),
      async (setup, scheduler, commands) => {
        unhandled.length = 0
        const processes = setup.isShared ? PROCESSES : 1
        const world = createWorld(setup, scheduler, processes)
        if (!setup.canAcquire) await signInEverybody(world)
        const model: Model = { processes, frozen: new Set() }
        await fc.scheduledModelRun(scheduler, () => ({ model, real: world }), commands)
        await recover(world)
        asked += world.callers.length
      },
    ),
    HOW,
  )
  expect(asked).toBeGreaterThan(HISTORIES)
})

/** What one step causes happens before the next. */
async function atRest(step: () => Promise<void>): Promise<void> {
  await step()
  await quiet()
}

/** Where only a person can sign in, the history begins with that. In a shared store it was done by another process. */
async function signInEverybody(world: World): Promise<void> {
  const [process = startProcess(world, 'p0')] = world.setup.isShared ? [] : world.processes
  for (const account of ACCOUNTS) world.signIn(process, account)
  await drain(world)
  world.begin()
}

/** When nothing goes wrong any more, every account comes to a token by itself, and everything ends. */
async function recover(world: World): Promise<void> {
  world.issuer.faults.length = 0
  world.issuer.illnesses.clear()
  world.issuer.api.faults.length = 0
  world.issuer.api.refusals = 0
  world.store.faults.length = 0
  world.store.outage = undefined
  for (const process of world.processes) {
    process.thaw()
    // A machine that wakes up asks for the time, and judges the stored record by it.
    process.clock.setNow(world.now())
  }
  await drain(world)
  for (const caller of world.callers) {
    if (!caller.isSettled && !caller.host.isDead) throw new Error(`${caller.host.name} left a caller waiting`)
  }
  await expectWell(world)
  // A refusal that a clock ahead of the others wrote holds until a day after what it showed: of three days, one is not
  // within a day of it.
  for (let days = world.wasSkewed ? 3 : 1; days > 0; days -= 1) {
    // Beyond the longest pause after a refusal, so that no person is needed where the inputs can acquire.
    await world.advance(DAY + DAY / 24)
    const without = await askAll(world)
    if (without.length === 0 || !world.setup.canAcquire) break
    if (days === 1) throw new Error(`${without.map(({ host }) => host.name).join(', ')} did not recover`)
  }
  for (const process of world.processes) void close(world, process)
  await drain(world)
  for (const { name, closing } of [...world.processes, ...world.retired]) {
    if (closing !== 'done') world.breaches.report(9, `${name} did not finish closing`)
  }
  for (const reason of unhandled) world.breaches.report(9, `unhandled: ${String(reason)}`)
  world.refreshTokenRules.verify()
  world.breaches.verify()
}

/** Only what the issuer denied may take hours. The second time everybody asks, because accounts come back by turns. */
async function expectWell(world: World): Promise<void> {
  if (world.wasSkewed) return
  await world.advance(LONGEST_PAUSE)
  await askAll(world)
  await world.advance(MINUTE)
  const isExpected = ({ account }: Caller): boolean =>
    !world.sendRules.wasRefused(account) && (world.setup.canAcquire || (world.isCalm() && world.isUsable(account)))
  const expected = (await askAll(world)).filter(isExpected)
  const [lost] = expected
  if (lost) world.breaches.report(7, `${lost.host.name} did not get ${lost.account} back within an hour`)
}

/** Everybody asks. Returns who got nothing. */
async function askAll(world: World): Promise<Caller[]> {
  const without: Caller[] = []
  for (const process of world.processes) {
    for (const account of ACCOUNTS) {
      const caller = world.ask(process, account)
      await drain(world)
      if (!caller.isSettled) throw new Error(`${process.name} left a caller waiting`)
      if (caller.token === undefined) without.push(caller)
    }
  }
  return without
}

/** Answers everything, and moves the clocks from timer to timer, until nothing waits. */
async function drain(world: World): Promise<void> {
  await quiet()
  for (let timers = 0; timers < MOST_TIMERS; ) {
    if (world.scheduler.count() > 0) {
      await world.scheduler.waitOne()
      continue
    }
    const clocks = [...world.processes, ...world.retired].map(({ clock }) => clock.nextTimerMs)
    const next = Math.min(...clocks.filter((ms) => ms !== undefined))
    if (next === Number.POSITIVE_INFINITY) return
    timers += 1
    await world.advance(Math.max(next, 0))
    await quiet()
  }
  throw new Error('Something goes on forever.')
}
