import type { Fetch } from './fetch.ts'

/** What of a request of the API a provider may add to, before it leaves. */
export interface ApiRequest {
  /** What is set here replaces what the caller gave. */
  readonly headers: Headers
  /** Where it goes. Only its query may change: see `putQuery()`. */
  readonly url: URL
}

/** What one attempt carries besides the token. */
export interface PreparedRequest {
  /** Sets it, on each hop. */
  authorize(headers: Headers): void
  /**
   * Sends what was added to the query, and hides it: a redirect would show it, so none is followed. Absent: the query is
   * the caller's own.
   */
  readonly hiding: ((fetch: Fetch) => Fetch) | undefined
}
