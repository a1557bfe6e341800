import { aboutAccount } from '../account/about-account.ts'
import { type AccountState, readyToken } from '../account/account-state.ts'
import type { TokenSource } from '../account/token-source.ts'
import { isChaveiroError } from '../errors.ts'
import { type Engine, emit } from '../manager/engine.ts'
import type { ReplayClass } from '../provider/token-provider.ts'
import { stateError } from '../renewal/failure-error.ts'
import { inStorm, noteAccepted, noteRefused, noteReplacement } from '../renewal/refusal-storm.ts'
import type { AccessToken } from '../token/access-token.ts'
import type { AccountRef } from '../token/token-key.ts'
import type { Attempt } from './attempt.ts'
import { discardBody } from './discard-body.ts'
import type { Fetch } from './fetch.ts'
import { isRefusal } from './judge.ts'
import { noStore } from './no-store.ts'
import { requestIn } from './plain-init.ts'
import { refusePrintedSecrets } from './printed-secrets.ts'
import { sendAlong } from './redirect.ts'
import { cancelBody } from './replayable-body.ts'
import { resolveUrl } from './resolve-url.ts'
import { retrying } from './retry-fetch.ts'
import { overridePolicy, type ResolvedRetryPolicy } from './retry-options.ts'
import { type FetchOptions, moreFetchOptions, type SourceFetch } from './source-fetch.ts'

type Tokens<M> = Pick<TokenSource<M>, 'getToken' | 'reject'>

/** The `fetch` of a source: origin, token, send, judge, and one replay with a new token. */
export function authenticatedFetch<Inputs, M>(
  engine: Engine<Inputs, M>,
  account: AccountRef,
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
    const target = admit(engine, account, input, init)
    const request = requestIn(target)
    const call = {
      engine,
      account,
      source,
      state,
      policy,
      replay: options.replay,
      callerSignal: (init?.signal === undefined ? request?.signal : init.signal) ?? undefined,
    }
    const cache = init?.cache ?? request?.cache ?? 'default'
    const own: RequestInit = { ...init, ...(cache === 'default' && noStore()) }
    return retrying(target, own, policy, (attempt) => sendAbout(call, attempt))
  }
  return Object.assign(send, {
    with: (more: FetchOptions) => authenticatedFetch(engine, account, source, state, moreFetchOptions(options, more)),
  })
}

interface CallContext<Inputs, M> {
  readonly engine: Engine<Inputs, M>
  readonly account: AccountRef
  readonly source: Tokens<M>
  readonly state: () => AccountState<M>
  readonly policy: ResolvedRetryPolicy
  readonly replay: FetchOptions['replay']
  readonly callerSignal: AbortSignal | undefined
}

/** Its errors name the account. */
async function sendAbout<Inputs, M>(call: CallContext<Inputs, M>, attempt: Attempt): Promise<Response> {
  try {
    return await sendWithToken(call, attempt)
  } catch (error) {
    throw aboutAccount(error, call.engine.provider.id, call.account)
  }
}

/** One attempt of the retry policy. A refused token and its replay cost no further attempt and no budget. */
async function sendWithToken<Inputs, M>(call: CallContext<Inputs, M>, attempt: Attempt): Promise<Response> {
  const { engine } = call
  const { clock, random, provider } = engine
  // Asked for before anything is sent, because a closed manager throws here. After that the caller gets a Response.
  const account = call.state()
  // Without a signal and its timer where there is nothing to wait for.
  const token = readyToken(account, clock) ?? (await tokenFor(call, attempt))
  const response = await transmit(call, attempt, token)
  if (!isRefusal(provider, response)) return response
  const next = await replacementFor(call, account, attempt, token)
  if (call.callerSignal?.aborted || next !== undefined) await discardBody(response, clock)
  call.callerSignal?.throwIfAborted()
  if (next === undefined) return response
  const second = await transmit(call, attempt, next)
  if (!isRefusal(provider, second)) noteAccepted(account, next)
  else if (noteRefused(account, next, clock, random)) tellRefused(engine, account, next)
  return second
}

async function tokenFor<Inputs, M>(
  { source, callerSignal }: CallContext<Inputs, M>,
  { signal }: Attempt,
): Promise<AccessToken<M>> {
  try {
    return await source.getToken({ signal })
  } catch (error) {
    const outOfTime = signal.aborted && !callerSignal?.aborted
    throw outOfTime && !isChaveiroError(error) ? stateError('timeout') : error
  }
}

/**
 * A newer token for a replay; `undefined` where the refusal has to be returned as it came. Never rejects: the server has
 * answered, so its answer is what the caller gets, not our trouble in mending it.
 */
async function replacementFor<Inputs, M>(
  { engine, source, policy, replay }: CallContext<Inputs, M>,
  account: AccountState<M>,
  attempt: Attempt,
  token: AccessToken<M>,
): Promise<AccessToken<M> | undefined> {
  // A 401 was not applied (RFC 9110 §15.5.2), so every method may be sent again.
  const mayReplay = attempt.canReplay && (replay !== 'idempotent' || policy.methods.has(attempt.method))
  try {
    if (noteRefused(account, token, engine.clock, engine.random)) tellRefused(engine, account, token)
    if (inStorm(account, token, engine.clock)) {
      if (!isSuperseded(account, token)) return undefined
    } else {
      const isLatest = await source.reject(token)
      if (mayReplay && isLatest) {
        const next = await source.getToken({ signal: attempt.signal, newerThan: token, staleIfError: false })
        noteReplacement(account, next)
        return next
      }
    }
    return mayReplay ? await source.getToken({ signal: attempt.signal, newerThan: token }) : undefined
  } catch {
    return undefined
  }
}

function isSuperseded<M>({ snapshot }: AccountState<M>, { lineage, generation }: AccessToken<M>): boolean {
  if (snapshot === undefined) return false
  return snapshot.access.lineage !== lineage || snapshot.access.generation > generation
}

function tellRefused<Inputs, M>(engine: Engine<Inputs, M>, account: AccountState<M>, token: AccessToken<M>): void {
  emit(engine, account.ref, { type: 'token.rejected', generation: token.generation })
}

/** Sends with the token, within the allowed origins. */
function transmit<Inputs, M>(
  { engine }: CallContext<Inputs, M>,
  attempt: Attempt,
  token: AccessToken<M>,
): Promise<Response> {
  return sendAlong(attempt, engine.fetch, {
    clock: engine.clock,
    allows: (url) => engine.origins.has(url),
    authorize: (headers) => token.authorize(headers),
  })
}

/** What to send, once it is clear that it may be sent. If it may not, the body that came with it is freed. */
function admit<Inputs, M>(
  engine: Engine<Inputs, M>,
  account: AccountRef,
  input: string | URL | Request,
  init: RequestInit | undefined,
): URL | Request {
  try {
    const { url, input: target } = resolveUrl(input, engine.provider.server)
    engine.origins.check(url, engine.provider.id, account)
    const request = requestIn(target)
    engine.refuseDeviceCall?.(init?.method ?? request?.method ?? 'GET', url)
    refuseOtherSignIn(url, request, init)
    return target
  } catch (error) {
    cancelBody(init?.body ?? requestIn(input)?.body, error)
    throw error
  }
}

function refuseOtherSignIn(url: URL, request: Request | undefined, init: RequestInit | undefined): void {
  // fetch refuses these too, in an error that quotes them.
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('This fetch signs in with a token. Take the user name and password out of the URL.')
  }
  const given = init?.headers ?? request?.headers
  const headers = given && new Headers(given)
  if (!headers?.has('authorization')) return
  refusePrintedSecrets(headers)
  throw new TypeError(
    'This fetch puts the Authorization header on by itself. Leave it away, or use the platform’s fetch.',
  )
}

function replayClass<Inputs, M>(
  { provider }: Engine<Inputs, M>,
  operation: string | undefined,
): ReplayClass | undefined {
  if (operation === undefined) return undefined
  const operations = provider.operations ?? {}
  const fact = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (fact) return fact.replay
  const known = Object.keys(operations).join(', ') || 'none'
  throw new TypeError(`${provider.id} has no operation ${operation}. There are: ${known}.`)
}
