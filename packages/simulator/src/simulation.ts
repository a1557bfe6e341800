// The engine under every provider: route, fault, validation, behaviour, log. A provider adds behaviour only.

import { type Answer, respond } from './answer.ts'
import { applyFault } from './apply-fault.ts'
import type { SimulatorClock } from './clock.ts'
import { createFaultQueue, type Faults } from './fault-queue.ts'
import type { Fetch } from './in-process-fetch.ts'
import { createInProcessFetch } from './in-process-fetch.ts'
import type { Call, IncomingRequest } from './incoming-request.ts'
import type { TokenRef } from './issued-token.ts'
import { parseJson } from './json.ts'
import { isConnectionReset } from './network-error.ts'
import { type LogEntry, type ReceivedRequest, redactedPath } from './request-log.ts'
import { createRouter, type Route } from './route.ts'

/** What a provider's simulation is made of. */
export interface Behaviour<Operation extends string> {
  readonly routes: readonly Route<Operation>[]
  /** An answer in the provider's error model, where that knows the status. `detail` holds no value of a request. */
  readonly refuse: (status: number, detail: string) => Answer
  /** The issued token that a request carries, for the log. */
  readonly carriedToken: (request: IncomingRequest) => TokenRef | undefined
  /** Headers that every answer to a request bears, an answer that a fault gives included. */
  readonly headers?: ((request: IncomingRequest) => Readonly<Record<string, string>>) | undefined
}

/** What every simulated provider offers. */
export interface Simulator<Operation extends string = string> {
  /** The origin that the in-process `fetch` answers for. */
  readonly url: URL
  /** The provider in this process: no socket, same behaviour as over HTTP. Any other origin is an unknown host. */
  readonly fetch: Fetch
  /** The host that answers such a request, of a provider with several. `listen()` has all of them at one address. */
  hostOf(method: string, path: string): URL
  /** What is to go wrong. */
  readonly faults: Faults<Operation>
  /** Every request received so far, oldest first, without secrets. The entries are kept up to date. */
  readonly requests: readonly ReceivedRequest<Operation>[]
  /** How many requests were received: of one operation, or in all. */
  count(operation?: Operation): number
}

export const simulate = <Operation extends string>(
  { routes, refuse, carriedToken, headers }: Behaviour<Operation>,
  { clock, url }: { clock: SimulatorClock; url: URL },
): Simulator<Operation> => {
  const find = createRouter(routes, url.origin)
  const origins = [...new Set([url.origin, ...routes.map(({ origin = url.origin }) => origin)])]
  const queue = createFaultQueue(routes.map((route) => route.operation))
  const requests: LogEntry<Operation>[] = []

  const receive = async (request: IncomingRequest, signal: AbortSignal | undefined): Promise<Response> => {
    const match = find(request.method, request.url.pathname, request.url.origin)
    const operation = match?.route.operation
    const met = queue.take(operation)
    const entry: LogEntry<Operation> = {
      method: request.method,
      path: redactedPath(request.url),
      operation,
      receivedAt: clock.now(),
      token: carriedToken(request),
      fault: met?.fault.kind,
      processed: false,
      status: undefined,
      outcome: 'pending',
    }
    requests.push(entry)

    const process = async (): Promise<Answer> => {
      entry.processed = true
      if (match === undefined) return refuse(404, 'path: no operation of this method and path')
      const call: Call = { ...request, params: match.params, body: parseJson(request.text) }
      const problem = match.route.problem?.(call)
      return problem === undefined ? match.route.answer(call) : refuse(400, problem)
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
    }
  }

  return {
    url,
    fetch: createInProcessFetch(origins, receive),
    hostOf: (method, path) => new URL(find(method, path)?.route.origin ?? url.origin),
    faults: queue.faults,
    requests,
    count: (operation) =>
      operation === undefined ? requests.length : requests.filter((request) => request.operation === operation).length,
  }
}
