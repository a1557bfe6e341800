import type { AccountRef } from '../account-ref.ts'
import { ChaveiroError } from '../errors.ts'
import { type Fetch, noStore, plainCall } from '../http/fetch.ts'
import { originsOf } from '../provider/server.ts'
import type { TokenProvider } from '../provider/token-provider.ts'

/**
 * A fetch that goes only to the provider's own server and doesn't follow redirects, because its requests may carry a
 * secret.
 */
export function guardedFetch(
  provider: Pick<TokenProvider<never>, 'id' | 'server' | 'operationServers'>,
  account: AccountRef,
  send: Fetch,
): Fetch {
  return async (input, init) => {
    const { url, plain } = await plainCall(input, { ...init, redirect: 'manual' })
    const { origin } = new URL(url)
    const { server, operationServers } = provider
    const origins = originsOf({ server, operationServers })
    if (!origins.has(origin)) {
      throw new ChaveiroError(
        'origin',
        `${provider.id} is called at ${[...origins].join(', ')} only, not at ${origin}.`,
        {
          provider: provider.id,
          account,
        },
      )
    }
    return send(url, { ...plain, ...noStore() })
  }
}
