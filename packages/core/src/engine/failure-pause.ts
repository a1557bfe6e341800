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
export interface FailurePause {
  /** Absent: nothing failed, but the next attempt to store the token has to wait. */
  readonly last?: { readonly error: ChaveiroError; readonly at: number }
  readonly coolDown: CoolDown
  /** Does it follow an answer about the inputs? Then new inputs are tried at once. */
  readonly isAboutInputs?: boolean
  /** Monotonic. Absent: the account doesn't wait for the endpoint. */
  readonly waitsSince?: number | undefined
  /** Monotonic. All answers since then were unexpected. */
  readonly unexpectedSince?: number | undefined
}

/** `verdict`: of the answer, if there was one. `isPostponed`: no call was made, and the error says when one may be. */
export function pauseAfter(
  { clock, random }: Surroundings,
  before: FailurePause | undefined,
  error: ChaveiroError,
  verdict: Verdict['kind'] | undefined,
  isPostponed: boolean,
): FailurePause {
  const { code, action, retryAfterMs = 0 } = error
  const now = clock.monotonic()
  const isUnexpected = verdict === 'unexpected-answer'
  const unexpectedSince = isUnexpected ? (before?.unexpectedSince ?? now) : undefined
  let exactMs: number | undefined
  if (now - (unexpectedSince ?? now) >= HOUR_MS) exactMs = HOUR_MS
  else if (code === 'store' || code === 'conflict') exactMs = STORE_MS
  else if (action === 'fix-configuration' && verdict === undefined) exactMs = MISCONFIGURED_MS
  // An account that had to wait before it could make a call doubles no cool-down.
  const coolDown = isPostponed
    ? { failures: before?.coolDown.failures ?? 0, until: now + retryAfterMs }
    : nextCoolDown(before?.coolDown, now, random, { exactMs, atLeastMs: retryAfterMs })
  // A pause that the provider asked for stays, even if the endpoint recovers.
  const isAboutEndpoint = code === 'unavailable' || code === 'timeout'
  const waitsForEndpoint = isAboutEndpoint && (verdict === undefined || error.retryAfterMs === undefined)
  const left = Math.max(coolDownLeft(coolDown, now), retryAfterMs)
  return {
    last: { error: action === 'retry' ? withRetryAfter(error, left) : error, at: clock.now() },
    coolDown,
    isAboutInputs: verdict === 'misconfigured',
    waitsSince: waitsForEndpoint && !isUnexpected ? now : undefined,
    unexpectedSince,
  }
}

/** After a token that could not be stored. */
export function storePause({ clock, random }: Surroundings): FailurePause {
  return { coolDown: nextCoolDown(undefined, clock.monotonic(), random, { exactMs: STORE_MS }) }
}

/** Milliseconds. Once the endpoint recovers, an account that only waited for that has a shorter pause. */
export function pauseLeft(pause: FailurePause, { clock, gate }: Surroundings, account: string): number {
  const recovering = pause.waitsSince === undefined ? undefined : gate.leftAfterOutage(account, pause.waitsSince)
  return recovering ?? coolDownLeft(pause.coolDown, clock.monotonic())
}
