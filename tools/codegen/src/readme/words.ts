import { type Expires, isStated } from '../spec/call.ts'
import { durationParts } from '../spec/duration.ts'
import { parseExpression } from '../spec/expression.ts'
import { pointerSegments } from '../spec/json-pointer.ts'
import { operationOf, type Spec } from '../spec/spec.ts'
import type { Phrases } from './phrases.ts'

/** `PT15M` as `15 minutes`. */
export function duration({ units }: Phrases, text: string): string {
  return durationParts(text)
    .map(({ count, unit }) => `${count} ${units[unit][count === 1 ? 0 : 1]}`)
    .join(' ')
}

/** `a`, `b` and `c`. */
export function listing({ and }: Phrases, items: readonly string[]): string {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${and} ${last}`
}

/** `POST /auth`, as code. */
export function request(spec: Spec, operationId: string): string {
  const operation = operationOf(spec, operationId)
  return `\`${operation?.method ?? ''} ${operation?.path ?? operationId}\``
}

/** When a token ends, in half a sentence. */
export function lifetime(words: Phrases, expires: Expires): string {
  if (typeof expires === 'string') return expires === 'never' ? words.neverEnds : words.endUndocumented
  if (!isStated(expires)) return words.lasts(duration(words, expires.after))
  const place = placeOf(expires.at)
  const stated = expires.format === 'undocumented' ? words.statedOddly(place) : words.stated(place)
  return expires.otherwise === undefined ? stated : `${stated}; ${words.assumed(duration(words, expires.otherwise))}`
}

function placeOf(text: string): string {
  const expression = parseExpression(text)
  return `\`${expression.kind === 'body' ? pointerSegments(expression.pointer).join('.') : 'name' in expression ? expression.name : text}\``
}
