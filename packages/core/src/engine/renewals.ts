import { accountKey } from '../account-ref.ts'
import { isErrorNamed } from '../brands.ts'
import { ChaveiroError, isChaveiroError, outOfTimeError, stateError, withRetryAfter } from '../errors.ts'
import type { RenewalCause } from '../events.ts'
import { type Budget, CallFailed, type EventFacts, type Kept } from '../renewal.ts'
import { untilAborted } from '../timeout.ts'
import { type Held, isNewer, isSame } from '../token/held.ts'
import type { AccountMemory, TokenRequirement } from './account-memory.ts'
import { mayCallAfterLoss } from './choose-call.ts'
import type { Engine } from './engine.ts'
import { pauseAfter, pauseLeft, storePause } from './failure-pause.ts'
import {
  causeOf,
  noticeExpiringRefreshToken,
  type RenewalFlight,
  tellDone,
  tellFailed,
  tellWaited,
} from './renewal-events.ts'
import { type FlightControl, startFlight } from './single-flight.ts'
import { aboutRenewal } from './status.ts'
import { whileAlive } from './while-alive.ts'

/** How long a flight may take, in milliseconds. A call that is under way at that time may still finish. */
const FLIGHT_MS = 60_000

let launched = 0

/**
 * The renewals of one account in this process: one at a time, for all waiting callers. One that began before a sign-in
 * or sign-out is neither remembered nor waited for.
 */
export class Renewals<M> {
  readonly #memory: AccountMemory<M>
  #underWay: RenewalFlight | undefined
  /** Counts sign-ins and sign-outs. */
  #epoch = 0
  #closed: (() => ChaveiroError) | undefined

  constructor(memory: AccountMemory<M>) {
    this.#memory = memory
  }

  get #engine(): Engine<M> {
    return this.#memory.engine
  }

  get isClosed(): boolean {
    return this.#closed !== undefined
  }

  get isUnderWay(): boolean {
    return this.#underWay !== undefined
  }

  /** Would a renewal begin now, if a caller asked for one? */
  get mayBegin(): boolean {
    return !this.#underWay && !this.#closed && this.#pauseLeft() <= 0
  }

  /**
   * Waits for the renewal under way, or starts one. The signal ends this caller's wait only. `false`: it came to
   * nothing because the account was signed in or out before anything was sent. `waitedFor` gets the number of each
   * renewal that it waited for.
   */
  async join(
    requirement: TokenRequirement,
    signal: AbortSignal | undefined,
    waitedFor: number[] | undefined,
  ): Promise<boolean> {
    const { clock, tokenCallTimeoutMs } = this.#engine
    for (let known = this.#underWay; known; known = this.#underWay) {
      const { flight, since, epoch } = known
      // A flight that was given up, or that began before a sign-in or sign-out, brings this caller nothing.
      const isOurs = !flight.abandoned && epoch === this.#epoch
      const over = (): false => false
      const wait = isOurs
        ? this.#ride(known, requirement, signal, waitedFor)
        : untilAborted(flight.result.then(over, over), signal)
      const outcome = await whileAlive(clock, tokenCallTimeoutMs, flight, wait, since)
      if (outcome === 'gone') this.#drop(known)
      else if (isOurs) return outcome
    }
    signal?.throwIfAborted()
    if (this.#closed) throw this.#closed()
    const left = this.#pauseLeft()
    const { pause } = this.#memory
    const { error } = pause?.last ?? {}
    // A person may have fixed it: signed the account in elsewhere, or changed the inputs. So each call looks.
    const mayHaveChanged = error?.action === 'reauthorize' || pause?.isAboutInputs
    if (left > 0 && error && !mayHaveChanged) throw withRetryAfter(error, left)
    return this.#ride(this.#launch(causeOf(requirement, this.#memory)), requirement, signal, waitedFor)
  }

  /** Starts a renewal that no caller waits for, unless one is under way or the account is cooling down. */
  inBackground(): void {
    const { clock, tokenCallTimeoutMs: patienceMs } = this.#engine
    const known = this.#underWay
    if (known && clock.monotonic() >= known.since + patienceMs) {
      // If its request has ended, the next use starts another flight.
      const look = whileAlive(clock, patienceMs, known.flight, known.flight.result, known.since)
      this.#outlive(look.then((outcome) => outcome === 'gone' && this.#drop(known)))
    }
    if (!this.mayBegin) return
    const { flight } = this.#launch('window')
    flight.keep()
    this.#outlive(flight.result)
  }

  /** Forgets failures and flights, because the account was signed in or out. */
  forget(): void {
    this.#epoch += 1
    this.#memory.pause = undefined
  }

  /** Ends flights that only wait, and waits for those that have sent a request. */
  async close(reason: () => ChaveiroError): Promise<void> {
    const { clock, tokenCallTimeoutMs } = this.#engine
    this.#closed = reason
    const { flight } = this.#underWay ?? {}
    flight?.stop(reason())
    if (flight) await whileAlive(clock, tokenCallTimeoutMs, flight, flight.result).catch(() => {})
  }

  async #ride(
    { flight, requirements, id }: RenewalFlight,
    requirement: TokenRequirement,
    signal: AbortSignal | undefined,
    waitedFor: number[] | undefined,
  ): Promise<boolean> {
    const { hearsCalls, clock } = this.#engine
    const since = hearsCalls() ? clock.monotonic() : undefined
    let failure: unknown
    requirements.add(requirement)
    waitedFor?.push(id)
    try {
      await flight.join(signal)
      return true
    } catch (error) {
      if (error instanceof Outdated) return false
      failure = error
      throw error
    } finally {
      requirements.delete(requirement)
      if (since !== undefined) tellWaited(this.#memory, id, since, failure)
    }
  }

  /** The request that began the flight has ended, so the answer to what it sent counts as lost. */
  #drop(known: RenewalFlight): void {
    if (this.#underWay !== known) return
    this.#underWay = undefined
    const { flight, turn, epoch } = known
    flight.drop()
    const mayCall = !flight.sent || mayCallAfterLoss(this.#engine.provider, turn?.call)
    if (!mayCall && epoch === this.#epoch) throw this.#fail(stateError('unavailable'), true, {})
  }

  #launch(cause: RenewalCause | undefined): RenewalFlight {
    const requirements = new Set<TokenRequirement>()
    launched += 1
    const flight = startFlight(
      (control) => this.#fly(control, underWay),
      (ended) => {
        if (this.#underWay?.flight === ended) this.#underWay = undefined
      },
    )
    const underWay: RenewalFlight = {
      id: launched,
      flight,
      epoch: this.#epoch,
      since: this.#engine.clock.monotonic(),
      requirements,
      cause,
      isAnswered: false,
    }
    this.#underWay = underWay
    return underWay
  }

  async #fly(control: FlightControl, underWay: RenewalFlight): Promise<void> {
    const { signal } = control
    const memory = this.#memory
    const { account, engine, keeper } = memory
    const { clock } = engine
    const { epoch, requirements, flight } = underWay
    const known = memory.kept
    const isCurrent = (): boolean => epoch === this.#epoch
    const everyRequirement = (): TokenRequirement[] => [memory.requirementOf({}), ...requirements]
    const budget = { calls: 0, until: clock.monotonic() + FLIGHT_MS }
    try {
      const kept = await keeper.renew(
        {
          ...control,
          account,
          renewal: underWay.id,
          known,
          budget,
          tokenServes: () => isCurrent() && everyRequirement().every(({ newerThan }) => memory.meets({ newerThan })),
          found: (kept) => {
            if (isCurrent()) this.#learn(kept)
          },
        },
        (held) =>
          !this.#isKnown(known, held) && everyRequirement().every((requirement) => memory.isEnough(held, requirement)),
        async (turn) => {
          underWay.turn = turn
          const grant = await engine.renew(turn)
          underWay.isAnswered = true
          return grant
        },
      )
      if (isCurrent()) this.#land(kept, this.#factsOf(underWay, budget))
    } catch (thrown) {
      // A failure of the token that was replaced in the meantime says nothing about the new one.
      if (!isCurrent()) throw flight.sent || underWay.isAnswered ? this.#about(thrown) : new Outdated()
      const isLate = isErrorNamed(thrown, 'TimeoutError') && clock.monotonic() >= budget.until && !signal.aborted
      const error = isLate ? outOfTimeError(FLIGHT_MS) : thrown
      throw this.#fail(error, budget.calls > 0, this.#factsOf(underWay, budget))
    } finally {
      if (isCurrent()) noticeExpiringRefreshToken(memory)
    }
  }

  /** The fields of a flight's event. */
  #factsOf({ id, since, cause }: RenewalFlight, { calls }: Budget): Partial<EventFacts> {
    return { renewal: id, durationMs: this.#engine.clock.monotonic() - since, attempts: calls, cause }
  }

  /** Is it the stored token that the flight began with? Then a new one is wanted. */
  #isKnown(known: Kept<M> | undefined, held: Held<M>): boolean {
    return known?.held !== undefined && known.persisted && !isNewer(held, known.held)
  }

  /** A renewal brought a token, so earlier failures no longer count. */
  #land(kept: Kept<M>, facts: Partial<EventFacts>): void {
    const memory = this.#memory
    memory.pause = kept.persisted || kept.isUnshared ? undefined : storePause(memory.engine)
    memory.remember(kept)
    tellDone(memory, kept, facts)
  }

  /** Takes over what a keeper found out during a renewal. */
  #learn(kept: Kept<M>): void {
    const { held } = this.#memory
    if (isSame(held, kept.held)) this.#memory.update(kept)
    else if (kept.held && (held === undefined || isNewer(kept.held, held))) this.#memory.remember(kept)
  }

  /** Remembers why it failed, begins a pause and tells the listeners. Returns the error to throw. */
  #fail(thrown: unknown, called: boolean, facts: Partial<EventFacts>): unknown {
    const memory = this.#memory
    const { last } = memory.pause ?? {}
    // Not a failure of the account: every caller gave up, it was ended in the meantime, or the manager was closed.
    if (!isChaveiroError(thrown) || thrown.code === 'aborted' || thrown.code === 'closed') return this.#about(thrown)
    const error = plain(thrown, last?.error)
    const failure = thrown instanceof CallFailed ? thrown.failure : undefined
    // A remembered denial says nothing new.
    if (failure?.isRemembered && last) return this.#about(last.error)
    const verdict = failure?.isTried || failure?.isRemembered ? failure.verdict.kind : undefined
    const isPostponed = !called && error.action === 'retry' && error.retryAfterMs !== undefined
    memory.pause = pauseAfter(memory.engine, memory.pause, error, verdict, isPostponed)
    if (!isPostponed) tellFailed(memory, error, last?.error.code, facts)
    // Completed here, so that all waiting callers get the same error.
    return this.#about(memory.pause.last?.error ?? error)
  }

  #about(error: unknown): unknown {
    return aboutRenewal(error, this.#memory)
  }

  #pauseLeft(): number {
    const { pause, engine, account } = this.#memory
    return pause ? pauseLeft(pause, engine, accountKey(account)) : 0
  }

  /** Asks the platform to keep the request alive for this work. Failures are ignored. */
  #outlive(work: Promise<unknown>): void {
    const quiet = work.catch(() => {})
    try {
      this.#engine.waitUntil?.(quiet)
    } catch {
      // The request is already over, and the caller has a valid token anyway.
    }
  }
}

/** Details of the failed call stay inside. A remembered denial repeats the error of then. */
function plain(error: ChaveiroError, last: ChaveiroError | undefined): ChaveiroError {
  const isRemembered = !(error instanceof CallFailed) || error.failure.isRemembered
  const isSame = last?.action === error.action && (error.action === 'reauthorize' || last.code === error.code)
  if (isRemembered && isSame && error.action !== 'retry') return last
  return error instanceof CallFailed ? new ChaveiroError(error.code, error.message, error) : error
}

/** The account was signed in or out before the renewal had sent anything, so its waiting callers begin again. */
class Outdated extends Error {}
