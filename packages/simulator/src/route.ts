import type { Answer } from './answer.ts'
import type { Call } from './incoming-request.ts'
import type { OpenApiDocument } from './openapi-document.ts'
import { createRequestValidator } from './validate-request.ts'

/** An operation and how the provider answers it. */
export interface Route<Operation extends string> {
  readonly operation: Operation
  /** In upper case; `*`: any. */
  readonly method: string
  /** As in OpenAPI: `/vendors/{id}`; `*`: any. */
  readonly path: string
  /**
   * The host that the operation is on.
   *
   * @default the simulator's own
   */
  readonly origin?: string | undefined
  /** Says what is wrong with a request, without any of its values; undefined: nothing. */
  readonly problem?: ((call: Call) => string | undefined) | undefined
  /** The names of the documented parameters of its query. @default none */
  readonly query?: readonly string[] | undefined
  readonly answer: Answering
}

/** Does the provider's work. Only what needs cryptography takes longer than the call itself. */
export type Answering = (call: Call) => Answer | Promise<Answer>

/** The route of a documented operation: method, path and the requests that it accepts come from the document. */
export const documentedRoute = <Operation extends string>(
  document: OpenApiDocument,
  operation: Operation,
  answer: Answering,
): Route<Operation> => {
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, documented] of Object.entries(methods)) {
      if (documented.operationId !== operation) continue
      const query = (documented.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
      const problem = createRequestValidator(documented)
      return { operation, method: method.toUpperCase(), path, problem, query, answer }
    }
  }
  throw new TypeError(`The document has no operation "${operation}"`)
}

export interface Match<Operation extends string> {
  readonly route: Route<Operation>
  readonly params: Readonly<Record<string, string>>
}

/** Finds the operation of a request: on one host, or on any where none is named. */
export const createRouter = <Operation extends string>(
  routes: readonly Route<Operation>[],
  ownOrigin: string,
): ((method: string, pathname: string, origin?: string) => Match<Operation> | undefined) => {
  const patterns = routes.map((route) => ({ route, pattern: pathPattern(route.path) }))
  return (method, pathname, origin) => {
    for (const { route, pattern } of patterns) {
      const isThere = origin === undefined || origin === (route.origin ?? ownOrigin)
      const isMethod = route.method === '*' || route.method === method
      const match = isMethod && isThere ? pattern.exec(pathname) : null
      const params = match === null ? undefined : decoded(match.groups ?? {})
      if (params !== undefined) return { route, params }
    }
    return undefined
  }
}

const pathPattern = (path: string): RegExp => {
  if (path === '*') return /^/
  const parts = path.split(/\{(\w+)\}/).map((part, index) => (index % 2 === 1 ? `(?<${part}>[^/]+)` : literal(part)))
  return new RegExp(`^${parts.join('')}$`)
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Undefined where a percent-encoding is broken: such a path names nothing. */
const decoded = (groups: Readonly<Record<string, string>>): Readonly<Record<string, string>> | undefined => {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]))
  } catch {
    return undefined
  }
}
