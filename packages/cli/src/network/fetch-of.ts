import type { Fetch } from '@chaveiro/core'
import type { Environment, Session } from '../program/session.ts'

/** The proxy for https, by the variables that other programs read too. */
export function httpsProxy(env: Environment): string | undefined {
  return env['https_proxy'] || env['HTTPS_PROXY'] || undefined
}

/**
 * What everything is sent with; `undefined`: the platform's own. Node reads no proxy variables before version 24, so with one
 * set the request goes through undici's `EnvHttpProxyAgent`, which also heeds NO_PROXY. Plain http stays on this machine, so it
 * never goes through a proxy, which would read it.
 */
export async function fetchOf({ env, texts }: Session): Promise<Fetch | undefined> {
  const proxy = httpsProxy(env)
  if (proxy === undefined) return undefined
  const { proxiedFetch } = await import('./proxied-fetch.ts')
  return proxiedFetch(proxy, env['no_proxy'] ?? env['NO_PROXY'], texts)
}
