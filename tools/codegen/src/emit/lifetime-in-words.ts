import { durationInWords } from '../spec/duration.ts'
import { parseExpression } from '../spec/expression.ts'
import { pointerSegments } from '../spec/json-pointer.ts'
import { type Expires, isStated } from '../spec/lifecycle.ts'

/** One sentence about when a token ends, with the document that answers for it. */
export function lifetimeInWords(expires: Expires, specId: string): string {
  const source = `(specs/${specId}/SOURCES.md)`
  if (expires === 'never') return `Does not end by itself ${source}.`
  if (expires === 'undocumented') return `When it ends is undocumented, so it is used until it is refused ${source}.`
  if (!isStated(expires)) return `Ends ${durationInWords(expires.after)} after it was issued ${source}.`
  const field = placeInWords(expires.at)
  const stated =
    expires.format === 'undocumented'
      ? `Each answer states it in ${field}, in an undocumented form`
      : `Each answer says when it ends, in ${field}`
  const assumed =
    expires.otherwise === undefined
      ? ''
      : `; when that cannot be read, a life of ${durationInWords(expires.otherwise)} is assumed`
  return `${stated}${assumed} ${source}.`
}

function placeInWords(text: string): string {
  const expression = parseExpression(text)
  if (expression.kind === 'header') return `the header \`${expression.name}\``
  return `\`${expression.kind === 'body' ? pointerSegments(expression.pointer).join('.') : text}\``
}
