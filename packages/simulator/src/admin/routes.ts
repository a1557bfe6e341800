// One entry for each operation of `openapi.yaml`, in its order. Which requests they accept, the document says.

import type { Answer } from '../answer.ts'
import { document } from '../generated/admin.ts'
import type { Call } from '../incoming-request.ts'
import { isJsonObject, type Json, type JsonObject, textIn } from '../json.ts'
import type { RequestWish } from '../request-wish.ts'
import { documentedRoute, type Route } from '../route.ts'
import type { Board } from './board.ts'
import { AdminProblem } from './problem.ts'
import { readFault } from './read-fault.ts'
import { faultView, requestView } from './views.ts'

/** The operations of the admin API, besides the stream of events. */
export type AdminOperation =
  | 'readState'
  | 'reset'
  | 'listRequests'
  | 'waitForRequests'
  | 'listFaults'
  | 'queueFault'
  | 'clearFaults'
  | 'readClock'
  | 'setClock'
  | 'advanceClock'
  | 'listAccounts'
  | 'addAccount'
  | 'endAccount'
  | 'revokeTokens'
  | 'expireTokens'
  | 'listExpectations'
  | 'expectRequests'
  | 'clearExpectations'

/** `signalOf` has the signal that ends when the client of a call has gone. */
export const adminRoutes = (board: Board, signalOf: (call: Call) => AbortSignal): readonly Route<AdminOperation>[] => {
  const { clock } = board
  const ok = (body: JsonObject): Answer => ({ status: 200, body })
  const route = (operation: AdminOperation, answer: (call: Call) => Answer | Promise<Answer>) =>
    documentedRoute(document, operation, answer)
  const moved = (what: string, count: number): Answer => {
    board.changed(what)
    return ok({ count })
  }
  const selected = ({ body }: Call) => ({
    which: whichIn(body),
    family: numberIn(body, 'family'),
    generation: numberIn(body, 'generation'),
  })

  return [
    route('readState', () => ok(board.state())),
    route('reset', () => {
      board.reset()
      return ok(board.state())
    }),
    route('listRequests', ({ url }) => {
      const operation = url.searchParams.get('operation')
      const limit = Number(url.searchParams.get('limit') ?? Infinity)
      const requests = board.among(inQuery(url, 'provider')).flatMap(([id, simulator]) =>
        simulator.requests
          .filter((request) => operation === null || request.operation === operation)
          .slice(limit === Infinity ? 0 : -limit)
          .map((request) => requestView(id, request)),
      )
      const byTime = (one: JsonObject, other: JsonObject): number =>
        Number(one['receivedAt']) - Number(other['receivedAt'])
      return ok({ requests: requests.sort(byTime) })
    }),
    route('waitForRequests', async (call) => {
      const { body } = call
      const provider = textOf(body, 'provider')
      const { times = 1, timeoutMs = 30_000 } = {
        times: numberIn(body, 'times'),
        timeoutMs: numberIn(body, 'timeoutMs'),
      }
      const simulator = board.one(provider)
      const late = new AbortController()
      const timer = setTimeout(() => late.abort(), timeoutMs)
      const wish = wishIn(body)
      try {
        const signal = AbortSignal.any([late.signal, signalOf(call)])
        const requests = await simulator.waitFor(wish, { times, signal })
        return ok({ requests: requests.map((request) => requestView(provider, request)) })
      } catch (error) {
        if (!late.signal.aborted) throw error
        const count = simulator.requests.length
        throw new AdminProblem(
          'timeout',
          `After ${timeoutMs} ms there were not ${times} such requests, of ${count} in all.`,
        )
      } finally {
        clearTimeout(timer)
      }
    }),
    route('listFaults', ({ url }) => {
      const faults = board
        .among(inQuery(url, 'provider'))
        .flatMap(([id, simulator]) => simulator.faults.list().map((fault) => faultView(id, fault)))
      return ok({ faults })
    }),
    route('queueFault', ({ body }) => {
      const provider = textOf(body, 'provider')
      const { faults } = board.one(provider)
      const { id } = faults.next(readFault(fieldIn(body, 'fault')))
      const queued = faults.list().find((one) => one.id === id)
      return { status: 201, body: queued === undefined ? {} : faultView(provider, queued) }
    }),
    route('clearFaults', ({ url }) => {
      const provider = inQuery(url, 'provider')
      const id = inQuery(url, 'id')
      if (id !== undefined && provider === undefined) throw new TypeError('query.provider: required with an id')
      const counts = board
        .among(provider)
        .map(([, { faults }]) => faults.clear(id === undefined ? undefined : Number(id)))
      return ok({ count: counts.reduce((sum, count) => sum + count, 0) })
    }),
    route('readClock', () => ok(board.clockView())),
    route('setClock', ({ body }) => {
      clock.set(numberIn(body, 'now') ?? 0)
      return ok(board.clockView())
    }),
    route('advanceClock', ({ body }) => {
      clock.advance(numberIn(body, 'ms') ?? 0)
      return ok(board.clockView())
    }),
    route('listAccounts', ({ url }) => {
      const accounts = board
        .among(inQuery(url, 'provider'))
        .flatMap(([provider, simulator]) => simulator.accounts.names().map((name) => ({ provider, name })))
      return ok({ accounts })
    }),
    route('addAccount', ({ body }) => {
      const provider = textOf(body, 'provider')
      const credentials = fieldIn(body, 'credentials')
      const name = board.one(provider).accounts.add(isJsonObject(credentials) ? credentials : {})
      board.changed('accounts')
      return { status: 201, body: { provider, name } }
    }),
    route('endAccount', ({ params: { provider = '', name = '' } }) => {
      const { accounts } = board.one(provider)
      if (!accounts.names().includes(name)) {
        throw new AdminProblem('unknown-account', `${provider} accepts no account "${name}". GET /accounts lists them.`)
      }
      accounts.end(name)
      board.changed('accounts')
      return { status: 204 }
    }),
    route('revokeTokens', (call) => moved('tokens', board.one(textOf(call.body, 'provider')).revoke(selected(call)))),
    route('expireTokens', (call) => moved('tokens', board.one(textOf(call.body, 'provider')).expire(selected(call)))),
    route('listExpectations', () => {
      const expectations = board.expectations.map((expectation) => board.expectation(expectation))
      return ok({ allMet: expectations.every(({ met }) => met === true), expectations })
    }),
    route('expectRequests', ({ body }) => {
      const provider = textOf(body, 'provider')
      board.one(provider)
      const atMost = numberIn(body, 'atMost')
      const atLeast = numberIn(body, 'atLeast') ?? (atMost === undefined ? 1 : 0)
      const expectation = { provider, request: wishIn(body), atLeast, atMost }
      board.expectations.push(expectation)
      board.changed('expectations')
      return { status: 201, body: board.expectation(expectation) }
    }),
    route('clearExpectations', () => {
      board.expectations.length = 0
      board.changed('expectations')
      return { status: 204 }
    }),
  ]
}

const inQuery = ({ searchParams }: URL, name: string): string | undefined => searchParams.get(name) ?? undefined

const fieldIn = (body: Json | undefined, name: string): Json | undefined =>
  isJsonObject(body) ? body[name] : undefined

const textOf = (body: Json | undefined, name: string): string => textIn(body, name) ?? ''

const numberIn = (body: Json | undefined, name: string): number | undefined => {
  const value = fieldIn(body, name)
  return typeof value === 'number' ? value : undefined
}

const whichIn = (body: Json | undefined): 'access' | 'refresh' | 'both' => {
  const which = fieldIn(body, 'which')
  return which === 'refresh' || which === 'both' ? which : 'access'
}

/** The document's schema has looked at it. */
const wishIn = (body: Json | undefined): RequestWish => {
  const request = fieldIn(body, 'request') ?? {}
  return isWish(request) ? request : {}
}

const isWish = (json: Json): json is JsonObject & RequestWish => isJsonObject(json)
