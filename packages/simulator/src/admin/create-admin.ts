import type { AdjustableClock } from '../adjustable-clock.ts'
import { type Answer, respond } from '../answer.ts'
import { document } from '../generated/admin.ts'
import type { Call } from '../incoming-request.ts'
import { parseJson } from '../json.ts'
import { createRouter } from '../route.ts'
import type { Simulator } from '../simulation.ts'
import { ADMIN_PATH, type Admin } from './admin.ts'
import { createBoard } from './board.ts'
import { eventStream } from './event-stream.ts'
import { guardRequest } from './guard-request.ts'
import { pageFile } from './page-files.ts'
import { AdminProblem, problemAnswer } from './problem.ts'
import { adminRoutes } from './routes.ts'
import { asJson } from './views.ts'

/** What an admin API is made of. */
export interface AdminOptions {
  /** The simulators, by a name for each, such as `bitize`. */
  readonly simulators: Readonly<Record<string, Simulator>>
  /** The clock that they were made with, so that time passes for all of them at once. */
  readonly clock: AdjustableClock
  /**
   * More names by which the server may be called, without a port, such as that of a container.
   *
   * @default 127.0.0.1, localhost and [::1] only
   */
  readonly hosts?: readonly string[] | undefined
}

/**
 * Makes the admin API of simulators, and its page: `listen(bitize, { admin: createAdmin({ simulators: { bitize }, clock }) })`
 * serves both below `/__simulator`, next to the provider. The simulators have to be made with the same clock.
 */
export const createAdmin = ({ simulators, clock, hosts = [] }: AdminOptions): Admin => {
  const board = createBoard(simulators, clock)
  const signals = new WeakMap<object, AbortSignal>()
  const routes = adminRoutes(board, (call) => signals.get(call) ?? new AbortController().signal)
  const find = createRouter(routes, '')
  const paths = new Set(routes.map(({ path }) => path))

  const work = async (request: Request, path: string): Promise<Answer> => {
    const match = find(request.method, path)
    if (match === undefined) {
      throw paths.has(path)
        ? new AdminProblem('method-not-allowed', `${ADMIN_PATH}${path} has no ${request.method}. ${SEE}`)
        : new AdminProblem('unknown-path', `${ADMIN_PATH}${path} is not an operation. ${SEE}`)
    }
    const text = await request.text()
    const { method, headers } = request
    const call: Call = { method, headers, url: new URL(request.url), text, params: match.params, body: parseJson(text) }
    signals.set(call, request.signal)
    const problem = match.route.problem?.(call)
    if (problem !== undefined) throw new TypeError(problem)
    return match.route.answer(call)
  }

  const answer = async (request: Request): Promise<Response> => {
    guardRequest(request, hosts)
    const path = new URL(request.url).pathname.slice(ADMIN_PATH.length)
    if (request.method === 'GET') {
      if (path === '/events') return eventStream((listener) => board.subscribe(listener), request.signal)
      if (path === '/openapi.json') return respond({ status: 200, body: asJson(document) }, Date.now())
      const file = await pageFile(path)
      if (file !== undefined) return file
    }
    return respond(await work(request, path), Date.now())
  }

  return {
    fetch: async (request) => {
      try {
        return unstored(await answer(request))
      } catch (error) {
        if (error instanceof AdminProblem)
          return unstored(respond(problemAnswer(error.code, error.message), Date.now()))
        // Misuse, as the simulators word it for a test.
        if (isMisuse(error)) {
          return unstored(respond(problemAnswer('invalid-request', `${error.message}. ${SEE}`), Date.now()))
        }
        throw error
      }
    },
    servedAt: (served, url) => {
      const id = Object.keys(simulators).find((name) => simulators[name]?.fetch === served.fetch)
      if (id !== undefined) board.servedAt(id, url)
    },
  }
}

/** By its name: a test's realm may have a `TypeError` of its own. */
const isMisuse = (error: unknown): error is { readonly message: string } =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError' && 'message' in error

const SEE = `GET ${ADMIN_PATH}/openapi.json describes all operations.`

const unstored = (response: Response): Response => {
  response.headers.set('cache-control', 'no-store')
  return response
}
