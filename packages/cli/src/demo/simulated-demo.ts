import { exitOfSignal } from '../session/exit-code.ts'
import { printJson, type Session, say } from '../session/session.ts'
import { coloursFor } from '../terminal/colours.ts'
import { widthOf } from '../terminal/fit.ts'
import { startSpinner } from '../terminal/spinner.ts'
import type { Act } from './act.ts'
import { assineOnlineAct } from './assine-online-act.ts'
import { bitizeAct } from './bitize-act.ts'
import { demoTable } from './demo-table.ts'
import { genpagAct } from './genpag-act.ts'
import { playActs } from './play.ts'

/** The lives that the demo shows, each on a simulated provider of its own. */
export const ACTS: readonly (() => Promise<Act>)[] = [bitizeAct, genpagAct, assineOnlineAct]

// A table needs a width in a pipe too.
const IN_A_PIPE = 80

/** Shows every scene, as a table that grows or as one JSON document. Resolves with whether all went well. */
export async function demoSimulated(session: Session): Promise<boolean> {
  const { stdout, env, json, texts } = session
  const scenes = texts.language === 'pt-BR' ? (await import('../messages/scenes.pt-br.ts')).scenes : undefined
  const look = {
    colours: coloursFor(stdout, env),
    texts,
    width: widthOf(stdout, env) ?? IN_A_PIPE,
    scenes,
    spin: (text: string) => startSpinner(stdout, env, text),
  }
  const table = json ? undefined : demoTable(stdout, look)
  // The servers are in this process, and what they know is worth nothing to anyone.
  endAtOnce(session, () => table?.interrupted())
  const report = await playActs(ACTS, table)
  if (json) printJson(session, report)
  return report.ok
}

/** From here on a signal ends the process where it is, because nothing would be lost by it. `before` tidies the screen. */
function endAtOnce(session: Session, before: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    session.host.on(signal, () => {
      before()
      say(session, session.texts.messages.interrupted)
      session.host.exit(exitOfSignal(signal))
    })
  }
  // Last, because a signal that arrives while nothing listens for it is lost.
  session.interruption.handOver()
}
