import type { AccountRef } from '../account-ref.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import type { ApiRequest } from '../http/api-request.ts'
import type { ResolvedInputs } from '../renewal.ts'
import { queryPairs, refuseSecretsInUrl } from '../secret-traces.ts'
import { type Grant, secretsIn } from '../token/grant.ts'
import type { CallServices } from './call-services.ts'
import { resolveInputs } from './inputs.ts'

/** What a request to `url` carries besides the token: headers, and the URL with what was added to its query. */
export type PrepareRequest<M> = (token: Grant<M>, url: URL) => Promise<ApiRequest>

/** Prepares the attempts of one call of `fetch`. The account's inputs are read once for all of them. */
export function requestPreparer<Inputs, M>(
  services: Pick<CallServices<Inputs, M>, 'provider' | 'credentials'>,
  account: AccountRef,
): PrepareRequest<M> {
  const { provider } = services
  let read: Promise<ResolvedInputs<Inputs>> | undefined
  return async (token, url) => {
    read ??= resolveInputs(services, account)
    const { inputs, secrets } = await read
    const request: ApiRequest = { headers: new Headers(), url: new URL(url) }
    await quietly(provider.id, async () => provider.prepare?.(request, token, inputs))
    if (request.url.origin !== url.origin || request.url.pathname !== url.pathname) {
      throw new ChaveiroError('misconfigured', `prepare() of ${provider.id} changed more than the query of a URL.`)
    }
    const known = queryPairs(url.search)
    const added = queryPairs(request.url.search).filter((pair) => !known.includes(pair))
    const query = { pathname: '', search: `?${added.join('&')}` }
    refuseSecretsInUrl(query, provider.secretQuery ?? [], [...secretsIn(token), ...secrets])
    return request
  }
}

/** What a header refuses, it quotes in its error: that error stays here. */
async function quietly(provider: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (isChaveiroError(error)) throw error
    throw new ChaveiroError('misconfigured', `prepare() of ${provider} failed, so nothing was sent.`, { provider })
  }
}
