import type { AccountRef } from '../account-ref.ts'
import type { Clock, Random } from '../clock.ts'
import { aboutAccount, isChaveiroError, stateError } from '../errors.ts'
import type { PreparedRequest } from '../http/api-request.ts'
import { discardBody } from '../http/body-reader.ts'
import type { ReplayClass } from '../http/failure.ts'
import { type Fetch, noStore, refusePrintedSecrets, requestIn } from '../http/fetch.ts'
import type { AllowedOrigins } from '../origins.ts'
import type { EventFacts, Tokens } from '../renewal.ts'
import { attemptsOf } from '../retry/attempts-report.ts'
import type { Attempt } from '../retry/call.ts'
import { sendAlong } from '../retry/redirect.ts'
import { cancelBody } from '../retry/replayable-body.ts'
import { retrying } from '../retry/retry-fetch.ts'
import { overridePolicy, type ResolvedRetryPolicy } from '../retry/retry-options.ts'
import { untilAborted } from '../timeout.ts'
import { type AccessToken, grantOf } from '../token/access-token.ts'
import type { Grant } from '../token/grant.ts'
import { failureName, requestFacts } from './call-facts.ts'
import { RejectionBreaker, type RejectionRule, rejectsToken } from './rejection-breaker.ts'
import { type FetchOptions, moreFetchOptions, type SourceFetch } from './source-fetch.ts'

/** Prepares the attempts of one call. */
interface RequestPreparer<M> {
  prepare(token: Grant<M>, url: URL): Promise<PreparedRequest>
}

/** What the `fetch` of a manager's sources needs besides a source. */
export interface AuthenticatedFetchServices<M> {
  readonly provider: RejectionRule & { readonly id: string; readonly server: URL; readonly apiServer?: URL | undefined }
  readonly fetch: Fetch
  /** Where API calls present a certificate: the fetch that presents this account's. */
  readonly certified: ((account: AccountRef) => Promise<Fetch>) | undefined
  readonly clock: Clock
  readonly random: Random
  readonly retryPolicy: ResolvedRetryPolicy
  readonly origins: AllowedOrigins
  /** What requests carry besides the token, for one call. Absent: nothing. */
  readonly preparer: ((account: AccountRef) => RequestPreparer<M>) | undefined
  /** Throws for a call that only a customer's own device may make. */
  readonly refuseDeviceCall: ((method: string, url: URL) => void) | undefined
  /** What the spec says about sending an operation again. Throws a TypeError for one that it does not describe. */
  readonly replayClass: (operation: string) => ReplayClass
  /** Is there a listener? */
  readonly isHeard: () => boolean
  /** Is there a listener of every call? */
  readonly hearsCalls: () => boolean
  readonly emit: (account: AccountRef, event: EventFacts) => void
}

/** The `fetch` of a source: checks the origin, adds the token, sends, and replays once with a new token. */
export function authenticatedFetch<M>(
  servicesOf: () => AuthenticatedFetchServices<M>,
  account: AccountRef,
  source: Tokens<M>,
  options?: FetchOptions,
): SourceFetch {
  let policy = options && policyFor(servicesOf(), options)
  const send: Fetch = async (input, init) => {
    const services = servicesOf()
    policy ??= policyFor(services, {})
    const target = admit(services, account, input, init)
    const request = requestIn(target)
    const call = {
      services,
      account,
      source,
      policy,
      replay: options?.replay,
      preparer: services.preparer?.(account),
      waitedFor: services.hearsCalls() ? [] : undefined,
    }
    const cache = init?.cache ?? request?.cache ?? 'default'
    const own: RequestInit = { ...init, ...(cache === 'default' && noStore()) }
    const answer = retrying(target, own, policy, (attempt) => sendAbout(call, attempt))
    return services.isHeard() ? watched(call, answer, target, init) : answer
  }
  return Object.assign(send, {
    with: (more: FetchOptions) =>
      authenticatedFetch(servicesOf, account, source, moreFetchOptions(options ?? {}, more)),
  })
}

function policyFor<M>(services: AuthenticatedFetchServices<M>, options: FetchOptions): ResolvedRetryPolicy {
  const { operation } = options
  const replay = operation === undefined ? undefined : services.replayClass(operation)
  return overridePolicy(services.retryPolicy, { ...options, replay, keepBody: true })
}

interface CallContext<M> {
  readonly services: AuthenticatedFetchServices<M>
  readonly account: AccountRef
  readonly source: Tokens<M>
  readonly policy: ResolvedRetryPolicy
  readonly replay: FetchOptions['replay']
  readonly preparer: RequestPreparer<M> | undefined
  /** The renewals that it waited for. Absent: no listener wants to know. */
  readonly waitedFor: number[] | undefined
}

/** Tells the listeners how a call went. */
async function watched<M>(
  { services, account, waitedFor }: CallContext<M>,
  answer: Promise<Response>,
  target: URL | Request,
  init: RequestInit | undefined,
): Promise<Response> {
  const { clock, emit } = services
  const startedAt = clock.monotonic()
  const tell = (outcome: unknown, facts: Partial<EventFacts>): void => {
    const { attempts = 1, giveUp, history = [] } = attemptsOf(outcome) ?? {}
    const told = { ...facts, attempts, durationMs: clock.monotonic() - startedAt }
    if (attempts > 1) emit(account, { ...told, type: 'request.retried' })
    if (giveUp && giveUp !== 'aborted') emit(account, { ...told, type: 'request.failed' })
    if (!waitedFor) return
    const hasAnswer = (told.status ?? told.code) !== undefined
    emit(account, {
      ...told,
      type: 'request.ended',
      ...requestFacts(target, init),
      renewals: waitedFor.length > 0 ? waitedFor : undefined,
      failure: hasAnswer ? undefined : failureName(giveUp === 'aborted' ? undefined : history.at(-1)?.failure),
    })
  }
  try {
    const response = await answer
    tell(response, { status: response.status })
    return response
  } catch (error) {
    tell(error, { code: isChaveiroError(error) ? error.code : undefined })
    throw error
  }
}

/** Adds the account to errors. */
async function sendAbout<M>(call: CallContext<M>, attempt: Attempt): Promise<Response> {
  try {
    return await sendWithToken(call, attempt)
  } catch (error) {
    throw aboutAccount(error, call.services.provider.id, call.account)
  }
}

/** One attempt of the retry policy. A rejected token and its replay cost no further attempt and no budget. */
async function sendWithToken<M>(call: CallContext<M>, attempt: Attempt): Promise<Response> {
  const { services, source } = call
  // No signal and no timer if there is nothing to wait for.
  const token = source.ready() ?? (await tokenFor(call, attempt))
  const response = await transmit(call, attempt, token)
  const { provider, clock } = services
  if (!(await rejectsToken(provider, response, clock))) return response
  const next = await replacementFor(call, attempt, token)
  if (attempt.callerSignal?.aborted || next !== undefined) await discardBody(response, clock)
  attempt.callerSignal?.throwIfAborted()
  if (next === undefined) return response
  services.emit(call.account, { type: 'request.replayed', generation: next.generation })
  const second = await transmit(call, attempt, next)
  const breaker = breakerOf(call)
  if (!(await rejectsToken(provider, second, clock))) breaker.noteAccepted(next)
  else if (breaker.noteRejected(next)) tellRejected(call, next)
  return second
}

async function tokenFor<M>({ source, waitedFor }: CallContext<M>, attempt: Attempt): Promise<AccessToken<M>> {
  const { signal } = attempt
  try {
    return await source.getToken({ signal }, waitedFor)
  } catch (error) {
    const outOfTime = signal.aborted && !attempt.callerSignal?.aborted
    throw outOfTime && !isChaveiroError(error) ? stateError('timeout') : error
  }
}

/**
 * A newer token for a replay; `undefined` if the rejection has to be returned as it came. Never rejects: the server has
 * answered, so the caller gets its answer, and not an error about replacing the token.
 */
async function replacementFor<M>(
  call: CallContext<M>,
  attempt: Attempt,
  token: AccessToken<M>,
): Promise<AccessToken<M> | undefined> {
  const { source, policy, replay, waitedFor } = call
  // A 401 was not applied (RFC 9110 §15.5.2), so every method may be sent again.
  const mayReplay = attempt.canReplay && (replay !== 'idempotent' || policy.methods.has(attempt.method))
  const breaker = breakerOf(call)
  try {
    if (breaker.noteRejected(token)) tellRejected(call, token)
    if (breaker.isOpen(token)) {
      if (!source.isSuperseded(token)) return undefined
    } else {
      const isLatest = await source.reject(token)
      if (mayReplay && isLatest) {
        const options = { signal: attempt.signal, newerThan: token, staleIfError: false }
        const next = await source.getToken(options, waitedFor)
        breaker.noteReplacement(next)
        return next
      }
    }
    return mayReplay ? await source.getToken({ signal: attempt.signal, newerThan: token }, waitedFor) : undefined
  } catch (error) {
    if (isChaveiroError(error)) attempt.tokenFailure = { code: error.code, action: error.action }
    return undefined
  }
}

/** One for each account: all its `fetch` functions share it. */
function breakerOf<M>({ services, source }: CallContext<M>): RejectionBreaker {
  if (source.breaker instanceof RejectionBreaker) return source.breaker
  const breaker = new RejectionBreaker(services.clock, services.random)
  source.breaker = breaker
  return breaker
}

function tellRejected<M>({ services, account }: CallContext<M>, { generation }: AccessToken<M>): void {
  services.emit(account, { type: 'token.rejected', generation })
}

/** Sends with the token, and with what the provider adds, within the allowed origins. */
async function transmit<M>(call: CallContext<M>, attempt: Attempt, token: AccessToken<M>): Promise<Response> {
  const { services, account, preparer } = call
  const fetch = services.certified ? await services.certified(account) : services.fetch
  const added = preparer && (await untilAborted(preparer.prepare(grantOf(token), attempt.url), attempt.signal))
  return sendAlong(attempt, added?.hiding?.(fetch) ?? fetch, {
    clock: services.clock,
    allows: (url) => !added?.hiding && services.origins.has(url),
    authorize(headers) {
      token.authorize(headers)
      added?.authorize(headers)
    },
  })
}

/** What to send. If it may not be sent, throws and frees the body. */
function admit<M>(
  services: AuthenticatedFetchServices<M>,
  account: AccountRef,
  input: string | URL | Request,
  init: RequestInit | undefined,
): URL | Request {
  try {
    const { server, apiServer = server } = services.provider
    const url = urlOf(input, apiServer)
    services.origins.check(url)
    const request = requestIn(input)
    services.refuseDeviceCall?.(init?.method ?? request?.method ?? 'GET', url)
    refuseOtherSignIn(url, request, init)
    return request ?? url
  } catch (error) {
    const reason = aboutAccount(error, services.provider.id, account)
    cancelBody(init?.body ?? requestIn(input)?.body, reason)
    throw reason
  }
}

function refuseOtherSignIn(url: URL, request: Request | undefined, init: RequestInit | undefined): void {
  // fetch refuses these too, but its error quotes them.
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('This fetch signs in with a token. Take the user name and password out of the URL.')
  }
  const given = init?.headers ?? request?.headers
  const headers = given && new Headers(given)
  if (!headers?.has('authorization')) return
  refusePrintedSecrets(headers)
  throw new TypeError('This fetch sets the Authorization header itself. Leave it out, or use the platform’s fetch.')
}

/**
 * The URL that will really be used, so that it can be checked before anything is sent. A path is appended to the
 * server's own path, as every client with a base URL does; `//host` and `\\host` name another host, and are treated as
 * such.
 *
 * @throws {TypeError} for an invalid URL.
 */
function urlOf(input: string | URL | Request, server: URL): URL {
  if (typeof input === 'string') return absolute(input, server)
  // The caller may change a URL while we wait for the token, so a copy is checked and sent.
  return new URL('href' in input ? input.href : input.url)
}

function absolute(text: string, server: URL): URL {
  const folder = server.pathname.replace(/\/$/, '')
  if (/^\/(?![/\\])/.test(text)) return new URL(folder + text, server)
  // An empty text, a query or a fragment is added to the server's own address. The rest is relative to its folder.
  return new URL(text, /^([?#]|$)/.test(text) ? server : new URL(`${folder}/`, server))
}
