import { THE_ACCOUNT } from '../../src/messages.ts'
import { type Course, FAULTS, type Fault } from './faults.ts'
import type { Fleet } from './fleet.ts'
import { LIFE_MS } from './provider.ts'
import { emptyTally, failuresIn, isLost, type Tally } from './tally.ts'

// All of them inside the refresh window, inside the margin, and after the end.
const AGES_MS = [0.78 * LIFE_MS, 0.93 * LIFE_MS, 1.01 * LIFE_MS]
export const AFTER_THE_END = 1.01 * LIFE_MS

/** The name under which lifetimes without a fault are counted. */
const NO_FAULT = 'none'

/**
 * Lets a fleet live through this many lifetimes of its account's token. Every `faultEvery`-th one meets a fault, each
 * kind in its turn. Counts by fault.
 */
export async function liveThrough(
  fleet: Fleet,
  lifetimes: number,
  faultEvery?: number,
): Promise<ReadonlyMap<string, Tally>> {
  const faults = FAULTS.filter(({ needs }) => suits(fleet, needs))
  const tallies = new Map<string, Tally>()
  if (!fleet.canAcquire) await signIn(fleet)
  for (let lifetime = 1; lifetime <= lifetimes; lifetime += 1) {
    const turn = faultEvery !== undefined && lifetime % faultEvery === 0 ? lifetime / faultEvery : undefined
    const fault = turn === undefined ? undefined : faults[turn % faults.length]
    const age = fault && !fleet.canAcquire ? AFTER_THE_END : (AGES_MS[lifetime % AGES_MS.length] ?? AFTER_THE_END)
    fleet.moveToAge(age)
    await count(fleet, tallies, fault)
  }
  return tallies
}

/** One lifetime, and what it came to. */
export async function count(fleet: Fleet, tallies: Map<string, Tally>, fault: Fault | undefined): Promise<void> {
  const name = fault?.name ?? NO_FAULT
  const tally = tallies.get(name) ?? emptyTally()
  tallies.set(name, tally)
  const { provider, events } = fleet
  const resent = (): number => events.get('refresh.resent') ?? 0
  const before = [provider.calls(), provider.simulator.reuses, provider.endedFamilies(), resent()] as const
  const course: Course = fault ? await fault.inject(fleet) : { answers: await fleet.ask() }
  const { answers, inOutage = [], abandoned = 0, cutOff = 0 } = course
  tally.lifetimes += 1
  tally.calls += provider.calls() - before[0]
  tally.reuse += provider.simulator.reuses - before[1]
  tally.ended += provider.endedFamilies() - before[2]
  tally.resent += resent() - before[3]
  tally.abandoned += abandoned
  tally.cutOff += cutOff
  tally.failedInOutage += failuresIn(inOutage)
  if (isLost(answers)) {
    tally.lost += 1
    await signIn(fleet)
  } else {
    tally.failed += failuresIn(answers)
  }
}

/** What a person does when the account has lost its way to a token. */
export async function signIn(fleet: Fleet, account: string = THE_ACCOUNT): Promise<void> {
  const grant = await fleet.provider.signIn()
  const [member] = fleet.members.filter(({ isRunning }) => isRunning)
  await member?.tell({ order: 'seed', grant, account })
}

function suits({ place }: Fleet, needs: Fault['needs']): boolean {
  if (needs === 'server') return place.server !== undefined
  return needs !== 'disk' || place.settings(0).kind === 'file'
}
