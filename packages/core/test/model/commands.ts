import fc from 'fast-check'
import { type ModelProcess, startProcess } from './model-process.ts'
import { quiet } from './quiet.ts'
import { API_FAULTS, ILLNESSES, ISSUER_FAULTS, NEIGHBOURS, OUTAGES, type Seller, STORE_FAULTS } from './setup.ts'
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
const accounts = fc.constantFrom<Seller>('north', 'north', 'north', 'south')

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
  run: (world: World, process: ModelProcess, account: Seller, nth: number) => unknown,
): fc.Arbitrary<Command> {
  return fc
    .tuple(slots, accounts, fc.nat(2))
    .map(([slot, account, nth]) =>
      toProcess(`${what} ${account}`, slot, (world, process) => run(world, process, account, nth), isAwake),
    )
}

const asks = acting('ask', (world, process, account, nth) => world.ask(process, account, {}, nth))
const asksNewer = acting('ask newer', (world, process, account, nth) =>
  world.ask(process, account, { newerThan: process.latest.get(account) }, nth),
)
const reopens = acting('open again', (_, process, account) => process.reopen(account))
const advances = fc.constantFrom(...STEPS).map((ms) => command(`advance(${ms})`, (world) => world.advance(ms)))
// Trouble seldom comes alone: what is lost once is lost again.
const issuerFaults = fc
  .tuple(fc.constantFrom(...ISSUER_FAULTS), fc.constantFrom(1, 1, 2, 4))
  .map(([fault, times]) =>
    command(`issuer(${times} × ${fault})`, ({ issuer }) =>
      issuer.faults.push(...Array.from({ length: times }, () => fault)),
    ),
  )
const storeFaults = fc
  .constantFrom(...STORE_FAULTS)
  .map((fault) => command(`store(${fault})`, ({ store }) => store.faults.push(fault)))

const apiFaults = fc
  .array(fc.constantFrom(...API_FAULTS), { minLength: 1, maxLength: 2 })
  .map((faults) => command(`api(${faults.join()})`, ({ issuer }) => issuer.api.faults.push(...faults)))
const outages = fc
  .option(fc.constantFrom(...OUTAGES), { nil: undefined })
  .map((outage) => command(`store(${outage ?? 'is back'})`, ({ store }) => (store.outage = outage)))
/** Some neighbours ask, well or each with the same trouble: too few to matter to the others, or just enough. */
const neighbours = fc
  .tuple(
    slots,
    fc.constantFrom(1, 2, 2, 2, 3, 3, 3, 3, 3, NEIGHBOURS.length),
    fc.constantFrom('well', 'well', ...ILLNESSES),
  )
  .map(([slot, count, health]) =>
    toProcess(
      `${count} neighbours ask, ${health}`,
      slot,
      (world, process) => {
        for (const neighbour of NEIGHBOURS.slice(0, count)) {
          if (health === 'well') world.issuer.illnesses.delete(neighbour)
          else world.issuer.illnesses.set(neighbour, health)
          world.ask(process, neighbour, { newerThan: process.latest.get(neighbour) })
        }
      },
      isAwake,
    ),
  )

/** Everything that may happen; what happens often is listed more than once. */
export const COMMANDS: fc.Arbitrary<Command>[] = [
  asks,
  asks,
  asks,
  asks,
  asks,
  advances,
  advances,
  advances,
  advances,
  advances,
  issuerFaults,
  issuerFaults,
  issuerFaults,
  issuerFaults,
  storeFaults,
  outages,
  neighbours,
  neighbours,
  asksNewer,
  apiFaults,
  acting('ask briefly', (world, process, account) => world.ask(process, account, { timeoutMs: 2_000 })),
  fc
    .tuple(fc.constantFrom<'GET' | 'POST'>('GET', 'POST'), fc.constantFrom(1, 3))
    .chain(([method, attempts]) =>
      acting(`${method}${attempts > 1 ? ', with retries,' : ''} for`, (world, process, account) =>
        world.call(process, account, { method, attempts }),
      ),
    ),
  reopens,
  reopens,
  acting('reject', (world, process, account, nth) => {
    const token = process.latest.get(account)
    world.callerRules.onRefused(account)
    return token && process.sourceOf(account, nth).reject(token)
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
    .map((times) => command(`api refuses(${times})`, ({ issuer }) => (issuer.api.refusals = times))),
  slots.map((slot) =>
    toProcess(
      'freezes',
      slot,
      (world, process, { frozen }, own) => {
        world.wasInterrupted = true
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
        world.wasInterrupted = true
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
  // A caller's own request may outlive the manager, and waits between its attempts.
  if (process.clock.pending > 0 && process.calls === 0)
    world.breaches.report(9, `${process.name} left a timer behind when it closed`)
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
