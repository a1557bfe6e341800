import { isChaveiroError } from '@chaveiro/bitize'
import type { Fetch } from '@chaveiro/core'

/** What a scene must have caused, so that the demo fails when the library does. */
interface Expectation {
  /** Requests that the callers made. */
  readonly callers: number
  /** Calls to the token endpoints, by the word that the table shows: `{ acquire: 1 }`. */
  readonly tokenCalls: Readonly<Record<string, number>>
  /** Requests that reached the API: more than the callers' where some were sent again. */
  readonly apiCalls: number
}

/** What has reached a simulated provider so far. */
export type Counts = Omit<Expectation, 'callers'>

/** One thing that happens to every integration sooner or later. */
export interface Scene {
  readonly title: string
  readonly expect: Expectation
  /** Plays it; returns how it ended, in a few words. */
  play(): Promise<string>
}

/** The life of one provider's tokens, on a simulated provider of its own. */
export interface Act extends AsyncDisposable {
  /** Its id. */
  readonly provider: string
  readonly title: string
  readonly url: URL
  readonly scenes: readonly Scene[]
  counts(): Counts
}

/**
 * How long the acts wait: as long as it takes. A thousand requests at once, and their server, share one process and perhaps
 * a busy machine, so the usual timeouts would end some of them.
 */
export const PATIENCE = { attemptTimeoutMs: false, timeoutMs: false, tokenCallTimeoutMs: 600_000 } as const

/** Sends the same request many times at once; the statuses that came back, counted. */
export async function request(fetch: Fetch, path: string, callers = 1): Promise<string> {
  const statuses = new Map<number, number>()
  await Promise.all(
    Array.from({ length: callers }, async () => {
      const response = await fetch(path)
      await response.text()
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    }),
  )
  return [...statuses].map(([status, count]) => (count === 1 ? `${status}` : `${count} × ${status}`)).join(', ')
}

/** Asks for a token several times; the codes of the errors that came instead. */
export async function codes(getToken: () => Promise<unknown>, callers: number): Promise<string> {
  const seen = new Set<string>()
  for (let caller = 0; caller < callers; caller += 1) {
    await getToken().then(
      () => seen.add('a token'),
      (error: unknown) => seen.add(isChaveiroError(error) ? error.code : 'a surprise'),
    )
  }
  return [...seen].join(', ')
}
