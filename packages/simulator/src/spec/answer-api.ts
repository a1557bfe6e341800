import type { Answer } from '../answer.ts'
import type { Call } from '../incoming-request.ts'
import { isJsonObject } from '../json.ts'
import type { OpenApiOperation } from '../openapi-document.ts'
import type { Answering } from '../route.ts'
import { bindingsOf } from './bindings.ts'
import { carriedFor, isSame } from './identify.ts'
import type { CarriedToken, Play } from './play.ts'
import { matched } from './refuse.ts'
import { draftAnswer, firstOf } from './write-answer.ts'

interface ApiOperation {
  readonly documented: OpenApiOperation
  readonly problemOf: (call: Call) => string | undefined
}

/**
 * Answers what tokens are for. An operation of the document gives what its success demands; any other path says with whose
 * token it was asked for.
 */
export const answerApi = (
  play: Play,
  alternatives: readonly (readonly string[])[],
  operation?: ApiOperation,
): Answering => {
  return (call) => {
    const carried = carriedFor(play, alternatives, call)
    if (typeof carried === 'string') return refused(play, alternatives, carried)
    const problem = operation?.problemOf(call) ?? (carried && besideProblem(play, carried, call))
    if (problem !== undefined) return { status: 400, detail: problem, body: {} }
    if (operation !== undefined) return draftAnswer(operation.documented).done()
    const { clientId, account, scopes } = carried?.token.owner ?? {}
    return { status: 200, body: { account: account ?? clientId ?? null, scopes: scopes ?? [] } }
  }
}

/** As the spec says that the API refuses a token; RFC 6750 §3.1 where it doesn't. */
const refused = ({ facts }: Play, alternatives: readonly (readonly string[])[], detail: string): Answer => {
  const scheme = facts.issued.find(({ name }) => alternatives.some((names) => names.includes(name)))
  const matcher = firstOf(scheme?.lifecycle?.['rejected'] ?? null)
  const challenge = { 'www-authenticate': 'Bearer realm="simulator", error="invalid_token"' }
  const answer: Answer = isJsonObject(matcher)
    ? matched(matcher, { statuses: [401, 403], documented: { operationId: '', responses: {} }, detail })
    : { status: 401, detail, body: {} }
  // RFC 9110 §15.5.2: each 401 names a scheme.
  return answer.status === 401 ? { ...answer, headers: { ...challenge, ...answer.headers } } : answer
}

/** What requests of the API carry beside the token: the words of `api`. */
const besideProblem = (play: Play, { token, value }: CarriedToken, call: Call): string | undefined => {
  const { facts, accounts, kept, tokens } = play
  const scheme = facts.issued.find((one) => tokens.of(one).find(value) !== undefined)
  const { api, inputs = {} } = scheme?.lifecycle ?? {}
  const account = accounts.list().find(({ name }) => name === token.owner.clientId)
  const bindings = bindingsOf(isJsonObject(api) ? api : {}, {
    documented: { operationId: '', responses: {} },
    schemes: facts.schemes,
    inputs: isJsonObject(inputs) ? inputs : {},
    needsVerifier: false,
  })
  for (const { bound, where, optional, read } of bindings) {
    const given = read(call)
    const wanted =
      bound.kind === 'constant'
        ? bound.value
        : bound.kind === 'input'
          ? account?.inputs[bound.name]
          : bound.kind === 'kept'
            ? kept.get(token.family)?.get(bound.name)
            : undefined
    if (wanted === undefined) continue
    if (given === undefined && !optional) return `${where}: required, but missing`
    if (given !== undefined && !isSame(given, wanted)) return `${where}: another value is expected`
  }
  return undefined
}
