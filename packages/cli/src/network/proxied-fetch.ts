import type { Fetch } from '@chaveiro/core'
import { ProxyAgent } from 'undici'

/** A fetch that opens a tunnel through the proxy (CONNECT). */
export function proxiedFetch(proxy: URL): Fetch {
  const dispatcher = new ProxyAgent({ uri: proxy.href, proxyTunnel: true })
  return (input, init) => {
    const url = new URL(typeof input === 'object' && 'url' in input ? input.url : input)
    if (url.protocol !== 'https:') return fetch(input, init)
    const proxied: RequestInit = { ...init }
    // Node's types of `dispatcher` belong to the undici inside Node; it accepts the one from npm.
    Object.assign(proxied, { dispatcher })
    return fetch(input, proxied)
  }
}
