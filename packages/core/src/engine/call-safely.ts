import { mayHaveActed } from '../call/call-once.ts'
import { type Clock, sleep } from '../clock.ts'
import { ChaveiroError, refreshEndedError, stateError } from '../errors.ts'
import { isInstant, type Note, note } from '../notes.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import { CallFailed, type Policy, type PolicyServices, type Renew, type Turn } from '../renewal.ts'
import { backoffMs } from '../retry/backoff.ts'
import type { ResolvedRetryPolicy } from '../retry/retry-options.ts'
import { type Choice, chooseCall, isCall } from './choose-call.ts'

const MOST_CALLS = 3
/** The longest pause that a provider can ask for. */
const LONGEST_RETRY_AFTER_MS = 3_600_000
// The process that gets a late answer may still store it, so the store is worth a look now and then.
const LOOK_AGAIN_MS = 300_000

/** The generation whose refresh token was sent once more, after an answer had been lost. */
const resent: Note<number> = note('resent', Number.isSafeInteger as (value: unknown) => value is number)
/** Epoch milliseconds until which the provider asked to be left alone. */
const notBefore: Note<number> = note('notBefore', isInstant)

/** The part of a provider that decides which call is safe. */
type Rules = Pick<
  TokenProvider<never>,
  'id' | 'refresh' | 'acquire' | 'list' | 'revoke' | 'refreshKind' | 'refreshUses' | 'repeat' | 'replay' | 'graceMs'
>

export interface SafetyOptions {
  readonly resendUnknown: 'once' | 'never'
  readonly retryPolicy: ResolvedRetryPolicy
}

/** What the provider denied in this turn. */
interface Denied {
  refresh: boolean
  acquire: boolean
}

/** Leaves the provider alone for as long as it asked for, which other processes are told by a note. */
export function heedPauses(): Policy {
  return {
    wrap:
      (next, { clock }) =>
      async (turn) => {
        const left = pauseAskedFor(turn.kept, clock)
        if (left > 0) throw stateError('throttled', left)
        return next(turn)
      },
  }
}

/** Refreshes, acquires or resends: at most three calls in a flight, and a repeat only where it can do no harm. */
export function callSafely(rules: Rules, options: SafetyOptions): Policy {
  return { wrap: (next, services) => callUntilDone(rules, options, next, services) }
}

function callUntilDone<M>(rules: Rules, options: SafetyOptions, next: Renew<M>, services: PolicyServices): Renew<M> {
  const { clock, emit, inputs } = services
  return async (turn) => {
    // Before waiting for a slot, so that a slow secret manager never holds one.
    await inputs(turn)
    const { notes, kept } = turn
    const { generation = 0 } = kept.held ?? {}
    const denied: Denied = { refresh: false, acquire: false }
    let lostAcquires = 0
    let failed: CallFailed | undefined
    for (let repeats = 0; ; ) {
      const choice = choiceFor(rules, options, turn, denied, clock)
      if (!isCall(choice)) throw noCallError(choice, rules, turn, failed, clock)
      if (failed && !mayCall(turn, clock)) throw isOver(rules, failed, turn) ? stateError('unavailable') : failed
      turn.call = choice
      const uses = choice === 'acquire' ? undefined : rules.refreshUses
      uses?.count(kept, notes, 1)
      // confirm() writes the note before the request leaves, so the token is sent once even if this process dies.
      if (choice === 'resend') resent.put(notes, generation)
      try {
        const grant = await next(turn)
        if (choice === 'resend') emit(turn.account, { type: 'refresh.resent', generation })
        resent.put(notes, undefined)
        notBefore.put(notes, undefined)
        return grant
      } catch (error) {
        if (!(error instanceof CallFailed) || !mayHaveActed(error.failure)) uses?.count(kept, notes, -1)
        if (!(error instanceof CallFailed)) {
          if (choice === 'resend') resent.put(notes, undefined)
          throw error
        }
        failed = error
      }
      const { verdict, sent, isTried } = failed.failure
      if (choice === 'resend') {
        if (sent === 'no' || !isApplied(failed)) resent.put(notes, undefined)
        if (isTried && sent !== 'no') emit(turn.account, { type: 'refresh.resent', generation })
      }
      // The refresh token that was in doubt has been replaced.
      if (failed.rescue) {
        resent.put(notes, undefined)
        throw failed
      }
      if (verdict.kind === 'throttled' && verdict.retryAfterMs) notBefore.put(notes, clock.now() + verdict.retryAfterMs)
      if (verdict.kind === 'refresh-rejected') {
        denied.refresh = true
        // No longer in doubt: the refresh token is dead.
        if (isTried) {
          turn.lost = undefined
          turn.mayStillCome = false
        }
      }
      if (verdict.kind === 'credentials-rejected') {
        denied.acquire = true
        // The same inputs would be denied with any refresh token.
        if (choice !== 'acquire') denied.refresh = true
      }
      if (verdict.kind === 'outcome-unknown') {
        turn.lost = turn.lost === 'refresh' || choice !== 'acquire' ? 'refresh' : 'acquire'
        turn.mayStillCome ||= sent === 'maybe'
        if (choice === 'acquire') lostAcquires += 1
      }
      if (isOver(rules, failed, turn)) continue
      const wait = repeatAfterMs(rules, options.retryPolicy, turn, failed, { repeats, lostAcquires })
      if (wait === undefined || !turn.awaited() || !mayCall(turn, clock, wait)) throw failed
      // Until the next call nothing is in flight, so waiting callers may still give up.
      if (verdict.kind !== 'outcome-unknown') turn.markSent(false)
      await sleep(clock, wait, turn.signal)
      repeats += 1
    }
  }
}

/** Was this refresh token sent once more, after its answer had been lost? */
export function wasResent(kept: Turn<unknown>['kept']): boolean {
  return kept.held !== undefined && resent.of(kept.notes) === kept.held.generation
}

/** Milliseconds left of the pause that the provider asked for; 0 when there isn't one. */
export function pauseAskedFor({ notes }: Turn<unknown>['kept'], clock: Clock): number {
  const left = (notBefore.of(notes) ?? 0) - clock.now()
  // A longer pause than a provider can ask for was written by a wrong clock.
  return left > 0 && left <= LONGEST_RETRY_AFTER_MS ? left : 0
}

function choiceFor(
  rules: Rules,
  { resendUnknown }: SafetyOptions,
  turn: Turn<unknown>,
  denied: Denied,
  clock: Clock,
): Choice {
  const { refresh, acquire, refreshKind, graceMs = 0 } = rules
  const { kept, tokenServes } = turn
  const { mayBeSpent } = kept
  const left = rules.refreshUses?.left(kept, turn.notes) ?? Infinity
  const { refreshToken, refreshExpiresAt = Infinity } = kept.held?.token ?? {}
  const isInGrace = turn.lost === 'refresh' && graceMs > 0
  return chooseCall({
    canRefresh: refresh !== undefined && refreshToken !== undefined && clock.now() < refreshExpiresAt && left > 0,
    refreshDenied: denied.refresh,
    isLastUse: left === 1,
    mayBeSpent: refreshKind === 'single-use' && (mayBeSpent !== false || turn.lost === 'refresh'),
    resent: mayBeSpent === 'surely' || wasResent({ ...kept, notes: turn.notes }),
    mayResend: resendUnknown === 'once',
    canAcquire: acquire !== undefined,
    inputsDenied: denied.acquire,
    tokenServes: tokenServes() && !isInGrace,
  })
}

function mayCall({ budget }: Turn<unknown>, clock: Clock, waitMs = 0): boolean {
  return budget.calls < MOST_CALLS && clock.monotonic() + waitMs < budget.until
}

/** This kind of call won't bring a token now. Another kind may. */
function isOver({ acquire, graceMs = 0 }: Rules, { failure }: CallFailed, { call }: Turn<unknown>): boolean {
  const { kind } = failure.verdict
  // A remembered denial means that nothing was sent.
  if (kind === 'credentials-rejected') return failure.isRemembered === true
  if (kind === 'refresh-rejected') return failure.isRemembered || (acquire !== undefined && call !== 'acquire')
  return (
    call !== 'acquire' && kind === 'outcome-unknown' && (acquire !== undefined || (graceMs > 0 && call === 'refresh'))
  )
}

/** May the server have applied the call? A page of something in between says that it never got there. */
function isApplied({ failure: { verdict } }: CallFailed): boolean {
  return verdict.kind !== 'transient' && verdict.kind !== 'throttled' && verdict.kind !== 'unexpected-answer'
}

/** Milliseconds until the same call may be repeated; `undefined`: it may not. */
function repeatAfterMs(
  { repeat, replay, list, revoke }: Rules,
  policy: ResolvedRetryPolicy,
  turn: Turn<unknown>,
  { failure: { verdict, sent, status = 0 } }: CallFailed,
  { repeats, lostAcquires }: { readonly repeats: number; readonly lostAcquires: number },
): number | undefined {
  const { kind } = verdict
  const phase = turn.call === 'acquire' ? 'acquire' : 'refresh'
  if (kind !== 'transient' && kind !== 'throttled' && kind !== 'outcome-unknown') return undefined
  if (replay?.[phase] === 'never') return undefined
  const hint = 'retryAfterMs' in verdict ? (verdict.retryAfterMs ?? 0) : 0
  const wait = Math.max(backoffMs(policy, repeats, kind === 'throttled'), hint)
  if (sent === 'no' || replay?.[phase] === 'always') return wait
  // Counts as not applied. Callers that have a valid token need not wait for the repeat.
  if (status === 425 || status === 429 || status === 503) return turn.tokenServes() ? undefined : wait
  if (phase === 'refresh') return undefined
  // A call that leaves a token behind is repeated only if that token can be looked for.
  const isRepeatable = repeat !== 'leaves-token' || (list !== undefined && revoke !== undefined)
  if (kind === 'outcome-unknown') return lostAcquires === 1 && isRepeatable ? wait : undefined
  // A second acquire is harmless here, so an answer that says nothing about the first is worth one repeat.
  const isUnclear = status === 500 || status === 502 || status === 504
  return repeat === 'free' && isUnclear && repeats === 0 ? wait : undefined
}

function noCallError(
  choice: Exclude<Choice, 'refresh' | 'resend' | 'acquire'>,
  rules: Rules,
  { kept, notes, lost }: Turn<unknown>,
  failed: CallFailed | undefined,
  clock: Clock,
): ChaveiroError {
  if (choice !== 'wait') {
    if (failed && !failed.failure.isRemembered && !lost) return failed
    const { refreshExpiresAt = Infinity } = kept.held?.token ?? {}
    if (choice === 'reauthorization-required' && clock.now() >= refreshExpiresAt)
      return refreshEndedError(refreshExpiresAt)
    return stateError(failed?.code === 'credentials-rejected' ? failed.code : choice)
  }
  if (failed) return failed
  const end = kept.held?.token.expiresAt ?? Infinity
  const isLastUse = rules.refreshUses?.left(kept, notes) === 1
  return new ChaveiroError(
    'unavailable',
    isLastUse
      ? 'The refresh token has one use left, which is saved until the current token expires.'
      : 'The answer to the last refresh was lost. It is sent again once the current token expires.',
    { retryAfterMs: Math.min(end - clock.now(), LOOK_AGAIN_MS) },
  )
}
