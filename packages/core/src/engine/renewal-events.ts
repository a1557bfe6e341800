import type { AccountRef } from '../account-ref.ts'
import type { ChaveiroError } from '../errors.ts'
import type { RenewalCause } from '../events.ts'
import type { EventFacts, Kept, Turn } from '../renewal.ts'
import type { Held, TokenSet } from '../token/held.ts'
import type { AccountMemory, TokenRequirement } from './account-memory.ts'
import type { Engine } from './engine.ts'
import type { Flight } from './single-flight.ts'

const LONGEST_NOTICE_MS = 7 * 86_400_000
const NOTICE_SHARE = 0.2

/** A renewal under way. */
export interface RenewalFlight {
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

/** Tells the listeners about one account's renewals. */
export class RenewalEvents {
  readonly #account: AccountRef
  readonly #engine: Pick<Engine<never>, 'provider' | 'clock' | 'emit'>
  /** The end of the refresh token that the listeners were told about. */
  #noticed: number | undefined

  constructor(account: AccountRef, engine: Pick<Engine<never>, 'provider' | 'clock' | 'emit'>) {
    this.#account = account
    this.#engine = engine
  }

  done({ held, source }: Pick<Kept<unknown>, 'held' | 'source'>, facts: Partial<EventFacts>): void {
    if (held === undefined) return
    this.#engine.emit(this.#account, {
      ...facts,
      type: 'refresh.done',
      generation: held.generation,
      expiresAt: held.token.expiresAt,
      source: source === 'provider' ? 'provider' : 'peer',
    })
  }

  /** A failure that waiting does not cure is told once, when the code changes. `previous` is the code before. */
  failed(
    { code, action }: ChaveiroError,
    previous: ChaveiroError['code'] | undefined,
    generation: number | undefined,
    facts: Partial<EventFacts>,
  ): void {
    if (action !== 'retry' && code === previous) return
    const { emit } = this.#engine
    emit(this.#account, { ...facts, type: 'refresh.failed', code, generation })
    if (code === 'reauthorization-required') emit(this.#account, { type: 'reauthorization.required', code, generation })
  }

  /** Tells once for each refresh token that it ends soon, if only a person can replace it. */
  noticeExpiringRefreshToken(held: Held<unknown> | undefined): void {
    const { provider, clock, emit } = this.#engine
    const end = held?.token.refreshExpiresAt
    if (held === undefined || end === undefined || provider.acquire || this.#noticed === end) return
    if (clock.now() < noticeFrom(held.token, end)) return
    this.#noticed = end
    emit(this.#account, { type: 'refresh-token.expiring', generation: held.generation })
  }
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
  engine: Engine<M>,
): RenewalCause | undefined {
  if (memory.held === undefined) return undefined
  if (memory.rejected) return 'rejected'
  if (newerThan || minValidityMs) return 'forced'
  return memory.decide({}, engine) === 'refresh-first' ? 'margin' : 'window'
}
