import type { AccountState } from '../account/account-state.ts'
import type { TokenSource } from '../account/token-source.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { ReplayClass } from '../provider/token-provider.ts'
import { inStorm, noteFutileRefresh, noteUsefulRefresh } from '../renewal/refusal-storm.ts'
import type { AccessToken } from '../token/access-token.ts'
import type { Attempt } from './attempt.ts'
import { discardBody } from './discard-body.ts'
import type { Fetch } from './fetch.ts'
import { redirectTarget } from './redirect.ts'
import { resolveUrl } from './resolve-url.ts'
import { retrying } from './retry-fetch.ts'
import { overridePolicy, type ResolvedRetryPolicy } from './retry-options.ts'
import type { FetchOptions, SourceFetch } from './source-fetch.ts'

const REDIRECTS = 10

type Tokens<M> = Pick<TokenSource<M>, 'getToken' | 'reject'>

/** The `fetch` of a source: origin, token, send, judge, and one replay with a new token. */
export function authenticatedFetch<Inputs, M>(
  engine: Engine<Inputs, M>,
  source: Tokens<M>,
  state: () => AccountState<M>,
  options: FetchOptions = {},
): SourceFetch {
  const policy = overridePolicy(engine.retryPolicy, {
    ...options,
    replay: replayClass(engine, options.operation),
    keepBody: true,
  })
  const send: Fetch = async (input, init) => {
    const target = resolveUrl(input, engine.provider.server)
    engine.origins.check(target.url, engine.provider.id)
    refuseOwnAuthorization(target.input, init)
    const call = { engine, source, state, policy, replay: options.replay, follow: redirectMode(target.input, init) }
    return retrying(target.input, { ...init, redirect: 'manual' }, policy, (attempt) => sendWithToken(call, attempt))
  }
  return Object.assign(send, {
    with: (more: FetchOptions) => authenticatedFetch(engine, source, state, { ...options, ...more }),
  })
}

interface CallContext<Inputs, M> {
  readonly engine: Engine<Inputs, M>
  readonly source: Tokens<M>
  readonly state: () => AccountState<M>
  readonly policy: ResolvedRetryPolicy
  readonly replay: FetchOptions['replay']
  readonly follow: RequestRedirectMode
}

type RequestRedirectMode = 'follow' | 'manual' | 'error'

/** One attempt of the retry policy. A refused token and its replay cost no further attempt and no budget. */
async function sendWithToken<Inputs, M>(call: CallContext<Inputs, M>, attempt: Attempt): Promise<Response> {
  const { engine, source } = call
  const token = await source.getToken(waitingWith(attempt))
  const response = await transmit(call, attempt, token)
  if (!isRefused(engine, response)) return response
  const next = await replacementFor(call, attempt, token)
  if (next === undefined) return response
  await discardBody(response, engine.clock)
  const second = await transmit(call, attempt, next)
  noteReplay(call, next, isRefused(engine, second))
  return second
}

/** A newer token for a replay; `undefined` where the refusal has to be returned as it came. */
async function replacementFor<Inputs, M>(
  { engine, source, state, policy, replay }: CallContext<Inputs, M>,
  attempt: Attempt,
  token: AccessToken<M>,
): Promise<AccessToken<M> | undefined> {
  const newerIsKnown = !(await source.reject(token))
  if (!attempt.canReplay) return undefined
  // A 401 was not applied (RFC 9110 §15.5.2), so every method may be sent again.
  if (replay === 'idempotent' && !policy.methods.has(attempt.method)) return undefined
  if (!newerIsKnown && inStorm(state(), token.lineage, engine.clock)) return undefined
  try {
    return await source.getToken({ ...waitingWith(attempt), newerThan: token, staleIfError: false })
  } catch (error) {
    // The server has answered: its answer is what the caller gets, not our trouble in mending it.
    if (isChaveiroError(error)) return undefined
    throw error
  }
}

function noteReplay<Inputs, M>(
  { engine, state }: CallContext<Inputs, M>,
  token: AccessToken<M>,
  refused: boolean,
): void {
  const account = state()
  if (!refused) {
    noteUsefulRefresh(account, token.lineage)
    return
  }
  const opened = noteFutileRefresh(account, token.lineage, engine.clock, engine.random)
  if (opened) emit(engine, account.ref, { type: 'token.rejected', generation: token.generation })
}

function isRefused<Inputs, M>({ provider }: Engine<Inputs, M>, response: Response): boolean {
  const verdict = provider.judge ? provider.judge(response) : response.status === 401 ? 'refused' : undefined
  return verdict === 'refused'
}

/** Sends with the token, following redirects that stay within the allowed origins: fetch itself would follow any. */
async function transmit<Inputs, M>(
  call: CallContext<Inputs, M>,
  attempt: Attempt,
  token: AccessToken<M>,
): Promise<Response> {
  const { engine, follow } = call
  const headers = attempt.headers
  token.authorize(headers)
  let response = await attempt.transmit(engine.fetch, headers)
  let from = attempt.url
  let asGet = false
  for (let hops = 0; follow !== 'manual'; hops += 1) {
    const hop = redirectTarget(response, from, asGet ? 'GET' : attempt.method)
    if (hop === undefined) break
    if (follow === 'error') throw new TypeError('The server redirected, and the request said redirect: "error".')
    // Elsewhere, or a body that cannot be sent again: the caller gets the redirect as it came, and no token leaves.
    if (!engine.origins.has(hop.url) || !(hop.asGet || asGet || attempt.canReplay)) break
    if (hops === REDIRECTS) {
      throw new ChaveiroError('unavailable', `${engine.provider.id} redirected more than ${REDIRECTS} times.`, {
        provider: engine.provider.id,
      })
    }
    await discardBody(response, engine.clock)
    asGet ||= hop.asGet
    from = hop.url
    response = await attempt.transmit(engine.fetch, headers, hop.url, asGet)
  }
  return response
}

function waitingWith(attempt: Attempt): { signal: AbortSignal } {
  return { signal: attempt.signal }
}

function redirectMode(input: URL | Request, init: RequestInit | undefined): RequestRedirectMode {
  return init?.redirect ?? ('redirect' in input ? input.redirect : 'follow')
}

function refuseOwnAuthorization(input: URL | Request, init: RequestInit | undefined): void {
  const headers = new Headers(init?.headers ?? ('headers' in input ? input.headers : undefined))
  if (!headers.has('authorization')) return
  throw new TypeError(
    'This fetch puts the Authorization header on by itself. Leave it away, or use the platform’s fetch.',
  )
}

function replayClass<Inputs, M>(
  { provider }: Engine<Inputs, M>,
  operation: string | undefined,
): ReplayClass | undefined {
  if (operation === undefined) return undefined
  const fact = provider.operations?.[operation]
  if (fact) return fact.replay
  const known = Object.keys(provider.operations ?? {}).join(', ') || 'none'
  throw new TypeError(`${provider.id} has no operation ${operation}. There are: ${known}.`)
}
