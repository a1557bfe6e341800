import { isErrorNamed } from '../brands.ts'
import { type ChaveiroError, isChaveiroError } from '../errors.ts'
import type { RenewalCause } from '../events.ts'
import type { EventFacts, Kept, Turn } from '../renewal.ts'
import type { TokenSet } from '../token/held.ts'
import type { AccountMemory, TokenRequirement } from './account-memory.ts'
import type { Flight } from './single-flight.ts'

const LONGEST_NOTICE_MS = 7 * 86_400_000
const NOTICE_SHARE = 0.2

/** A renewal under way. */
export interface RenewalFlight {
  /** No other renewal of this process has it. */
  readonly id: number
  readonly flight: Flight<void>
  /** The account's epoch when it began. */
  readonly epoch: number
  /** Monotonic. */
  readonly since: number
  readonly cause: RenewalCause | undefined
  /** What the waiting callers require. */
  readonly requirements: Set<TokenRequirement>
  /** Did it bring a token? */
  isAnswered: boolean
  turn?: Turn<unknown> | undefined
}

/** Tells the listeners of a token. */
export function tellDone<M>({ account, engine }: AccountMemory<M>, kept: Kept<M>, facts: Partial<EventFacts>): void {
  const { held, source } = kept
  if (held === undefined) return
  engine.emit(account, {
    ...facts,
    type: 'refresh.done',
    generation: held.generation,
    expiresAt: held.token.expiresAt,
    source: source === 'provider' ? 'provider' : 'peer',
  })
}

/**
 * Tells the listeners of a failure. One that waiting does not cure is told once, when the code changes. `previous` is
 * the code before.
 */
export function tellFailed<M>(
  { account, engine, held }: AccountMemory<M>,
  { code, action }: ChaveiroError,
  previous: ChaveiroError['code'] | undefined,
  facts: Partial<EventFacts>,
): void {
  if (action !== 'retry' && code === previous) return
  const about = { code, generation: held?.generation }
  engine.emit(account, { ...facts, ...about, type: 'refresh.failed' })
  if (code === 'reauthorization-required') engine.emit(account, { ...about, type: 'reauthorization.required' })
}

/**
 * Tells the listeners of every call that a caller has waited since this monotonic instant. Called in the caller's own
 * asynchronous context.
 */
export function tellWaited<M>(
  { account, engine }: AccountMemory<M>,
  renewal: number,
  since: number,
  error?: unknown,
): void {
  const ended = isErrorNamed(error, 'TimeoutError') ? 'timeout' : 'aborted'
  const code = isChaveiroError(error) ? error.code : error === undefined ? undefined : ended
  engine.emit(account, { type: 'token.waited', renewal, durationMs: engine.clock.monotonic() - since, code })
}

/** Tells once for each refresh token that it ends soon, if only a person can replace it. */
export function noticeExpiringRefreshToken<M>(memory: AccountMemory<M>): void {
  const { account, engine, held, noticedEnd } = memory
  const end = held?.token.refreshExpiresAt
  if (held === undefined || end === undefined || engine.provider.acquire || noticedEnd === end) return
  if (engine.clock.now() < noticeFrom(held.token, end)) return
  memory.noticedEnd = end
  engine.emit(account, { type: 'refresh-token.expiring', generation: held.generation })
}

/** Seven days before its end, or when the last fifth of its life begins, whichever comes later. */
function noticeFrom({ refreshObtainedAt, obtainedAt }: TokenSet, end: number): number {
  const life = end - (refreshObtainedAt ?? obtainedAt)
  return end - Math.min(LONGEST_NOTICE_MS, life * NOTICE_SHARE)
}

/** Why a caller's renewal begins; `undefined`: there is no token. */
export function causeOf<M>(
  { newerThan, minValidityMs }: TokenRequirement,
  memory: AccountMemory<M>,
): RenewalCause | undefined {
  if (memory.held === undefined) return undefined
  if (memory.rejected) return 'rejected'
  if (newerThan || minValidityMs) return 'forced'
  return memory.decide({}) === 'refresh-first' ? 'margin' : 'window'
}
