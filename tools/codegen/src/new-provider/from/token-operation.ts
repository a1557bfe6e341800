import type { ExpiryFormat } from '../../spec/call.ts'
import type { JsonObject } from '../../spec/json.ts'
import type { PlannedInput, ProviderPlan, WrittenTokens } from '../plan.ts'
import { bindInputs } from './bind-inputs.ts'
import { type Field, fieldsOf } from './imported-schema.ts'
import { operationIdOf, tokenEndpoints } from './token-endpoints.ts'

/** What another document says of the operation that issues tokens. */
export interface FoundOperation {
  readonly inputs: readonly PlannedInput[]
  readonly tokens: WrittenTokens
  readonly untold: readonly string[]
}

/** The operation that issues tokens, as far as another document describes it. */
export function findTokenOperation(
  document: JsonObject,
  plan: ProviderPlan,
  tokens: WrittenTokens,
  mark: string,
): FoundOperation {
  const candidates = tokenEndpoints(document).filter(({ accessToken }) => accessToken !== undefined)
  const [best, ...others] = candidates.filter(({ path }) => !/refresh/i.test(path)).concat(candidates)
  if (best?.answer === undefined || best.accessToken === undefined) {
    const sentence =
      'The operation that issues tokens: no POST whose name speaks of tokens answers with a token in JSON.'
    return { inputs: plan.inputs, tokens, untold: [sentence] }
  }
  const { constants } = tokens.token
  const bound = bindInputs(best, { inputs: plan.inputs, constants }, mark)
  const ends = endsOf(best.answer, best.accessToken, tokens)
  const rivals = new Set(others.map(({ path }) => path).filter((path) => path !== best.path))
  const token = {
    mark,
    operationId: operationIdOf(best),
    path: best.path,
    status: best.status,
    content: best.content,
    request: bound.request,
    answer: best.answer,
    constants: bound.constants,
    accessToken: best.accessToken.pointer,
    ...ends,
  }
  return {
    inputs: bound.inputs,
    tokens: { ...tokens, token, refresh: token.refreshToken === undefined ? undefined : tokens.refresh },
    untold: [
      ...(rivals.size > 0
        ? [`Which operation issues tokens: ${best.path} was taken, ${[...rivals].join(', ')} answer alike.`]
        : []),
      ...bound.untold,
      ...(ends.expires.format === 'undocumented' ? ['In what form the answer states the end of a token.'] : []),
      ...(tokens.refresh === undefined ? [] : ['The operation that takes a refresh token: its path is a placeholder.']),
    ],
  }
}

/** When the tokens end, where the answer's fields can be told apart. */
type Ends = Pick<WrittenTokens['token'], 'expires' | 'refreshToken' | 'refreshExpires'>

function endsOf(answer: JsonObject, accessToken: Field, { refresh: refreshes }: WrittenTokens): Ends {
  const fields = fieldsOf(answer)
  const isRefresh = (name: string): boolean => /refresh/i.test(name)
  const ends = fields.filter(({ name }) => /expir|valid_?until|ends?_?at/i.test(name))
  const end = ends.find(({ name }) => !isRefresh(name))
  const refresh = fields.find(
    ({ name, type }) => type === 'string' && isRefresh(name) && !ends.some((one) => one.name === name),
  )
  const refreshEnd = ends.find(({ name }) => isRefresh(name))
  return {
    // A pointer has to lead somewhere: where no end is stated, it leads to the token itself, and is not read.
    expires: { at: end?.pointer ?? accessToken.pointer, format: end === undefined ? 'undocumented' : formatOf(end) },
    refreshToken: refreshes && refresh?.pointer,
    refreshExpires: refreshes && (refreshEnd?.pointer ?? refresh?.pointer),
  }
}

/** The form of an end, where the document says it in its schema or in words. */
function formatOf({ type, format, description = '' }: Field): ExpiryFormat {
  if (format === 'date-time') return 'rfc3339'
  if (type !== 'integer' && type !== 'number') return 'undocumented'
  const isInstant = /unix|epoch|timestamp/i.test(description)
  if (isInstant)
    return /milli/i.test(description) ? 'epoch-millis' : /second/i.test(description) ? 'epoch-seconds' : 'undocumented'
  return /second|segundo/i.test(description) && !/milli/i.test(description) ? 'seconds' : 'undocumented'
}
