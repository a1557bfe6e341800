import { shapeOf, textIn, unreadableAnswer } from '../cell/driver-answer.ts'
import { MARK } from './statements.ts'

const CHECK = "Give the store a client whose types, parsers, serializers and transforms don't change strings."

/** The rows that a statement returned, each as the text behind what was sent. */
export function answers(rows: unknown, sent: string): readonly string[] {
  if (!Array.isArray(rows)) throw unreadable(`with ${shapeOf(rows)} instead of rows`)
  const start = `${MARK} ${sent}|`
  return rows.map((row) => {
    const text = markedText(row)
    if (text?.startsWith(start) && text.endsWith('.')) return text.slice(start.length, -1)
    throw unreadable(
      text === undefined ? `with a row (${shapeOf(row)}) without a string in it` : 'with an altered text',
    )
  })
}

/** The answer of a statement that returns one row. */
export function onlyAnswer(rows: unknown, sent: string): string {
  const [answer, ...more] = answers(rows, sent)
  if (answer !== undefined && more.length === 0) return answer
  throw unreadable(`with ${shapeOf(rows)} rows instead of one`)
}

export function unknownAnswer(): Error {
  return unreadable('with an altered text')
}

/** A row is an object with any names, an array, or what a transform has made of it; one level more is looked into. */
function markedText(row: unknown, depth = 2): string | undefined {
  const text = textIn(row)
  if (text !== undefined) return text.startsWith(MARK) ? text : undefined
  if (typeof row !== 'object' || row === null || depth === 0) return undefined
  for (const value of isIterable(row) ? row : Object.values(row)) {
    const found = markedText(value, depth - 1)
    if (found !== undefined) return found
  }
  return undefined
}

/** An array, or a Map, which gives pairs. */
function isIterable(row: object): row is Iterable<unknown> {
  return typeof Reflect.get(row, Symbol.iterator) === 'function'
}

function unreadable(what: string): Error {
  return unreadableAnswer(`The PostgreSQL client answered ${what}. ${CHECK}`)
}
