import { shapeOf, textIn, unreadableAnswer } from '../cell/driver-answer.ts'

/*
What a client answers depends on its options: numbers may be texts (`stringNumbers` of ioredis), texts may be bytes
(`typeMapping` of node-redis), and a reply transformer may make anything of them. All that can mean one thing only is
understood; anything else is an error, because read as "absent" or "conflict" it would cost a token.
*/

const CHECK =
  'Give the store a client without reply transformers or other wrappers, and not a pipeline, a multi() or a legacy() client.'

/** The answer to HMGET: each field's text, or `undefined` if the hash doesn't have it. */
export function hashFields(answer: unknown, count: number): readonly (string | undefined)[] {
  const fields = Array.isArray(answer) ? answer.map(fieldText) : []
  if (fields.length === count && fields.every((field) => field !== false)) return fields
  const values = Array.isArray(answer) ? ` (${answer.map(shapeOf).join(', ')})` : ''
  throw unreadable('HMGET', `${shapeOf(answer)}${values} instead of ${count} texts`)
}

function fieldText(field: unknown): string | undefined | false {
  return field === null ? undefined : (textIn(field) ?? false)
}

/** The answer of the script: was it done? */
export function isDone(answer: unknown): boolean {
  const flag = textIn(answer) ?? scalarText(answer)
  if (flag === '1' || flag === 'true') return true
  if (flag === '0' || flag === 'false') return false
  throw unreadable('a script', `${shapeOf(answer)} instead of 1 or 0`)
}

function scalarText(answer: unknown): string | undefined {
  return typeof answer === 'number' || typeof answer === 'bigint' || typeof answer === 'boolean'
    ? `${answer}`
    : undefined
}

/** A page of SCAN. `asked` is the cursor that was sent: a server never answers with the same one. */
export function scanPage(asked: string, cursor: unknown, names: unknown): { cursor: string; names: readonly string[] } {
  const next = textIn(cursor) ?? scalarText(cursor)
  const texts = Array.isArray(names) ? names.map(textIn) : undefined
  const known = texts?.filter((name) => name !== undefined)
  if (next !== undefined && (next !== asked || next === '0') && known && known.length === texts?.length) {
    return { cursor: next, names: known }
  }
  throw unreadable('SCAN', `${shapeOf(cursor)} and ${shapeOf(names)} instead of the next cursor and a list of names`)
}

function unreadable(command: string, what: string): Error {
  return unreadableAnswer(`The Redis client answered ${command} with ${what}. ${CHECK}`)
}
