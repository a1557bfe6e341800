import type { Fetch } from '@chaveiro/core'
import { EnvHttpProxyAgent } from 'undici'
import type { Texts } from '../language/texts.ts'
import { EXIT } from '../program/exit-code.ts'
import { Failure } from '../program/failure.ts'

/** A fetch that opens a tunnel through the proxy (CONNECT), except to the hosts of `noProxy`. */
export function proxiedFetch(httpsProxy: string, noProxy: string | undefined, texts: Texts): Fetch {
  if (!/^https?:$/.test(URL.canParse(httpsProxy) ? new URL(httpsProxy).protocol : '')) {
    throw new Failure(EXIT.usage, 'usage', texts.talk.badProxy)
  }
  const agent = new EnvHttpProxyAgent({ httpsProxy, ...(noProxy === undefined ? {} : { noProxy }) })
  return (input, init) => {
    const url = new URL(typeof input === 'object' && 'url' in input ? input.url : input)
    if (url.protocol !== 'https:') return fetch(input, init)
    const proxied: RequestInit = { ...init }
    // Node's types of `dispatcher` belong to the undici inside Node; it accepts the one from npm.
    Object.assign(proxied, { dispatcher: agent })
    return fetch(input, proxied)
  }
}
