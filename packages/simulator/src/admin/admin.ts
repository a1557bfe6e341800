import type { Fetch } from '../in-process-fetch.ts'

/** Where the admin API is, at the address of each simulated provider. */
export const ADMIN_PATH = '/__simulator'

/** The admin API of simulators. `listen()` serves it next to each of them. */
export interface Admin {
  /** Answers a request below `/__simulator`. The host of its URL is the `Host` that the client named. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Remembers the address of a simulator, for `GET /state`. */
  readonly servedAt: (simulator: { readonly fetch: Fetch }, url: URL) => void
}
