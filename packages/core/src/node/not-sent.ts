import { isError } from '../brands.ts'
import { NOT_SENT, neverSent } from '../http/never-sent.ts'
import { isRefusal } from './certificate-refusal.ts'

// undici connects again, forever, after errors with these codes (7.30, lib/dispatcher/client.js, onError).
const RECOVERABLE = /^UND_ERR_(SOCKET|INFO)$/

/** Marks the error of a request that certainly never left, for the rest of the core. `advice`: what to do about it. */
export function notSent(error: unknown, advice?: string): Error {
  const code = codeOf(error)
  const kind = isRefusal(code) ? 'other' : (isError(error) && neverSent(error)) || 'network'
  const marked = { [NOT_SENT]: kind, ...(advice !== undefined && { advice }) }
  if (isError(error) && !RECOVERABLE.test(code)) return Object.assign(error, marked)
  return Object.assign(new Error('The connection was lost before anything was sent.'), marked, { code: 'ECONNRESET' })
}

/** The code of an error of Node, or nothing. */
export function codeOf(error: unknown): string {
  const code: unknown = isError(error) && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : ''
}
