// The engine under every provider: route, fault, validation, behaviour, log. A provider adds behaviour only.

import type { AccountShelf } from './account-shelf.ts'
import { type Answer, respond } from './answer.ts'
import { applyFault } from './apply-fault.ts'
import type { SimulatorClock } from './clock.ts'
import { createFaultQueue, type Faults } from './fault-queue.ts'
import type { Fetch } from './in-process-fetch.ts'
import { createInProcessFetch } from './in-process-fetch.ts'
import type { Call, IncomingRequest } from './incoming-request.ts'
import type { ListedToken, TokenRef, TokenSelection } from './issued-token.ts'
import { createJournal, type SimulatorEvent, type WaitOptions } from './journal.ts'
import { parseJson } from './json.ts'
import { isConnectionReset } from './network-error.ts'
import { exposedPlaces, type ReceivedRequest, redactedPath } from './request-log.ts'
import type { RequestWish } from './request-wish.ts'
import { createRouter, type Route } from './route.ts'

/** What a provider's simulation is made of. */
export interface Behaviour<Operation extends string> {
  readonly routes: readonly Route<Operation>[]
  /** An answer in the provider's error model, where that knows the status. `detail` holds no value of a request. */
  readonly refuse: (status: number, detail: string) => Answer
  /** The issued token that a request carries, for the log. */
  readonly carriedToken: (request: IncomingRequest) => TokenRef | undefined
  /** Is this a secret that the provider knows? Such a value is kept out of the log. */
  readonly isSecret: (value: string) => boolean
  /** The issued token that an answer brings, for the log. */
  readonly issuedToken: (answer: Answer) => TokenRef | undefined
  /** Forgets what the provider knows besides requests and faults. */
  readonly reset: () => void
  /** Headers that every answer to a request bears, an answer that a fault gives included. */
  readonly headers?: ((request: IncomingRequest) => Readonly<Record<string, string>>) | undefined
}

/** What every simulation offers, whatever its provider issues. */
export interface Simulation<Operation extends string> {
  /** The origin that the in-process `fetch` answers for. */
  readonly url: URL
  /** The provider in this process: no socket, same behaviour as over HTTP. Any other origin is an unknown host. */
  readonly fetch: Fetch
  /** The host that answers such a request, of a provider with several. `listen()` has all of them at one address. */
  hostOf(method: string, path: string): URL
  /** The operations that can be counted, and that a fault can wait for. */
  readonly operations: readonly Operation[]
  /** What is to go wrong. */
  readonly faults: Faults<Operation>
  /** Every request received so far, oldest first, without secrets. The entries are kept up to date. */
  readonly requests: readonly ReceivedRequest<Operation>[]
  /** How many requests were received: of one operation, or in all. */
  count(operation?: Operation): number
  /**
   * Resolves as soon as such requests were received, those that came before included, and to all of them. Rejects when the
   * signal does. Say `outcome: 'answered'` to wait for their answers.
   */
  waitFor(wish: RequestWish<Operation>, options?: WaitOptions): Promise<readonly ReceivedRequest<Operation>[]>
  /** Calls back for every request that comes or goes on, and for `reset()`; returns what ends that. */
  subscribe(listener: (event: SimulatorEvent<Operation>) => void): () => void
  /**
   * Starts again: forgets requests, faults, tokens and whatever was created, and accepts the first account only. What hangs is
   * let go on. The address and the clock stay.
   */
  reset(): void
}

/** What every simulated provider offers. */
export interface Simulator<Operation extends string = string> extends Simulation<Operation> {
  /** Every token issued so far, oldest first: whose it is and when it ends, never what it is. */
  readonly tokens: readonly ListedToken[]
  /** Makes the server refuse tokens that it issued: all access tokens, if not told otherwise. Returns how many. */
  revoke(selection?: TokenSelection): number
  /** Ends their life now, without moving the clock. Returns how many. */
  expire(selection?: TokenSelection): number
  /** The accounts that it accepts, by their names. */
  readonly accounts: AccountShelf
  /** Every secret that it accepts or issued, for tests that search an output for them. */
  revealSecrets(): readonly string[]
}

export const simulate = <Operation extends string>(
  { routes, refuse, carriedToken, issuedToken, isSecret, reset, headers }: Behaviour<Operation>,
  { clock, url }: { clock: SimulatorClock; url: URL },
): Simulation<Operation> => {
  const find = createRouter(routes, url.origin)
  const origins = [...new Set([url.origin, ...routes.map(({ origin = url.origin }) => origin)])]
  // One may have several paths.
  const operations = [...new Set(routes.map((route) => route.operation))]
  const queue = createFaultQueue(operations)
  const journal = createJournal<Operation>()

  const receive = async (request: IncomingRequest, signal: AbortSignal | undefined): Promise<Response> => {
    const match = find(request.method, request.url.pathname, request.url.origin)
    const met = queue.take(match?.route.operation)
    const exposed = exposedPlaces(
      { url: request.url, params: match && Object.values(match.params), documented: match?.route.query ?? [] },
      isSecret,
    )
    const entry = journal.add({
      method: request.method,
      path: redactedPath(request.url, exposed.includes('path') ? isSecret : () => false),
      operation: match?.route.operation,
      receivedAt: clock.now(),
      answeredAt: undefined,
      token: carriedToken(request),
      issued: undefined,
      exposed,
      fault: met?.fault.kind,
      processed: false,
      status: undefined,
      detail: undefined,
      outcome: 'pending',
    })

    const work = async (): Promise<Answer> => {
      if (match === undefined) return refuse(404, 'path: no operation of this method and path')
      const call: Call = { ...request, params: match.params, body: parseJson(request.text) }
      const problem = match.route.problem?.(call)
      return problem === undefined ? match.route.answer(call) : refuse(400, problem)
    }
    const process = async (): Promise<Answer> => {
      entry.processed = true
      const answer = await work()
      entry.detail = answer.detail
      entry.issued = issuedToken(answer)
      return answer
    }

    try {
      const response =
        met === undefined
          ? respond(await process(), clock.now())
          : await applyFault(met, { process, refuse, clock, signal })
      for (const [name, value] of Object.entries(headers?.(request) ?? {})) response.headers.set(name, value)
      entry.status = response.status
      entry.outcome = 'answered'
      return response
    } catch (error) {
      entry.outcome = isConnectionReset(error) ? 'reset' : 'aborted'
      throw error
    } finally {
      entry.answeredAt = clock.now()
      journal.changed(entry)
    }
  }

  return {
    url,
    fetch: createInProcessFetch(origins, receive),
    hostOf: (method, path) => new URL(find(method, path)?.route.origin ?? url.origin),
    operations,
    faults: queue.faults,
    requests: journal.requests,
    count: (operation) =>
      operation === undefined
        ? journal.requests.length
        : journal.requests.filter((request) => request.operation === operation).length,
    waitFor: (wish, options) => journal.waitFor(wish, options),
    subscribe: (listener) => journal.subscribe(listener),
    reset: () => {
      queue.faults.clear()
      reset()
      journal.clear()
    },
  }
}
