/**
 * What Chaveiro needs of a `fetch`, and what `source.fetch` is. Written with names that a consumer without DOM types
 * knows too.
 */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** The platform's own, looked up at each call, so that a test or an instrumentation that replaces it is seen. */
export const platformFetch: Fetch = (input, init) => globalThis.fetch(input, init)

let init: RequestInit | undefined

/**
 * `cache: 'no-store'`, so that a framework's fetch keeps no answer to a call with a secret. Empty where the platform
 * refuses the field, as workerd does up to the compatibility date 2024-11-10.
 */
export function noStore(): RequestInit {
  if (init === undefined) {
    init = { cache: 'no-store' }
    try {
      new Request('http://localhost', init)
    } catch {
      init = {}
    }
  }
  return init
}
