/**
 * What Chaveiro needs of a `fetch`, and what `source.fetch` is. Written with names that a consumer without DOM types
 * knows too.
 */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** The platform's own, looked up at each call, so that a test or an instrumentation that replaces it is seen. */
export const platformFetch: Fetch = (input, init) => globalThis.fetch(input, init)
