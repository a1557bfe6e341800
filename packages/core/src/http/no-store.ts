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
