import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { indentJson, jsonTokens } from '../json/json-tokens.ts'
import { type Picked, pickJson } from '../json/pick-json.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'
import { describeResponse, headersOf } from './exchange.ts'
import type { Redact } from './redact.ts'

export interface AnswerOptions {
  /** Status and headers before the body. */
  readonly include?: boolean
  /** A JSON pointer to what is printed in place of the whole. */
  readonly pick?: string
}

/**
 * Prints an answer. Into a pipe or a file go the bytes as they came; on a terminal JSON is indented, and the last line
 * ends. What is picked always ends with a line break, text without its quotes, as a shell wants it.
 */
export async function printAnswer(
  session: Session,
  response: Response,
  { include = false, pick }: AnswerOptions,
  redact: Redact,
): Promise<void> {
  const { stdout, json } = session
  // An error's body is not what was to be picked from.
  const isPicked = pick !== undefined && response.ok
  if (json) {
    const text = await whole(session, response)
    return printDocument(session, response, isPicked ? picked(session, text, pick) : asJson(text), redact)
  }
  if (include) stdout.write(`${describeResponse(response, redact, '')}\n`)
  if (isPicked) stdout.write(`${plain(session, picked(session, await whole(session, response), pick))}\n`)
  else if (pick !== undefined) await pour(session, response, session.stderr)
  else if (stdout.isTTY && isJson(response)) stdout.write(lineOf(await whole(session, response)))
  else await pour(session, response, stdout)
}

function isJson({ headers }: Response): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(headers.get('content-type') ?? '')
}

/** Indented where it is JSON after all, and with an end of line. */
function lineOf(text: string): string {
  const tokens = jsonTokens(text)
  const shown = tokens === undefined ? text : indentJson(tokens)
  return shown === '' || shown.endsWith('\n') ? shown : `${shown}\n`
}

function plain({ stdout }: Session, tokens: readonly string[]): string {
  const [first = ''] = tokens
  if (first.startsWith('"')) return JSON.parse(first)
  return stdout.isTTY ? indentJson(tokens) : tokens.join('')
}

/** What the pointer points to, or a sentence about how far it leads. */
function picked({ texts }: Session, text: string, pointer: string): readonly string[] {
  const { data } = texts
  const tokens = jsonTokens(text)
  if (tokens === undefined) throw new Failure(EXIT.failed, 'not-json', data.notJson)
  const found = pickJson(tokens, pointer)
  if ('tokens' in found) return found.tokens
  throw new Failure(EXIT.failed, 'nothing-there', data.nothingThere(pointer, reached(found)))

  function reached({ missing, kind, size }: Exclude<Picked, { tokens: unknown }>): string {
    if (kind === 'array') return data.reachedArray(missing, size)
    return kind === 'object' ? data.reachedObject(missing) : data.reachedValue(missing)
  }
}

/** One document on one line. The body is put in as it is written, so that no number in it changes. */
function printDocument(session: Session, response: Response, body: readonly string[], redact: Redact): void {
  const { status } = response
  const rest = JSON.stringify({ status, headers: headersOf(response, redact) }).slice(0, -1)
  session.stdout.write(`${rest},"body":${body.join('')}}\n`)
}

function asJson(text: string): readonly string[] {
  return jsonTokens(text) ?? [JSON.stringify(text)]
}

async function whole(session: Session, response: Response): Promise<string> {
  try {
    return await response.text()
  } catch (error) {
    throw cut(session, error)
  }
}

/** The bytes, as they come. A terminal gets the end of line that they may lack. */
async function pour(session: Session, { body }: Response, out: Session['stdout']): Promise<void> {
  if (body === null) return
  let last: number | undefined
  async function* seen(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      last = chunk.at(-1) ?? last
      yield chunk
    }
  }
  try {
    await pipeline(Readable.fromWeb(body), seen, out, { end: false })
  } catch (error) {
    throw cut(session, error)
  }
  if (out.isTTY && last !== undefined && last !== LINE_FEED) out.write('\n')
}

const LINE_FEED = 10

function cut({ interruption, texts }: Session, error: unknown): unknown {
  return interruption.signal.aborted ? error : new Failure(EXIT.unavailable, 'network', texts.messages.bodyCut)
}
