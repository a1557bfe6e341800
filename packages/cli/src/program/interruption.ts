import type { Texts } from '../language/texts.ts'
import { fit, widthOf } from '../output/fit.ts'
import { exitOfSignal } from './exit-code.ts'

type Ending = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** Somebody wants the program to end. */
export interface Interruption {
  /** Aborts at the first signal. */
  readonly signal: AbortSignal
  /** The exit code that the signal asks for; `undefined` while none came. */
  readonly exit: () => number | undefined
  /** Lets somebody else decide what the signals mean, as `exec` does. */
  readonly handOver: () => void
  /** As if Ctrl-C had been pressed: a prompt reads the keyboard itself. */
  readonly interrupt: () => void
}

const ENDINGS: readonly Ending[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
const PATIENCE_MS = 300

/**
 * The first signal ends the command in order: a token call that is under way is awaited and its answer kept, because a
 * refresh token may be spent by it, and its claim is given back. The second signal ends the process where it stands.
 */
export function watchInterruption(stderr: NodeJS.WriteStream, texts: Texts, quiet: boolean): Interruption {
  const controller = new AbortController()
  let exit: number | undefined
  const end = (signal: Ending): void => {
    if (exit !== undefined) process.exit(exit)
    exit = exitOfSignal(signal)
    controller.abort(new DOMException(texts.talk.interrupted, 'AbortError'))
    if (!quiet)
      setTimeout(
        () => stderr.write(`${fit(texts.talk.finishing, widthOf(stderr, process.env))}\n`),
        PATIENCE_MS,
      ).unref()
  }
  for (const signal of ENDINGS) process.on(signal, end)
  return {
    signal: controller.signal,
    exit: () => exit,
    handOver: () => {
      for (const signal of ENDINGS) process.removeListener(signal, end)
    },
    interrupt: () => end('SIGINT'),
  }
}
