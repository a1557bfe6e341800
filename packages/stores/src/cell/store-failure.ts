import { ChaveiroError, isChaveiroError } from '@chaveiro/core'
import type { Cells } from './cells.ts'
import { className, errorCode, textProperty } from './error-code.ts'

const VERBS = {
  read: 'read the record',
  write: 'write the record',
  list: 'list its records',
  migrate: 'create its table',
} as const

// Of the network below any driver.
const NETWORK: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at its address',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name cannot be looked up right now',
  EHOSTUNREACH: 'its host cannot be reached',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  ETIMEDOUT: 'it did not answer in time',
}

const CODE = /^[A-Z0-9_]{1,40}$/

/**
 * An error of a driver as one with code `store`. The original stays out: drivers quote addresses, commands and values.
 * What was stored stays as it was, unless the answer to a write was lost.
 */
export function driverFailure(cells: Pick<Cells, 'name' | 'reasons'>, verb: keyof typeof VERBS, error: unknown): Error {
  if (isChaveiroError(error)) return error
  const code = codeOf(error)
  const reason = cells.reasons[code] ?? NETWORK[code]
  const why = reason === undefined ? ` (${code})` : `: ${reason} (${code})`
  return new ChaveiroError('store', `${cells.name} could not ${VERBS[verb]}${why}.`)
}

/** The same for a sealer, which may be a service of its own. */
export function sealerFailure(verb: 'seal' | 'open', error: unknown): Error {
  if (isChaveiroError(error)) return error
  return new ChaveiroError('store', `The sealer could not ${verb} the record (${codeOf(error)}). It was left as it is.`)
}

/** `ENOSPC`, `42P01`, `NOAUTH`, or the name of the error's class: never free text. */
function codeOf(error: unknown): string {
  const code = errorCode(error)
  if (code !== undefined && CODE.test(code)) return code
  const message = textProperty(error, 'message') ?? ''
  // Options of ioredis, pg and node-redis that limit a query's time; their errors have no code.
  if (/^(?:Command timed out|Query read timeout)/.test(message)) return 'ETIMEDOUT'
  // Redis begins the text of an error with its code.
  const first = /^[A-Z][A-Z0-9]{2,20}(?= )/.exec(message)?.[0]
  return first ?? className(error) ?? 'unknown error'
}
