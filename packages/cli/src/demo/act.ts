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
