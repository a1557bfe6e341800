import { type ErrorAction, type ErrorCode, isChaveiroError } from '@chaveiro/core'
import { Failure } from './failure.ts'

/** What a script can tell apart. The table is in the README; numbers never change their meaning. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  signIn: 3,
  clientError: 4,
  serverError: 5,
  unavailable: 6,
  storage: 7,
  configuration: 8,
} as const

/** The exit code of a signal, as shells count it. */
export function exitOfSignal(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): number {
  return 128 + { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[signal]
}

/** The class of an HTTP answer. A redirect that comes back was one that must not be followed. */
export function exitOfStatus(status: number): number {
  if (status >= 500) return EXIT.serverError
  return status >= 300 ? EXIT.clientError : EXIT.done
}

/** The class of an error. `undefined`: none of ours. */
export function exitOfError(error: unknown): number | undefined {
  if (error instanceof Failure) return error.exit
  if (!isChaveiroError(error)) return undefined
  return BY_CODE[error.code] ?? BY_ACTION[error.action]
}

const BY_CODE: Readonly<Partial<Record<ErrorCode, number>>> = { store: EXIT.storage, conflict: EXIT.storage }

const BY_ACTION: Readonly<Record<ErrorAction, number>> = {
  retry: EXIT.unavailable,
  reauthorize: EXIT.signIn,
  'fix-configuration': EXIT.configuration,
  none: EXIT.failed,
}
