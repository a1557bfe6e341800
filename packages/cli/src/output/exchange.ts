import { attemptsOf } from '@chaveiro/core'
import type { RequestTarget } from '../network/request-words.ts'

// What carries a secret by its nature; of anything else only its owner can know.
const SECRET = /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key)$|secret|token|password|key/i
const REDACTED = '[redacted]'

/** The request as it is sent, with the token that is added left out, and without what a query holds. */
export function describeRequest({ method, path }: RequestTarget, baseUrl: string, headers: Headers): string {
  const url = new URL(path, baseUrl)
  const names = [...url.searchParams.keys()].map((name) => `${name}=…`)
  return [
    `> ${method} ${url.origin}${url.pathname}${names.length === 0 ? '' : `?${names.join('&')}`}`,
    `> authorization: ${REDACTED}`,
    ...lines('>', headers),
    '>',
  ].join('\n')
}

/** Status and headers of an answer. */
export function describeResponse(response: Response): string {
  return [`< ${response.status} ${response.statusText}`.trimEnd(), ...lines('<', response.headers), '<'].join('\n')
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
  return [...headers].map(([name, value]) => `${mark} ${name}: ${SECRET.test(name) ? REDACTED : value}`)
}
