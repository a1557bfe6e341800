import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '@chaveiro/core'
import type { OpenedAccount, ServedAccounts } from '../accounts/served-accounts.ts'
import { covers } from '../keys/allowance.ts'
import { checkKey } from '../keys/check-key.ts'
import type { Door, Key } from '../keys/key-document.ts'
import type { LiveKeys } from '../keys/live-keys.ts'
import type { RateLimits } from '../keys/rate.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { OPEN_METRICS_TYPE } from '../metrics/open-metrics.ts'
import type { PathRule } from '../proxy/exchange.ts'
import { forward } from '../proxy/forward.ts'
import { accountsFor } from './accounts.ts'
import { type OwnHosts, refusalOf } from './admit.ts'
import type { Call } from './call.ts'
import type { Calls } from './calls.ts'
import { headerValues } from './header-values.ts'
import type { Decision, DecisionLog } from './log.ts'
import { openApiText } from './openapi.ts'
import { type Problem, sendProblem } from './problem.ts'
import { problemOf } from './problem-of.ts'
import { PROBLEMS } from './problems.ts'
import type { Readiness } from './readiness.ts'
import { sendText } from './send.ts'
import { type Route, routeOf, splitTarget } from './target.ts'
import { answerToken } from './token.ts'

/** What answering calls takes. */
export interface DoorServices {
  readonly clock: Clock
  readonly accounts: Pick<ServedAccounts, 'all' | 'find'>
  readonly keys: Pick<LiveKeys, 'current' | 'used'>
  readonly rates: RateLimits
  readonly log: DecisionLog
  readonly metrics: Metrics
  readonly readiness: Readiness
  readonly calls: Calls
  readonly hosts: () => OwnHosts
  readonly openConnections: () => number
  readonly isStopping: () => boolean
}

type Facts = { -readonly [Name in keyof Decision]: Decision[Name] }

/** Answers a request, and says in the log and the metrics what it came to. */
export async function answer(
  services: DoorServices,
  request: IncomingMessage,
  response: ServerResponse,
  expects: 'nothing' | 'continue' | 'something else' = 'nothing',
): Promise<void> {
  const { clock, log, metrics, calls } = services
  const startedAt = clock.monotonic()
  const call = calls.begin(request, response)
  const facts: Facts = { door: 'none', method: request.method ?? '', status: 0 }
  if (services.isStopping()) response.setHeader('Connection', 'close')
  try {
    const problem = await decide(services, call, facts, expects)
    if (problem !== undefined) await refuse(call, facts, problem)
  } catch (error) {
    // A defect of ours: its stack is for the log, and for no caller.
    facts.defect = error instanceof Error ? (error.stack ?? error.message) : String(error)
    if (response.headersSent) request.socket.destroy()
    else await refuse(call, facts, PROBLEMS.internal)
  }
  // Probes come every few seconds, and decide nothing.
  if (facts.door === 'health' || facts.door === 'ready') return
  const durationMs = clock.monotonic() - startedAt
  log.decided(facts, durationMs)
  metrics.decided(facts, durationMs)
}

const SMALL_BODY = 65_536

/**
 * Refuses a call. A small body is read to its end, because a connection that is closed with bytes unread is reset, and the
 * problem lost with it. Of a larger one nothing more is read, and one that waits for a `100 Continue` isn't asked for.
 */
async function refuse({ request, response }: Call, facts: Facts, problem: Problem): Promise<void> {
  facts.status = problem.status
  facts.code = problem.code
  if (hasBody(request) && !request.complete) {
    const isSmall = Number(request.headers['content-length'] ?? Number.NaN) <= SMALL_BODY
    if (!isSmall || request.headers.expect !== undefined || problem.closes) {
      if (!response.headersSent) sendProblem(response, { ...problem, closes: true })
      return
    }
    await new Promise((done) => request.once('end', done).once('close', done).resume())
  }
  if (!response.headersSent && !response.destroyed) sendProblem(response, problem)
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0'
}

/** Answers, or returns why not. */
async function decide(
  services: DoorServices,
  call: Call,
  facts: Facts,
  expects: 'nothing' | 'continue' | 'something else',
): Promise<Problem | undefined> {
  const { request } = call
  const refusal = refusalOf(request, services.hosts())
  if (refusal !== undefined) return refusal
  if (expects === 'something else') return PROBLEMS.expectation
  const target = splitTarget(request.url)
  if (target === undefined) return PROBLEMS['bad-target']
  const route = routeOf(target)
  if (typeof route === 'object' && (route.door === 'health' || route.door === 'ready')) {
    return answerProbe(services, call, facts, route)
  }
  const key = await keyOf(services, call)
  if ('status' in key) return key
  facts.key = key.name
  call.key = key.id
  services.keys.used(key.id)
  const waitMs = key.rate === undefined ? undefined : services.rates.take(key.id, key.rate)
  if (waitMs !== undefined) return { ...PROBLEMS.rate, retryAfterMs: waitMs }
  facts.path = target.path
  if (route === undefined) return PROBLEMS['not-found']
  if (route === 'bad') return PROBLEMS['bad-target']
  facts.door = route.door
  if (route.door === 'proxy') return answerProxy(services, call, facts, key, route, expects === 'continue')
  return answerOwn(services, call, facts, key, route)
}

async function keyOf({ keys, clock }: DoorServices, { request }: Call): Promise<Key | Problem> {
  const current = keys.current()
  let known: ReadonlyMap<string, Key>
  try {
    known = current instanceof Promise ? await current : current
  } catch (error) {
    return problemOf(error, clock.now())
  }
  const key = checkKey(headerValues(request, 'authorization'), known, clock.now())
  if (typeof key === 'object') return key
  if (key === 'missing') return PROBLEMS['key-missing']
  return key === 'ended' ? PROBLEMS['key-ended'] : PROBLEMS['key-refused']
}

async function answerProbe(
  { readiness, isStopping }: DoorServices,
  { request, response }: Call,
  facts: Facts,
  { door }: Route,
): Promise<Problem | undefined> {
  facts.door = door
  const wrong = refusalOfMethod(request)
  if (wrong !== undefined) return wrong
  const isFine = door === 'health' || (!isStopping() && (await readiness.isReady()))
  if (!isFine) return NOT_READY
  sendText(response, 'application/json', '{"status":"ok"}\n')
  return undefined
}

const NOT_READY: Problem = {
  status: 503,
  code: 'not-ready',
  action: 'retry',
  detail: 'The server is stopping, or its store does not answer.',
}

/** What isn't the proxy takes GET without a body. */
function refusalOfMethod(request: IncomingMessage): Problem | undefined {
  if (request.method !== 'GET') return { ...PROBLEMS['method-not-allowed'], headers: { Allow: 'GET' } }
  return hasBody(request) ? PROBLEMS['unexpected-body'] : undefined
}

async function answerOwn(
  services: DoorServices,
  call: Call,
  facts: Facts,
  key: Key,
  route: Exclude<Route, { readonly door: 'proxy' }>,
): Promise<Problem | undefined> {
  const { accounts, metrics, calls, clock, openConnections } = services
  const { request, response } = call
  const wrong = refusalOfMethod(request)
  if (wrong !== undefined) return wrong
  if (route.door === 'token') {
    const allowed = allowedAccount(accounts, key, 'token', facts, route)
    if (allowed === undefined) return PROBLEMS.forbidden
    facts.rule = allowed.rules[0]?.text
    Object.assign(facts, await answerToken(call, allowed.account, route.query, clock))
    return undefined
  }
  if (route.query !== '') return PROBLEMS['bad-query']
  facts.status = 200
  if (route.door === 'accounts') {
    sendText(response, 'application/json', `${JSON.stringify(await accountsFor(key, accounts.all()))}\n`)
  } else if (route.door === 'openapi') sendText(response, 'application/json', openApiText())
  else if (!key.doors.has('status')) return PROBLEMS.forbidden
  else {
    const text = metrics.text({ runningCalls: calls.size, openConnections: openConnections() })
    sendText(response, OPEN_METRICS_TYPE, text)
  }
  return undefined
}

async function answerProxy(
  { accounts, clock }: DoorServices,
  call: Call,
  facts: Facts,
  key: Key,
  route: Extract<Route, { readonly door: 'proxy' }>,
  isAwaitingContinue: boolean,
): Promise<Problem | undefined> {
  const allowed = allowedAccount(accounts, key, 'proxy', facts, route)
  if (allowed === undefined) return PROBLEMS.forbidden
  // Only now: a body that is refused isn't sent.
  if (isAwaitingContinue) call.response.writeContinue()
  const { target, mount } = route
  const holdsTokens = key.doors.has('token')
  const now = (): number => clock.now()
  const outcome = await forward({ call, target, ...allowed, holdsTokens, now, mount })
  Object.assign(facts, outcome)
  return undefined
}

/**
 * The account, and the rules of the key for it, if the key allows it. Whether there is one that the key doesn't allow can't be
 * told from the answer.
 */
function allowedAccount(
  accounts: DoorServices['accounts'],
  key: Key,
  door: Door,
  facts: Facts,
  { provider, account: name }: { readonly provider: string; readonly account: string },
): { readonly account: OpenedAccount; readonly rules: readonly PathRule[] } | undefined {
  const account = accounts.find(provider, name)
  if (account === undefined || !key.doors.has(door)) return undefined
  const allowances = key.allowances.filter((one) => covers(one, account.provider, account.name))
  if (allowances.length === 0) return undefined
  facts.provider = account.provider
  facts.account = account.name
  return { account, rules: allowances.map(({ rule }) => rule) }
}
