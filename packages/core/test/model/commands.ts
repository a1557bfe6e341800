import fc from 'fast-check'
import { type ModelProcess, startProcess } from './model-process.ts'
import { quiet } from './quiet.ts'
import { type Account, ISSUER_FAULTS, STORE_FAULTS } from './setup.ts'
import type { World } from './world.ts'

/** What decides whether a command makes sense: how many processes there are, and which stand still. */
export interface Model {
  readonly processes: number
  readonly frozen: Set<number>
}

type Command = fc.AsyncCommand<Model, World>

export const PROCESSES = 3

const MINUTE = 60_000
const STEPS = [50, 1_000, 12_000, 26_000, 40_000, 3 * MINUTE, 14 * MINUTE, 60 * MINUTE, 7 * 60 * MINUTE]

/** Does something at once, and lets all happen that needs neither the clock nor the scheduler. */
function command(
  label: string,
  run: (world: World, model: Model) => unknown,
  check: (model: Model) => boolean = () => true,
): Command {
  return {
    check,
    async run(model, world) {
      await run(world, model)
      await quiet()
      world.breaches.verify()
    },
    toString: () => label,
  }
}

const slots = fc.nat(PROCESSES - 1)
const accounts = fc.constantFrom<Account>('north', 'north', 'north', 'south')

/** Something that happens to one process. */
function toProcess(
  label: string,
  given: number,
  run: (world: World, process: ModelProcess, model: Model, slot: number) => unknown,
  check: (model: Model, slot: number) => boolean,
): Command {
  const slotOf = ({ processes }: Model): number => given % processes
  return command(
    `p${given + 1}: ${label}`,
    (world, model) => {
      const process = world.processes[slotOf(model)]
      if (process) return run(world, process, model, slotOf(model))
    },
    (model) => check(model, slotOf(model)),
  )
}

const isAwake = ({ frozen }: Model, slot: number): boolean => !frozen.has(slot)
// A store that is not shared ends with its process: nothing would be left to look at.
const isOneOfMany = ({ processes }: Model): boolean => processes > 1

/** Something that a process does for one of the accounts. */
function acting(
  what: string,
  run: (world: World, process: ModelProcess, account: Account) => unknown,
): fc.Arbitrary<Command> {
  return fc
    .tuple(slots, accounts)
    .map(([slot, account]) =>
      toProcess(`${what} ${account}`, slot, (world, process) => run(world, process, account), isAwake),
    )
}

const asks = acting('ask', (world, process, account) => world.ask(process, account))
const advances = fc.constantFrom(...STEPS).map((ms) => command(`advance(${ms})`, (world) => world.advance(ms)))
const issuerFaults = fc
  .constantFrom(...ISSUER_FAULTS)
  .map((fault) => command(`issuer(${fault})`, ({ issuer }) => issuer.faults.push(fault)))
const storeFaults = fc
  .constantFrom(...STORE_FAULTS)
  .map((fault) => command(`store(${fault})`, ({ store }) => store.faults.push(fault)))

/** Everything that may happen; what happens often stands here more than once. */
export const COMMANDS: fc.Arbitrary<Command>[] = [
  asks,
  asks,
  asks,
  advances,
  advances,
  advances,
  issuerFaults,
  issuerFaults,
  storeFaults,
  acting('ask newer', (world, process, account) =>
    world.ask(process, account, { newerThan: process.latest.get(account) }),
  ),
  acting('ask briefly', (world, process, account) => world.ask(process, account, { timeoutMs: 2_000 })),
  acting('call', (world, process, account) => world.call(process, account)),
  acting('reject', (world, process, account) => {
    const token = process.latest.get(account)
    world.callerRules.onRefused(account)
    return token && process.sources[account].reject(token)
  }),
  acting('sign in', (world, process, account) => world.signIn(process, account)),
  acting('sign out', (world, process, account) => world.signOut(process, account)),
  fc.nat(9).map((index) =>
    command(`abort(${index})`, ({ callers }) => {
      const waiting = callers.filter(({ isSettled, host }) => !isSettled && !host.isDead)
      waiting[index % Math.max(waiting.length, 1)]?.controller.abort(new DOMException('Gone.', 'AbortError'))
    }),
  ),
  fc
    .integer({ min: 1, max: 3 })
    .map((times) => command(`api refuses(${times})`, ({ issuer }) => (issuer.refusals = times))),
  slots.map((slot) =>
    toProcess(
      'freezes',
      slot,
      (_, process, { frozen }, own) => {
        process.freeze()
        frozen.add(own)
      },
      isAwake,
    ),
  ),
  slots.map((slot) =>
    toProcess(
      'thaws',
      slot,
      (_, process, { frozen }, own) => {
        process.thaw()
        frozen.delete(own)
      },
      (model, own) => !isAwake(model, own),
    ),
  ),
  slots.map((slot) =>
    toProcess(
      'crashes',
      slot,
      (world, process, { frozen }, own) => {
        process.kill()
        frozen.delete(own)
        replace(world, own)
      },
      isOneOfMany,
    ),
  ),
  fc.tuple(slots, fc.constantFrom(-7_200_000, -30_000, 30_000, 7_200_000)).map(([slot, ms]) =>
    toProcess(
      `wall clock ${ms}`,
      slot,
      (world, process) => skew(world, process, () => process.clock.setNow(process.clock.now() + ms)),
      () => true,
    ),
  ),
  fc.tuple(slots, fc.constantFrom(12_000, 60_000)).map(([slot, ms]) =>
    toProcess(
      `monotonic clock ${ms}`,
      slot,
      (world, process) => skew(world, process, () => process.clock.setMonotonic(process.clock.monotonic() + ms)),
      () => true,
    ),
  ),
  slots.map((slot) =>
    toProcess(
      'restarts',
      slot,
      (world, process, _, own) => {
        world.retired.push(process)
        replace(world, own)
        void close(world, process)
      },
      (model, own) => isAwake(model, own) && isOneOfMany(model),
    ),
  ),
]

/** Closes a manager, after which nothing of it may be left. */
export async function close(world: World, process: ModelProcess): Promise<void> {
  process.closing = 'begun'
  await process.manager.close().catch((error: unknown) => world.callerRules.onPrintable('an error', error))
  process.closing = 'done'
  await quiet()
  if (process.clock.pending > 0) world.breaches.report(9, `${process.name} left a timer behind when it closed`)
}

function skew(world: World, process: ModelProcess, move: () => void): void {
  process.isSkewed = true
  world.wasSkewed = true
  move()
}

/** A new process in the place of one that ends. */
function replace(world: World, slot: number): void {
  const [place, number = '0'] = world.processes[slot]?.name.split('.') ?? []
  world.processes[slot] = startProcess(world, `${place}.${Number(number) + 1}`)
}
