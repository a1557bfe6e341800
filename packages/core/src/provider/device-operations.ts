import type { OperationFact } from './facts.ts'
import { baseUrlOf } from './server.ts'
import type { TokenProvider } from './token-provider.ts'

/** Throws a TypeError where a call is one that only a customer's own device may make. */
export type RefuseDeviceCall = (method: string, url: URL) => void

/** The guard of a provider's `fetch`. `undefined`: its spec has no such operation, so there is nothing to look at. */
export function deviceCallGuard(
  provider: Pick<TokenProvider<never>, 'id' | 'server' | 'operations'>,
): RefuseDeviceCall | undefined {
  const guarded = Object.entries(provider.operations ?? {})
    .filter(([, operation]) => operation.device === true)
    .map(([id, operation]) => ({ id, method: operation.method, at: addressOf(provider.server, operation) }))
  if (guarded.length === 0) return undefined
  return (method, { origin, pathname }) => {
    const address = origin + pathname
    const found = guarded.find((operation) => operation.method === method.toUpperCase() && operation.at.test(address))
    if (found !== undefined) throw deviceCallError(provider.id, found.id)
  }
}

/** What to tell whoever tries it on a server. */
export function deviceCallError(provider: string, operation: string): TypeError {
  return new TypeError(
    `${provider}: ${operation} is for the customer’s own device. What it takes must not pass through a server.`,
  )
}

function addressOf(server: URL, { path }: OperationFact): RegExp {
  const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const parts = path.split(/\{[^}]*\}/).map(literal)
  return new RegExp(`^${literal(baseUrlOf(server))}${parts.join('[^/]+')}/?$`)
}
