import type { TokenEvent } from '../events.ts'
import type { FailureKind } from '../http/failure.ts'

/** What a request is called by without its path, which may hold personal data. */
export function requestFacts(
  target: URL | Request,
  init: RequestInit | undefined,
): { readonly method: string; readonly origin: string } {
  const [url, method] = 'url' in target ? [new URL(target.url), target.method] : [target, 'GET']
  return { method: (init?.method ?? method).toUpperCase(), origin: url.origin }
}

/** Why no answer came. Without a kind: the caller gave up. */
export function failureName(kind: FailureKind | undefined): TokenEvent['failure'] {
  if (kind === undefined) return 'aborted'
  return kind === 'network' || kind === 'timeout' ? kind : 'other'
}
