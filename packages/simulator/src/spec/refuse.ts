import type { Answer } from '../answer.ts'
import { isJsonObject, type JsonObject, writtenText } from '../json.ts'
import type { OpenApiOperation } from '../openapi-document.ts'
import { type AnswerDraft, draftRefusal, firstOf } from './write-answer.ts'

/** What a refusal means to the client. */
export type Meaning = 'dead' | 'denied' | 'misconfigured'

// The statuses that a document would have for it, the likeliest first, and what RFC 6749 §5.2 calls it.
const LIKELY: Readonly<Record<Meaning, { readonly statuses: readonly number[]; readonly error: string }>> = {
  dead: { statuses: [400, 401, 403, 404], error: 'invalid_grant' },
  denied: { statuses: [401, 403, 400], error: 'invalid_client' },
  misconfigured: { statuses: [400, 422, 403], error: 'invalid_request' },
}

/** Refuses a token call with the answer that has this meaning in the spec, or the likeliest one where none has. */
export const refuseCall = (
  meaning: Meaning,
  detail: string,
  { facts, documented }: { facts: JsonObject | undefined; documented: OpenApiOperation },
): Answer => {
  const { statuses, error } = LIKELY[meaning]
  const matchers = facts?.[meaning]
  const matcher = firstOf(matchers ?? null)
  if (isJsonObject(matcher)) return matched(matcher, { statuses, documented, detail })
  const status = statuses.find((one) => documented.responses[one] !== undefined) ?? statuses[0] ?? 400
  const answer = draftRefusal(documented, status)
  const { properties }: JsonObject = answer.schema ?? {}
  if (isJsonObject(properties) && properties['error'] !== undefined) answer.set('$response.body#/error', error)
  return refusal(answer, detail)
}

/** JSON even where no body is documented: a client takes anything else for the page of a firewall. */
const refusal = (answer: AnswerDraft, detail: string): Answer => ({ body: {}, ...answer.done(), detail })

/** An answer that a matcher fits. */
export const matched = (
  matcher: JsonObject,
  { statuses, documented, detail }: { statuses: readonly number[]; documented: OpenApiOperation; detail: string },
): Answer => {
  const status = statusOf(writtenText(matcher['status'] ?? ''), statuses, documented)
  const answer = draftRefusal(documented, status)
  const { body, header } = matcher
  for (const [pointer, value] of Object.entries(isJsonObject(body) ? body : {})) {
    answer.set(`$response.body#${pointer}`, firstOf(value))
  }
  for (const [name, value] of Object.entries(isJsonObject(header) ? header : {})) {
    answer.set(`$response.header.${name}`, firstOf(value))
  }
  return refusal(answer, detail)
}

/** A range is answered with one of its statuses that is documented, where one is. */
const statusOf = (wanted: string, likely: readonly number[], { responses }: OpenApiOperation): number => {
  if (!wanted.endsWith('XX')) return Number(wanted)
  const inRange = likely.filter((status) => String(status)[0] === wanted[0])
  return inRange.find((status) => responses[status] !== undefined) ?? inRange[0] ?? Number(`${wanted[0]}00`)
}
