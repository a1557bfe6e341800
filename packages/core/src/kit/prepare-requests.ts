import { ChaveiroError, isChaveiroError } from '../errors.ts'
import type { ApiRequest } from '../http/api-request.ts'
import { plainHeaders } from '../http/fetch.ts'
import type { RequestPreparation } from '../provider/request-preparation.ts'
import type { ResolvedInputs } from '../renewal.ts'
import { queryPairs, refuseSecretsInUrl } from '../secret-traces.ts'
import { type Grant, secretsIn } from '../token/grant.ts'
import { hidingQuery } from './hide-query.ts'

/**
 * For a provider's `prepare`: adds what requests of the API carry besides the token, from the inputs or in the query. Called
 * by `source.fetch` for each attempt, so the `credentials` function is called for each request. A request whose query it
 * changes follows no redirect, and the response shows the caller's own URL.
 */
export function prepareRequests<Inputs, M = unknown>(
  prepare: (request: ApiRequest, token: Grant<M>, inputs: Inputs) => void | Promise<void>,
): RequestPreparation<Inputs, M> {
  return {
    prepare,
    begin({ id, secretQuery = [] }, inputsOf) {
      let read: Promise<ResolvedInputs<Inputs>> | undefined
      return {
        async prepare(token, url) {
          read ??= inputsOf()
          const { inputs, secrets } = await read
          const request: ApiRequest = { headers: new Headers(), url: new URL(url) }
          await quietly(id, async () => prepare(request, token, inputs))
          if (request.url.origin !== url.origin || request.url.pathname !== url.pathname) {
            throw new ChaveiroError('misconfigured', `prepare() of ${id} changed more than the query of a URL.`)
          }
          const known = queryPairs(url.search)
          const added = queryPairs(request.url.search).filter((pair) => !known.includes(pair))
          const query = { pathname: '', search: `?${added.join('&')}` }
          refuseSecretsInUrl(query, secretQuery, [...secretsIn(token), ...secrets])
          const isQueryOurs = request.url.href !== url.href
          return {
            authorize(headers) {
              for (const [name, value] of Object.entries(plainHeaders(request.headers))) headers.set(name, value)
            },
            hiding: isQueryOurs ? (fetch) => hidingQuery(fetch, request.url, url) : undefined,
          }
        },
      }
    },
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
