import type { Clock, Random } from '../clock.ts'
import { type CoolDown, coolDownLeft, nextCoolDown } from '../cool-down.ts'
import { type ChaveiroError, withRetryAfter } from '../errors.ts'
import type { EndpointGate } from '../policies/endpoint-gate.ts'
import type { Verdict } from '../renewal.ts'

// A misconfiguration doesn't fix itself, but a fix should be noticed within minutes.
const MISCONFIGURED_MS = 300_000
// Asking the store again soon costs the provider nothing.
const STORE_MS = 1_000
// After an hour of unexpected answers one try every five minutes is too many.
const HOUR_MS = 3_600_000

interface Surroundings {
  readonly clock: Clock
  readonly random: Random
  readonly gate: EndpointGate
}

/** The last failed renewal, and the pause after it. */
export class FailurePause {
  readonly last: { readonly error: ChaveiroError; readonly at: number } | undefined
  readonly #coolDown: CoolDown
  /** Does it follow an answer about the inputs? Then new inputs are tried at once. */
  readonly isAboutInputs: boolean
  /** Monotonic. Absent: the account doesn't wait for the endpoint. */
  readonly #waitsSince: number | undefined
  /** Monotonic. All answers since then were unexpected. */
  readonly #unexpectedSince: number | undefined

  private constructor(
    last: FailurePause['last'],
    coolDown: CoolDown,
    more: { isAboutInputs?: boolean; waitsSince?: number | undefined; unexpectedSince?: number | undefined } = {},
  ) {
    this.last = last
    this.#coolDown = coolDown
    this.isAboutInputs = more.isAboutInputs ?? false
    this.#waitsSince = more.waitsSince
    this.#unexpectedSince = more.unexpectedSince
  }

  /**
   * `verdict`: of the answer, if there was one. `called`: a token call was made. An account that had to wait before it
   * could make one doubles no cool-down.
   */
  static after(
    { clock, random }: Surroundings,
    before: FailurePause | undefined,
    error: ChaveiroError,
    { called, verdict }: { readonly called: boolean; readonly verdict: Verdict['kind'] | undefined },
  ): FailurePause {
    const { code, action, retryAfterMs } = error
    const now = clock.monotonic()
    const previous = before === undefined ? undefined : before.#coolDown
    const isPostponed = !called && action === 'retry' && retryAfterMs !== undefined
    const next = (wish: Parameters<typeof nextCoolDown>[3]): CoolDown => nextCoolDown(previous, now, random, wish)
    const isUnexpected = verdict === 'unexpected-answer'
    const unexpectedSince = isUnexpected ? (before === undefined ? now : (before.#unexpectedSince ?? now)) : undefined
    let coolDown: CoolDown
    if (unexpectedSince !== undefined && now - unexpectedSince >= HOUR_MS) coolDown = next({ exactMs: HOUR_MS })
    else if (isPostponed) coolDown = { failures: previous?.failures ?? 0, until: now + retryAfterMs }
    else if (code === 'store' || code === 'conflict') coolDown = next({ exactMs: STORE_MS })
    else if (action === 'fix-configuration' && verdict === undefined) coolDown = next({ exactMs: MISCONFIGURED_MS })
    else coolDown = next({ atLeastMs: retryAfterMs })
    const told =
      action === 'retry' ? withRetryAfter(error, Math.max(coolDownLeft(coolDown, now), retryAfterMs ?? 0)) : error
    // A pause that the provider asked for stays, even if the endpoint recovers.
    const isAboutEndpoint = code === 'unavailable' || code === 'timeout'
    const waitsForEndpoint = isAboutEndpoint && (verdict === undefined || retryAfterMs === undefined)
    return new FailurePause({ error: told, at: clock.now() }, coolDown, {
      isAboutInputs: verdict === 'misconfigured',
      waitsSince: waitsForEndpoint && !isUnexpected ? now : undefined,
      unexpectedSince,
    })
  }

  /** Nothing failed, but the next attempt to store the token has to wait. */
  static rest({ clock, random }: Surroundings): FailurePause {
    return new FailurePause(undefined, nextCoolDown(undefined, clock.monotonic(), random, { exactMs: STORE_MS }))
  }

  /** Milliseconds. Once the endpoint recovers, an account that only waited for that has a shorter pause. */
  left({ clock, gate }: Surroundings, account: string): number {
    const left = coolDownLeft(this.#coolDown, clock.monotonic())
    const recovering = this.#waitsSince === undefined ? undefined : gate.leftAfterOutage(account, this.#waitsSince)
    return recovering ?? left
  }
}
