import { generateKey } from '@chaveiro/stores/sealer'
import { fakeTime } from '@chaveiro/test-servers'
import type { Answer, MemberSettings, Order, Point } from '../../src/messages.ts'
import { type FleetClock, fleetClock } from './fleet-clock.ts'
import type { FleetProvider } from './fleet-provider.ts'
import { type Member, startMember } from './member-process.ts'
import type { Place } from './places.ts'
import { type Provider, startProvider } from './provider.ts'

const CALLERS_PER_MEMBER = 2
// Never more at once, so that no time-out of the engine (5 s of a store, 15 s of a call) is ours.
const LONGEST_JUMP_MS = 1_000
// Timers that are due within this fire together; each jump costs a message to every process and back.
const SHORTEST_JUMP_MS = 200

export interface FleetOptions {
  /** @default true */
  readonly canAcquire?: boolean
  /** @default 'once' */
  readonly resendUnknown?: 'once' | 'never'
  readonly tokenCallsAtOnce?: number
  readonly maxAccounts?: number
  /** @default false */
  readonly presentsTokens?: boolean
  /** @default false */
  readonly ignoresAbort?: boolean
  /** How far the wall clock of each process is off. @default right */
  readonly clocksOffMs?: readonly number[]
}

/** Real processes on one store and one account, with the provider that they call. */
export interface Fleet<P extends FleetProvider = Provider> extends AsyncDisposable {
  readonly members: readonly Member[]
  readonly place: Place
  readonly provider: P
  readonly clock: FleetClock
  readonly canAcquire: boolean
  /** How often each kind of event was heard, of all members. */
  readonly events: ReadonlyMap<string, number>
  /** Every member that runs, except one perhaps, has its callers ask, while as much time passes as it takes. */
  ask(except?: Member): Promise<readonly Answer[]>
  /**
   * Time passes, whenever nothing else can happen, until the promise settles. `except`: a member that waits for an answer
   * which the test holds back, and for which no time passes.
   */
  passing<T>(promise: Promise<T>, except?: Member): Promise<T>
  /** The same, and the time-outs of the member that waits fire too. */
  passingFor<T>(waiting: Member, promise: Promise<T>): Promise<T>
  /** Time passes for all, whatever is on its way: a command that a server does not answer. */
  rush<T>(promise: Promise<T>): Promise<T>
  /** So much time passes, what the machine takes for it included. `waiting`: a member that waits for an answer which the test holds back. */
  pass(ms: number, waiting?: Member): Promise<void>
  /** Moves the token in force to this age, with no calls in between. */
  moveToAge(ms: number): void
  /** All ask; the first one to come to the point is held there. */
  holdOne(point: Point): Promise<Held>
  tellAll(order: Order): Promise<void>
  /** Takes a member's place. */
  replace(member: Member): Promise<void>
}

/** A member that stands still at a point of its refresh. */
interface Held {
  readonly member: Member
  readonly others: Promise<readonly Answer[]>
  readonly own: Promise<Answer | undefined>
}

interface Asked {
  readonly member: Member
  readonly answer: Promise<Answer | undefined>
}

/** A fleet of the provider that is at its strictest. */
export function startFleet(size: number, place: Place, options: FleetOptions = {}): Promise<Fleet> {
  return startFleetAt(startProvider, size, place, options)
}

/** A fleet of any provider. */
export async function startFleetAt<P extends FleetProvider>(
  start: (clock: FleetClock) => Promise<P>,
  size: number,
  place: Place,
  options: FleetOptions = {},
): Promise<Fleet<P>> {
  const { canAcquire = true, clocksOffMs = [] } = options
  const clock = fleetClock()
  const provider = await start(clock)
  const events = new Map<string, number>()
  const sealingKey = generateKey()
  const settings = (index: number): MemberSettings => ({
    provider: provider.settings,
    store: place.settings(index),
    sealingKey,
    clockPath: clock.path,
    canAcquire,
    resendUnknown: options.resendUnknown ?? 'once',
    tokenCallsAtOnce: options.tokenCallsAtOnce,
    maxAccounts: options.maxAccounts,
    presentsTokens: options.presentsTokens ?? false,
    ignoresAbort: options.ignoresAbort ?? false,
  })
  const environment = (index: number): Readonly<Record<string, string>> => {
    const offsetMs = clocksOffMs[index] ?? 0
    return offsetMs === 0 ? {} : fakeTime(offsetMs)
  }
  const startOne = (index: number): Promise<Member> =>
    startMember(`member ${index}`, settings(index), environment(index), (type) =>
      events.set(type, (events.get(type) ?? 0) + 1),
    )
  const members = await Promise.all(Array.from({ length: size }, (_, index) => startOne(index)))
  const running = (except?: Member): Member[] => members.filter((member) => member.isRunning && member !== except)

  const passing = async <T>(promise: Promise<T>, except?: Member, waiting?: Member): Promise<T> => {
    const ended = settling(promise)
    while (!ended.isSettled) {
      const quiet = Promise.all(running(except).map((member) => member.tick()))
      const states = await Promise.race([quiet, ended.settled])
      if (ended.isSettled || states === undefined) break
      await waiting?.fire()
      const timers = states.flatMap((state) => state?.nextTimerMs ?? [])
      // With no timer at all it is a message that is still on its way.
      if (timers.length > 0) clock.jump(Math.min(LONGEST_JUMP_MS, Math.max(SHORTEST_JUMP_MS, Math.min(...timers))))
    }
    return promise
  }

  const rush = async <T>(promise: Promise<T>): Promise<T> => {
    const ended = settling(promise)
    while (!ended.isSettled) {
      clock.jump(LONGEST_JUMP_MS)
      await Promise.race([Promise.all(running().map((member) => member.fire())), ended.settled])
    }
    return promise
  }

  const pass = async (ms: number, waiting?: Member): Promise<void> => {
    const end = clock.now() + ms
    while (clock.now() < end) {
      await Promise.all(running(waiting).map((member) => member.tick()))
      clock.jump(Math.max(0, Math.min(end - clock.now(), LONGEST_JUMP_MS)))
      await waiting?.fire()
    }
  }

  let asked = 0
  // In its turn each of them uses the API with its token, which shows that the provider takes it for good.
  const askEach = (some: readonly Member[]): readonly Asked[] => {
    asked += 1
    return some.map((member, index) => ({
      member,
      answer: member.ask(CALLERS_PER_MEMBER, index === asked % some.length),
    }))
  }
  const answersTo = async (questions: readonly Asked[]): Promise<readonly Answer[]> =>
    (await Promise.all(questions.map(({ answer }) => answer))).filter((answer) => answer !== undefined)

  return {
    members,
    place,
    provider,
    clock,
    canAcquire,
    events,
    passing: (promise, except) => passing(promise, except),
    passingFor: (waiting, promise) => passing(promise, waiting, waiting),
    rush,
    pass,
    ask: (except) => passing(answersTo(askEach(running(except))), except),
    moveToAge(ms) {
      clock.jump(Math.max(0, provider.issuedAt() + ms - clock.now()))
    },
    async holdOne(point) {
      const all = running()
      const arrivals = all.map(async (member) => {
        await member.reached(point)
        return member
      })
      const questions = askEach(all)
      const held = await Promise.race(arrivals)
      const others = questions.filter(({ member }) => member !== held)
      await Promise.all(others.map(({ member }) => member.tell({ order: 'hold-at', point: undefined })))
      const own = questions.find(({ member }) => member === held)
      return { member: held, own: own?.answer ?? Promise.resolve(undefined), others: answersTo(others) }
    },
    async tellAll(order) {
      await Promise.all(running().map((member) => member.tell(order)))
    },
    async replace(member) {
      const index = members.indexOf(member)
      await member.kill()
      members[index] = await startOne(index)
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(members.map((member) => member.kill()))
      await provider[Symbol.asyncDispose]()
      clock[Symbol.dispose]()
    },
  }
}

/** Knows at any moment whether a promise has settled. */
function settling(promise: Promise<unknown>): { readonly settled: Promise<void>; readonly isSettled: boolean } {
  let isSettled = false
  const note = (): void => {
    isSettled = true
  }
  const settled = promise.then(note, note)
  return {
    settled,
    get isSettled() {
      return isSettled
    },
  }
}
