import { type AccessToken, type Clock, isChaveiroError } from '@chaveiro/core'

/** What keeping a token at hand takes. */
export interface KeepFresh {
  readonly clock: Clock
  /** Ends it. */
  readonly signal: AbortSignal
  /** A valid token, renewed ahead in the background as its end comes near. */
  readonly getToken: () => Promise<AccessToken>
  /** Gets every new token, the first one included. */
  readonly take: (token: AccessToken) => Promise<void>
  /** A renewal failed, and is tried again. */
  readonly failed: (error: unknown, pauseMs: number) => void
}

const SHORTEST_MS = 1_000
const LONGEST_MS = 30_000
// Of what is left of a token: so that the last quarter of its life has several looks, however short it is.
const SHARE = 1 / 8

/**
 * Hands on each new token until the signal. A look at the token renews it once its end comes near, so every look that finds
 * an old token makes the next one find a new one.
 * @throws what time alone doesn't change, such as inputs that are denied.
 */
export async function keepFresh({ clock, signal, getToken, take, failed }: KeepFresh): Promise<void> {
  let taken: string | undefined
  while (!signal.aborted) {
    let pauseMs = LONGEST_MS
    try {
      const token = await getToken()
      const name = `${token.lineage}/${token.generation}`
      if (name !== taken) await take(token)
      taken = name
      pauseMs = pauseFor(token.expiresAt, clock.now())
    } catch (error) {
      if (signal.aborted) return
      if (!isChaveiroError(error) || error.action !== 'retry') throw error
      pauseMs = between(error.retryAfterMs ?? LONGEST_MS)
      failed(error, pauseMs)
    }
    await pause(clock, pauseMs, signal)
  }
}

function pauseFor(expiresAt: number | undefined, now: number): number {
  return expiresAt === undefined ? LONGEST_MS : between((expiresAt - now) * SHARE)
}

function between(ms: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms))
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = (): void => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.timer(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}
