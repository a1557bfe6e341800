import { attemptsOf } from '@chaveiro/core'
import { REDACTED, type Redact } from './redact.ts'
import type { RequestTarget } from './request-words.ts'

// What carries a secret by its name; of anything else only the value can tell.
const SECRET =
  /^(?:authorization|proxy-authorization|cookie|set-cookie)$|secret|token|passw|key|session|credential|signature|jwt/i

/** The request as it is sent, with the token that is added left out, and without what a query holds. */
export function describeRequest(
  { method, path }: RequestTarget,
  baseUrl: string,
  headers: Headers,
  redact: Redact,
): string {
  const url = new URL(path, baseUrl)
  const names = [...url.searchParams.keys()].map((name) => `${name}=…`)
  return redact(
    [
      `> ${method} ${url.origin}${url.pathname}${names.length === 0 ? '' : `?${names.join('&')}`}`,
      `> authorization: ${REDACTED}`,
      ...lines('> ', headers),
      '>',
    ].join('\n'),
  )
}

/** Status and headers of an answer, with `mark` in front of each line. */
export function describeResponse(response: Response, redact: Redact, mark: string): string {
  return redact([`${mark}${statusOf(response)}`, ...lines(mark, response.headers), mark.trim()].join('\n'))
}

/** `200 OK`, as far as the server says it. */
export function statusOf({ status, statusText }: Response): string {
  return `${status} ${statusText}`.trimEnd()
}

/** The headers as an object, without what is secret. */
export function headersOf({ headers }: Response, redact: Redact): Readonly<Record<string, string>> {
  return Object.fromEntries([...headers].map(([name, value]) => [redact(name), shown(name, redact(value))]))
}

/** One line for each attempt, and why it ended. */
export function describeAttempts(outcome: unknown): string {
  const report = attemptsOf(outcome)
  if (report === undefined) return ''
  const attempts = report.history.map(({ status, failure, code, delayMs, delaySource }, index) => {
    const came = status === undefined ? (code ?? failure ?? '') : String(status)
    const wait = delayMs === undefined ? '' : `, ${Math.round(delayMs)} ms (${delaySource ?? ''})`
    return `* ${index + 1}: ${came}${wait}`
  })
  return [...attempts, ...(report.giveUp === undefined ? [] : [`* ${report.giveUp}`])].join('\n')
}

function lines(mark: string, headers: Headers): string[] {
  return [...headers].map(([name, value]) => `${mark}${name}: ${shown(name, value)}`)
}

function shown(name: string, value: string): string {
  return SECRET.test(name) ? REDACTED : value
}
