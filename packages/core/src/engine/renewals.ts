import { type AccountRef, accountKey } from '../account-ref.ts'
import { isErrorNamed } from '../brands.ts'
import { aboutAccount, ChaveiroError, isChaveiroError, outOfTimeError, stateError, withRetryAfter } from '../errors.ts'
import type { RenewalCause } from '../events.ts'
import { type Budget, CallFailed, type EventFacts, type Keeper, type Kept, type Turn } from '../renewal.ts'
import { untilAborted } from '../timeout.ts'
import { type Held, isNewer, isSame } from '../token/held.ts'
import type { AccountMemory, TokenRequirement } from './account-memory.ts'
import type { Engine } from './engine.ts'
import { FailurePause } from './failure-pause.ts'
import { noticeFrom } from './refresh-token-notice.ts'
import { type Flight, type FlightControl, startFlight } from './single-flight.ts'
import { nextAttemptAt } from './status.ts'
import { whileAlive } from './while-alive.ts'

/** How long a flight may take, in milliseconds, besides the attempt that is under way when the time is over. */
const FLIGHT_MS = 60_000

/** A renewal under way. */
interface RenewalFlight {
  readonly flight: Flight<void>
  /** The account's epoch when it began. */
  readonly epoch: number
  /** Monotonic. */
  readonly since: number
  readonly cause: RenewalCause | undefined
  /** What the waiting callers require. */
  readonly requirements: Set<TokenRequirement>
  /** Is a request on its way? */
  isSent: boolean
  /** Did it bring a token? */
  isAnswered: boolean
  turn?: Turn<unknown> | undefined
}

/**
 * The renewals of one account in this process: one at a time, for all waiting callers. One that began before a sign-in
 * or sign-out is neither remembered nor waited for.
 */
export class Renewals<M> {
  /** After a failure, or after a token that could not be stored. */
  pause: FailurePause | undefined
  readonly #account: AccountRef
  readonly #engine: Engine<M>
  readonly #keeper: Keeper<M>
  readonly #memory: AccountMemory<M>
  #underWay: RenewalFlight | undefined
  /** Counts sign-ins and sign-outs. */
  #epoch = 0
  #closed: (() => ChaveiroError) | undefined
  /** The end of the refresh token that the listeners were told about. */
  #noticed: number | undefined

  constructor(account: AccountRef, engine: Engine<M>, keeper: Keeper<M>, memory: AccountMemory<M>) {
    this.#account = account
    this.#engine = engine
    this.#keeper = keeper
    this.#memory = memory
  }

  get isUnderWay(): boolean {
    return this.#underWay !== undefined
  }

  /** Would a renewal begin now, if somebody asked? */
  get mayBegin(): boolean {
    return !this.#underWay && !this.#closed && this.#pauseLeft() <= 0
  }

  /**
   * Waits for the renewal under way, or starts one. The signal ends this caller's wait only. `false`: it came to nothing
   * because the account was signed in or out before anything was sent.
   */
  async join(requirement: TokenRequirement, signal: AbortSignal | undefined): Promise<boolean> {
    const { clock, tokenCallTimeoutMs } = this.#engine
    for (let known = this.#underWay; known; known = this.#underWay) {
      const { flight, since, epoch } = known
      // One that was given up, or that began before a sign-in or sign-out, brings nothing for this caller.
      const isOurs = !flight.abandoned && epoch === this.#epoch
      const over = (): false => false
      const wait = isOurs
        ? this.#ride(known, requirement, signal)
        : untilAborted(flight.result.then(over, over), signal)
      const outcome = await whileAlive(clock, tokenCallTimeoutMs, flight, wait, since)
      if (outcome === 'gone') this.#drop(known)
      else if (isOurs) return outcome
    }
    signal?.throwIfAborted()
    if (this.#closed) throw this.#closed()
    const left = this.#pauseLeft()
    const { error } = this.pause?.last ?? {}
    // What a person must fix is looked for each time: the account may have been signed in elsewhere, the inputs changed.
    const mayHaveChanged = error?.action === 'reauthorize' || this.pause?.isAboutInputs
    if (left > 0 && error && !mayHaveChanged) throw withRetryAfter(error, left)
    return this.#ride(this.#launch(this.#causeOf(requirement)), requirement, signal)
  }

  /** Starts a renewal that no caller waits for, unless one is under way or the account is cooling down. */
  inBackground(): void {
    const { clock, tokenCallTimeoutMs: patienceMs } = this.#engine
    const known = this.#underWay
    if (known && clock.monotonic() >= known.since + patienceMs) {
      // Its request may be gone: then the next use starts another.
      const look = whileAlive(clock, patienceMs, known.flight, known.flight.result, known.since)
      this.#outlive(look.then((outcome) => outcome === 'gone' && this.#drop(known)))
    }
    if (known || this.#closed || this.#pauseLeft() > 0) return
    const { flight } = this.#launch('window')
    flight.keep()
    this.#outlive(flight.result)
  }

  /** What is known so far is history: somebody signed in or out. */
  forget(): void {
    this.#epoch += 1
    this.pause = undefined
  }

  /** Ends what only waits, lets what was sent finish. */
  async close(reason: () => ChaveiroError): Promise<void> {
    const { clock, tokenCallTimeoutMs } = this.#engine
    this.#closed = reason
    const { flight } = this.#underWay ?? {}
    flight?.stop(reason())
    if (flight) await whileAlive(clock, tokenCallTimeoutMs, flight, flight.result).catch(() => {})
  }

  async #ride(
    { flight, requirements }: RenewalFlight,
    requirement: TokenRequirement,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    requirements.add(requirement)
    try {
      await flight.join(signal)
      return true
    } catch (error) {
      if (error instanceof Outdated) return false
      throw error
    } finally {
      requirements.delete(requirement)
    }
  }

  /** The request that began it is gone: what it sent counts as a lost answer. */
  #drop(known: RenewalFlight): void {
    if (this.#underWay !== known) return
    this.#underWay = undefined
    const mayCall = known.flight.drop()
    if (!mayCall && known.epoch === this.#epoch) throw this.#fail(stateError('unavailable'), true, {})
  }

  #causeOf({ newerThan, minValidityMs }: TokenRequirement): RenewalCause | undefined {
    const { held, rejected } = this.#memory
    if (held === undefined) return undefined
    if (rejected) return 'rejected'
    if (newerThan || minValidityMs) return 'forced'
    return this.#memory.decide({}, this.#engine) === 'refresh-first' ? 'margin' : 'window'
  }

  #launch(cause: RenewalCause | undefined): RenewalFlight {
    const requirements = new Set<TokenRequirement>()
    const flight = startFlight(
      (control) => this.#fly(control, underWay),
      (ended) => {
        if (this.#underWay?.flight === ended) this.#underWay = undefined
      },
    )
    const underWay: RenewalFlight = {
      flight,
      epoch: this.#epoch,
      since: this.#engine.clock.monotonic(),
      requirements,
      cause,
      isSent: false,
      isAnswered: false,
    }
    this.#underWay = underWay
    return underWay
  }

  async #fly(control: FlightControl, underWay: RenewalFlight): Promise<void> {
    const { signal, awaited, markSent } = control
    control.onDrop = (sent) => !sent || mayCallAfterLoss(this.#engine.provider, underWay.turn)
    const engine = this.#engine
    const memory = this.#memory
    const { clock, provider } = engine
    const { epoch, requirements } = underWay
    const known = memory.kept
    const isCurrent = (): boolean => epoch === this.#epoch
    const everyRequirement = (): TokenRequirement[] => [memory.requirementOf({}), ...requirements]
    const budget = { calls: 0, until: clock.monotonic() + FLIGHT_MS }
    try {
      const kept = await this.#keeper.renew(
        {
          account: this.#account,
          known,
          budget,
          signal,
          awaited,
          tokenServes: () =>
            isCurrent() && everyRequirement().every(({ newerThan }) => memory.serves({ newerThan }, engine)),
          markSent: (sent) => {
            underWay.isSent = sent
            markSent(sent)
          },
          found: (kept) => {
            if (isCurrent()) this.#learn(kept)
          },
        },
        (held) =>
          !this.#isKnown(known, held) &&
          everyRequirement().every((requirement) => memory.isEnough(held, requirement, engine)),
        async (turn) => {
          underWay.turn = turn
          const grant = await engine.renew(turn)
          underWay.isAnswered = true
          return grant
        },
      )
      if (isCurrent()) this.#land(kept, this.#factsOf(underWay, budget))
    } catch (thrown) {
      // What failed for a token that was replaced meanwhile is not held against the new one.
      if (!isCurrent()) throw underWay.isSent || underWay.isAnswered ? this.#about(thrown) : new Outdated()
      const isLate = isErrorNamed(thrown, 'TimeoutError') && clock.monotonic() >= budget.until && !signal.aborted
      const error = isLate ? outOfTimeError(provider.id, FLIGHT_MS) : thrown
      throw this.#fail(error, budget.calls > 0, this.#factsOf(underWay, budget))
    } finally {
      if (isCurrent()) this.#noticeExpiringRefreshToken()
    }
  }

  /** What a flight's event tells of it. */
  #factsOf({ since, cause }: RenewalFlight, { calls }: Budget): Partial<EventFacts> {
    return { durationMs: this.#engine.clock.monotonic() - since, attempts: calls, cause }
  }

  /** Is it the token that the flight began with, safely stored? Then a new one is wanted. */
  #isKnown(known: Kept<M> | undefined, held: Held<M>): boolean {
    return known?.held !== undefined && known.persisted && !isNewer(held, known.held)
  }

  /** A renewal brought a token: what was held against the account, or against an older token, is history. */
  #land(kept: Kept<M>, facts: Partial<EventFacts>): void {
    const engine = this.#engine
    this.pause = kept.persisted || kept.isUnshared ? undefined : FailurePause.rest(engine)
    this.#memory.remember(kept, engine)
    const { held, source } = kept
    if (!held) return
    const { generation } = held
    this.#engine.emit(this.#account, {
      ...facts,
      type: 'refresh.done',
      generation,
      expiresAt: held.token.expiresAt,
      source: source === 'provider' ? 'provider' : 'peer',
    })
  }

  /** What a keeper came to know in the middle of a renewal. */
  #learn(kept: Kept<M>): void {
    const { held } = this.#memory
    if (isSame(held, kept.held)) this.#memory.update(kept)
    else if (kept.held && (held === undefined || isNewer(kept.held, held))) this.#memory.remember(kept, this.#engine)
  }

  /** Remembers why it failed, opens a cool-down, tells the listeners. Returns the error to throw. */
  #fail(thrown: unknown, called: boolean, facts: Partial<EventFacts>): unknown {
    const engine = this.#engine
    // Not a failure of the account: every caller went away, it was ended meanwhile, or the manager was closed.
    if (!isChaveiroError(thrown) || thrown.code === 'aborted' || thrown.code === 'closed') return this.#about(thrown)
    const error = this.#plain(thrown)
    const previous = this.pause?.last?.error.code
    const failure = thrown instanceof CallFailed ? thrown.failure : undefined
    // What is remembered as denied says nothing new.
    if (failure?.isRemembered && this.pause?.last) return this.#about(this.pause.last.error)
    const verdict = failure?.isTried || failure?.isRemembered ? failure.verdict.kind : undefined
    this.pause = FailurePause.after(engine, this.pause, error, { called, verdict })
    const isPostponed = !called && error.action === 'retry' && error.retryAfterMs !== undefined
    if (!isPostponed) this.#announce(error, previous, facts)
    // Named here, so that all who waited get the same one.
    return this.#about(this.pause.last?.error ?? error)
  }

  /** What a failed call carries besides stays inside; what was denied before is told as it was then. */
  #plain(error: ChaveiroError): ChaveiroError {
    const last = this.pause?.last?.error
    const isRemembered = !(error instanceof CallFailed) || error.failure.isRemembered
    const isSame = last?.action === error.action && (error.action === 'reauthorize' || last.code === error.code)
    if (isRemembered && isSame && error.action !== 'retry') return last
    return error instanceof CallFailed ? new ChaveiroError(error.code, error.message, error) : error
  }

  /** What waiting does not cure is told once, when the account comes into that state. */
  #announce(
    { code, action }: ChaveiroError,
    previous: ChaveiroError['code'] | undefined,
    facts: Partial<EventFacts>,
  ): void {
    if (action !== 'retry' && code === previous) return
    const generation = this.#memory.held?.generation
    this.#engine.emit(this.#account, { ...facts, type: 'refresh.failed', code, generation })
    if (code === 'reauthorization-required')
      this.#engine.emit(this.#account, { type: 'reauthorization.required', code, generation })
  }

  /** Tells once for each refresh token that it ends soon, where nothing but a person can replace it. */
  #noticeExpiringRefreshToken(): void {
    const { provider, clock, emit } = this.#engine
    const { held } = this.#memory
    const end = held?.token.refreshExpiresAt
    if (held === undefined || end === undefined || provider.acquire || this.#noticed === end) return
    if (clock.now() < noticeFrom(held.token, end)) return
    this.#noticed = end
    emit(this.#account, { type: 'refresh-token.expiring', generation: held.generation })
  }

  #about(error: unknown): unknown {
    const engine = this.#engine
    const mayCall = isChaveiroError(error) && error.action !== 'none'
    const next = mayCall
      ? nextAttemptAt(engine, accountKey(this.#account), this.#memory, this.pause, this.#keeper)
      : undefined
    return aboutAccount(error, engine.provider.id, this.#account, next)
  }

  #pauseLeft(): number {
    return this.pause?.left(this.#engine, accountKey(this.#account)) ?? 0
  }

  /** Asks the platform to keep the request alive for it. Nobody hears of a failure. */
  #outlive(work: Promise<unknown>): void {
    const quiet = work.catch(() => {})
    try {
      this.#engine.waitUntil?.(quiet)
    } catch {
      // A platform whose request is over already: the caller has a valid token all the same.
    }
  }
}

/** May a call follow at once on one whose answer will never be heard of? Where it can do no harm. */
function mayCallAfterLoss(rules: Engine<unknown>['provider'], turn: Turn<unknown> | undefined): boolean {
  const { replay, repeat, list, revoke, refreshKind, acquire } = rules
  const phase = turn?.call === 'acquire' ? 'acquire' : 'refresh'
  if (replay?.[phase] === 'never') return false
  if (phase === 'acquire') return repeat !== 'leaves-token' || (list !== undefined && revoke !== undefined)
  return refreshKind === 'single-use' && acquire !== undefined
}

/** The account was signed in or out before the renewal had sent anything: its waiting callers begin again. */
class Outdated extends Error {}
