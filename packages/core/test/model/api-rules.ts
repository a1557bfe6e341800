import type { Breaches } from './breaches.ts'
import type { Host } from './host.ts'
import type { ApiWatch } from './model-api.ts'

/** What a call of the API may do. */
interface Allowance {
  /** Each attempt may be replayed once after a 401. */
  readonly attempts: number
}

export interface ApiRules extends Pick<ApiWatch, 'onRequest' | 'onApplied'> {
  /** The next call, which the header `x-call` names. */
  onCall(id: string, allowance: Allowance): void
  onRejected(host: Host, id: string): void
  /** A request arrived where a redirect of a token call or to another server leads. */
  onStray(host: Host, request: Request, isSecret: boolean): void
}

/** Watches the calls of the API for invariants 8 and 10. */
export function apiRules(breaches: Breaches): ApiRules {
  const allowances = new Map<string, Allowance>()
  const rejections = new Map<string, number>()
  const applied = new Set<string>()
  return {
    onCall: (id, allowance) => void allowances.set(id, allowance),
    onRequest(host, id, method) {
      breaches.note(`${host.name} ${host.clock.monotonic()} sends ${method} of call ${id}`)
      if (method !== 'GET' && applied.has(id))
        breaches.report(8, `${host.name} sent a request again that may have been applied`)
    },
    onApplied: (id) => void applied.add(id),
    onRejected(host, id) {
      const count = (rejections.get(id) ?? 0) + 1
      rejections.set(id, count)
      const { attempts = 1 } = allowances.get(id) ?? {}
      if (count > 2 * attempts) breaches.report(8, `${host.name} sent a request three times in an attempt`)
    },
    onStray(host, { url, method }, isSecret) {
      const { origin, pathname } = new URL(url)
      if (isSecret) breaches.report(10, `${host.name} followed a redirect to ${origin}${pathname} with a secret`)
      else breaches.note(`${host.name} sends ${method} to ${origin}${pathname}`)
    },
  }
}
