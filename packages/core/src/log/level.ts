import { ACTIONS } from '../errors.ts'
import type { TokenEvent, TokenEventType } from '../events.ts'

/** How urgent an event is: the method of the logger that gets it. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

const LEVELS: Readonly<Record<TokenEventType, LogLevel>> = {
  'refresh.started': 'debug',
  'refresh.done': 'info',
  'refresh.failed': 'error',
  'call.delayed': 'info',
  'refresh.resent': 'warn',
  'revoke.failed': 'warn',
  'persist.failed': 'warn',
  'token.rejected': 'warn',
  'clock.skew': 'warn',
  'reauthorization.required': 'error',
  'refresh-token.expiring': 'warn',
  'refresh-token.missing': 'warn',
  'certificate.expiring': 'warn',
  'consent.done': 'info',
  'consent.failed': 'warn',
  ended: 'info',
  'request.retried': 'warn',
  'request.replayed': 'info',
  'request.failed': 'error',
  'request.ended': 'debug',
  'token.waited': 'debug',
  'certificate.presented': 'debug',
}

/** The level of an event, where its type alone does not say it. */
export function levelOf({ type, code, cause, source }: TokenEvent): LogLevel {
  // The process that renewed it says so in its own log.
  if (type === 'refresh.done' && source === 'peer') return 'debug'
  if (type === 'ended' && code !== undefined) return 'warn'
  // In its window, the token in hand still serves, and the refresh is tried again.
  if (type === 'refresh.failed' && cause === 'window' && code && ACTIONS[code] === 'retry') return 'warn'
  return LEVELS[type]
}
