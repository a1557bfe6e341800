import type { Fetch } from '@chaveiro/core'
import type { Session } from '../program/session.ts'
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
