import type { TokenListener } from '../events.ts'
import { eventLine } from './event-line.ts'
import { type LogLevel, levelOf } from './level.ts'

/** A logger whose methods take one text, such as `console`. */
export type LineLogger = Readonly<Record<LogLevel, (line: string) => unknown>>

/** A logger whose methods take the fields first and the text after them, such as pino. */
export interface FieldsLogger extends Readonly<Record<LogLevel, (fields: object, line: string) => unknown>> {
  /** The fields that all its lines have. Only by this method is it told from a {@link LineLogger}. */
  bindings(): object
}

/**
 * A listener that writes each event as one line of text, which holds no secret. A logger with a method `bindings()`, as
 * pino has, also gets the event, under the field `chaveiro`.
 *
 * The levels: `error` if a renewal that callers waited for failed, an API request came to nothing, or a person has to do
 * something; `warn` for trouble that the engine gets over by itself; `info` for new tokens, replays and sign-outs;
 * `debug` for token calls that begin, and tokens found in the store.
 *
 * @example
 * tokens.on(logTo(console))
 * tokens.on(logTo(pino({ level: 'debug' })))
 * @throws {TypeError} if a method is missing.
 */
export function logTo(logger: LineLogger | FieldsLogger): TokenListener {
  requireMethods(logger)
  // What a logger returns is returned, so that a promise that rejects is swallowed as what a listener throws is.
  if (takesFields(logger)) return (event) => logger[levelOf(event)]({ chaveiro: event }, eventLine(event))
  return (event) => logger[levelOf(event)](eventLine(event))
}

function takesFields(logger: LineLogger | FieldsLogger): logger is FieldsLogger {
  return 'bindings' in logger && typeof logger.bindings === 'function'
}

function requireMethods(logger: LineLogger | FieldsLogger): void {
  for (const name of ['debug', 'info', 'warn', 'error'] as const) {
    if (typeof logger?.[name] === 'function') continue
    throw new TypeError(`logTo() takes a logger with the methods debug, info, warn and error. ${name} is missing.`)
  }
}
