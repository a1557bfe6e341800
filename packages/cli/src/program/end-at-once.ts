import { exitOfSignal } from './exit-code.ts'
import { type Session, say } from './session.ts'

/** From here on a signal ends the process where it is, because nothing would be lost by it. `before` tidies the screen. */
export function endAtOnce(session: Session, before: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      before()
      say(session, session.texts.talk.interrupted)
      process.exit(exitOfSignal(signal))
    })
  }
  // Last, because a signal that arrives while nothing listens for it is lost.
  session.interruption.handOver()
}
