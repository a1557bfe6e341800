import { durationInWords } from '../spec/duration.ts'
import { parseExpression } from '../spec/expression.ts'
import { pointerSegments } from '../spec/json-pointer.ts'
import type { Expires } from '../spec/lifecycle.ts'

/** One sentence about when a token ends, with the document that answers for it. */
export function lifetimeInWords(expires: Expires, specId: string): string {
  const source = `(specs/${specId}/SOURCES.md)`
  if ('after' in expires) return `Ends ${durationInWords(expires.after)} after it was issued ${source}.`
  const expression = parseExpression(expires.at)
  const field = expression.kind === 'body' ? pointerSegments(expression.pointer).join('.') : expires.at
  const stated =
    expires.format === 'undocumented'
      ? `Each answer has a \`${field}\`, whose form is undocumented`
      : `Each answer says when it ends, in \`${field}\``
  const assumed =
    expires.otherwise === undefined
      ? ''
      : `; when that cannot be read, a life of ${durationInWords(expires.otherwise)} is assumed`
  return `${stated}${assumed} ${source}.`
}
