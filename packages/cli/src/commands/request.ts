import { attemptsOf, isChaveiroError } from '@chaveiro/core'
import { type EnvironmentOptions, environmentChoice } from '../accounts/environment-options.ts'
import { type OpenAccount, withAccount } from '../accounts/open-account.ts'
import { readBody } from '../files/read-body.ts'
import { readPointer } from '../json/pick-json.ts'
import { noAnswer } from '../network/fetch.ts'
import { describeAttempts, describeRequest, describeResponse, statusOf } from '../request/exchange.ts'
import { type AnswerOptions, printAnswer } from '../request/print-answer.ts'
import { redactor } from '../request/redact.ts'
import { readHeaders, readTarget } from '../request/request-words.ts'
import { EXIT, exitOfStatus } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { type Session, say } from '../session/session.ts'
import { parseDuration } from '../session/times.ts'

export interface RequestOptions extends AnswerOptions, EnvironmentOptions {
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
  if (options.pick !== undefined && readPointer(options.pick) === undefined) {
    throw new Failure(EXIT.usage, 'usage', session.texts.data.badPointer(options.pick))
  }
  if (options.data !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json')
  const type = headers.get('content-type') ?? ''
  const body = options.data === undefined ? undefined : await readBody(session, options.data, type)

  const environment = environmentChoice(session, options)
  return withAccount(session, { provider, name: options.account, environment }, async ({ client, secrets }) => {
    refuseForeign(session, provider, new URL(client.baseUrl).origin, target.path)
    // Reads the token from the store, so that it is known before the first line is shown.
    if (options.verbose) await client.status()
    const redact = (text: string): string => redactor(secrets())(text)
    trace(session, options, describeRequest(target, client.baseUrl, headers, redact))
    const init: RequestInit = { method: target.method, headers, signal: session.interruption.signal }
    if (body !== undefined) Object.assign(init, { body, duplex: 'half' })
    const send = client.fetch.with({ retry: { maxAttempts }, timeoutMs })
    const response = await answered(session, options, () => send(target.path, init))
    trace(session, options, `${describeAttempts(response)}\n${describeResponse(response, redact, '< ')}`)
    if (!options.verbose && !options.include) say(session, redact(statusOf(response)))
    await printAnswer(session, response, options, redact)
    return exitOfStatus(response.status)
  })
}

/** The library refuses it too, but its advice is for programmers. */
function refuseForeign({ texts }: Session, provider: string, own: string, path: string): void {
  const { origin } = new URL(path, own)
  if (origin !== own)
    throw new Failure(EXIT.configuration, 'misconfigured', texts.messages.foreignUrl(provider, own, origin))
}

/** The answer, or a sentence about why none came. */
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

/** What `-v` asks for is data, so `--json` doesn't suppress it. */
function trace({ stderr }: Session, { verbose = false }: RequestOptions, exchange: string): void {
  if (verbose) stderr.write(`${exchange}\n`)
}

function attemptsAllowed(session: Session, retries: string | undefined): number | undefined {
  if (retries === undefined) return undefined
  if (!/^\d{1,2}$/.test(retries)) throw new Failure(EXIT.usage, 'usage', session.texts.messages.badRetries(retries))
  return Number(retries) + 1
}
