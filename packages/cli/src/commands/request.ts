import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { attemptsOf, isChaveiroError } from '@chaveiro/core'
import { type OpenAccount, withAccount } from '../accounts/open-account.ts'
import { noAnswer } from '../network/no-answer.ts'
import { readHeaders, readTarget } from '../network/request-words.ts'
import { parseDuration } from '../output/duration.ts'
import { describeAttempts, describeRequest, describeResponse } from '../output/exchange.ts'
import { EXIT, exitOfStatus } from '../program/exit-code.ts'
import { Failure } from '../program/failure.ts'
import { printJson, type Session, say } from '../program/session.ts'

export interface RequestOptions {
  readonly account?: string
  readonly data?: string
  readonly header?: readonly string[]
  readonly retries?: string
  readonly timeout?: string
  readonly verbose?: boolean
}

/** `chaveiro request`: the body to stdout as it comes, the status to stderr. */
export async function request(
  session: Session,
  provider: string,
  words: readonly string[],
  options: RequestOptions,
): Promise<number> {
  const target = readTarget(session, words, options.data !== undefined)
  const headers = readHeaders(session, options.header ?? [])
  const maxAttempts = attemptsAllowed(session, options.retries)
  const timeoutMs = options.timeout === undefined ? undefined : parseDuration('--timeout', options.timeout, session)
  const body = options.data === undefined ? undefined : await readBody(session, options.data)
  if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')

  return withAccount(session, { provider, name: options.account }, async ({ client }) => {
    refuseForeign(session, provider, new URL(client.baseUrl).origin, target.path)
    trace(session, options, describeRequest(target, client.baseUrl, headers))
    const init: RequestInit = { method: target.method, headers, signal: session.interruption.signal }
    if (body !== undefined) Object.assign(init, { body, duplex: 'half' })
    const send = client.fetch.with({ retry: { maxAttempts }, timeoutMs })
    const response = await answered(session, options, () => send(target.path, init))
    trace(session, options, `${describeAttempts(response)}\n${describeResponse(response)}`)
    if (!options.verbose) say(session, `${response.status} ${response.statusText}`.trimEnd())
    await printBody(session, response)
    return exitOfStatus(response.status)
  })
}

/** The library refuses it too, with a remedy for those who program. */
function refuseForeign({ texts }: Session, provider: string, own: string, path: string): void {
  const { origin } = new URL(path, own)
  if (origin !== own)
    throw new Failure(EXIT.configuration, 'misconfigured', texts.talk.foreignUrl(provider, own, origin))
}

/** The answer, or a sentence about why there is none. */
async function answered(
  session: Session,
  options: RequestOptions,
  send: () => ReturnType<OpenAccount['client']['fetch']>,
): Promise<Response> {
  try {
    return await send()
  } catch (error) {
    if (session.interruption.signal.aborted || isChaveiroError(error)) throw error
    if (attemptsOf(error) !== undefined) trace(session, options, describeAttempts(error))
    throw noAnswer(session, error)
  }
}

/** What `-v` asks for is not talk: it comes with `--json` too. */
function trace({ stderr }: Session, { verbose = false }: RequestOptions, exchange: string): void {
  if (verbose) stderr.write(`${exchange}\n`)
}

function attemptsAllowed(session: Session, retries: string | undefined): number | undefined {
  if (retries === undefined) return undefined
  if (!/^\d{1,2}$/.test(retries)) throw new Failure(EXIT.usage, 'usage', session.texts.talk.badRetries(retries))
  return Number(retries) + 1
}

/** Text as it is; a file whole, so that it can be sent again; stdin as a stream, of any length. */
async function readBody(session: Session, data: string): Promise<string | Uint8Array | ReadableStream> {
  if (!data.startsWith('@')) return data
  const path = data.slice(1)
  if (path === '-') return Readable.toWeb(session.stdin)
  try {
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new Failure(EXIT.usage, 'usage', session.texts.talk.fileUnreadable(path, code))
  }
}

async function printBody(session: Session, response: Response): Promise<void> {
  if (session.json) {
    const text = await response.text()
    const { status, headers } = response
    return printJson(session, { status, headers: Object.fromEntries(headers), body: parsed(text) })
  }
  if (response.body === null) return
  try {
    await pipeline(Readable.fromWeb(response.body), session.stdout, { end: false })
  } catch (error) {
    if (session.interruption.signal.aborted) throw error
    throw new Failure(EXIT.unavailable, 'network', session.texts.talk.bodyCut)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
