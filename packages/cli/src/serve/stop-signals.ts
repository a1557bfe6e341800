import { exitOfSignal } from '../session/exit-code.ts'
import type { Session } from '../session/session.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Resolves when the server is asked to stop: by a signal, or because the reader of its log has gone. A second SIGINT or
 * SIGTERM ends the process where it is.
 */
export async function stopAsked({ host, interruption }: Session): Promise<void> {
  const { signal } = interruption
  await new Promise<void>((resolve) => {
    let isInsisted = false
    for (const name of SIGNALS) {
      host.on(name, () => {
        if (name !== 'SIGHUP' && isInsisted) host.exit(exitOfSignal(name))
        isInsisted ||= name !== 'SIGHUP'
        resolve()
      })
    }
    // A server that stops in order has done what it was asked for, so its exit code isn't that of the signal. Only now: a
    // signal that arrives while nothing listens for it is lost.
    interruption.handOver()
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
