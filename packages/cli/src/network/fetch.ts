import { attemptsOf, type Fetch } from '@chaveiro/core'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { proxyFor, proxyUrl } from './proxy.ts'

/**
 * What everything to this server is sent with; `undefined`: the platform's own. Node reads no proxy variables before version
 * 24, so with one set the request goes through undici's `ProxyAgent`.
 */
export async function fetchOf({ env, texts }: Session, server: URL): Promise<Fetch | undefined> {
  const proxy = proxyFor(server, env)
  if (proxy === undefined) return undefined
  const url = proxyUrl(proxy, texts)
  const { proxiedFetch } = await import('./proxied-fetch.ts')
  return proxiedFetch(url)
}

/** What a `fetch` that failed means to a person: the network, unless nothing was sent because the words do not fit. */
export function noAnswer({ texts }: Session, error: unknown): Failure {
  const report = attemptsOf(error)
  if (report === undefined && error instanceof TypeError) return new Failure(EXIT.usage, 'usage', error.message)
  const code = report?.history.at(-1)?.code ?? (error instanceof Error ? error.name : '')
  return new Failure(EXIT.unavailable, 'network', texts.talk.noAnswer(code, report?.attempts ?? 1))
}
