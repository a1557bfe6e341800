import type { Texts } from '../messages/texts.ts'
import { fit, widthOf } from '../terminal/fit.ts'
import type { Host } from '../terminal/host.ts'
import { exitOfSignal } from './exit-code.ts'

/** A signal, or what counts as one, asks the program to end. */
export interface Interruption {
  /** Aborts at the first signal, and once nothing more can be printed. */
  readonly signal: AbortSignal
  /** The exit code that the signal asks for; `undefined` while none came. */
  readonly exit: () => number | undefined
  /** Leaves it to the caller what the signals mean, as `exec` does. */
  readonly handOver: () => void
  /** As if Ctrl-C had been pressed: a prompt reads the keyboard itself. */
  readonly interrupt: () => void
  /** Ends the command in order, as a signal does, and leaves the exit code to the caller. */
  readonly stop: () => void
}

const ENDINGS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const PATIENCE_MS = 300

/**
 * The first signal ends the command in order: a token call that is under way is awaited and its answer kept, because a
 * refresh token may be spent by it, and its claim is given back. A second SIGINT or SIGTERM ends the process where it is. A
 * SIGHUP never does: a terminal that is closed sends several.
 */
export function watchInterruption(host: Host, texts: Texts, quiet: boolean): Interruption {
  const { stderr, env } = host
  const controller = new AbortController()
  let exit: number | undefined
  let isInsisted = false
  const stop = (): void => controller.abort(new DOMException(texts.messages.interrupted, 'AbortError'))
  const end = (signal: (typeof ENDINGS)[number]): void => {
    if (signal !== 'SIGHUP' && isInsisted) host.exit(exit)
    isInsisted ||= signal !== 'SIGHUP'
    if (exit !== undefined) return
    exit = exitOfSignal(signal)
    stop()
    if (!quiet)
      setTimeout(() => stderr.write(`${fit(texts.messages.finishing, widthOf(stderr, env))}\n`), PATIENCE_MS).unref()
  }
  const listeners = ENDINGS.map((signal) => [signal, () => end(signal)] as const)
  for (const [signal, listener] of listeners) host.on(signal, listener)
  return {
    signal: controller.signal,
    exit: () => exit,
    handOver: () => {
      for (const [signal, listener] of listeners) host.removeListener(signal, listener)
    },
    interrupt: () => end('SIGINT'),
    stop,
  }
}
