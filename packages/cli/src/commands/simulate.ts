import { once } from 'node:events'
import { loadSimulateTexts } from '../messages/simulate-texts.ts'
import { simulatedCertificates } from '../providers/simulated-certificates.ts'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { type Session, say } from '../session/session.ts'
import { introduce } from '../simulate/introduce.ts'
import { hasKeys, readKeys } from '../simulate/keys.ts'
import { startLog } from '../simulate/live-log.ts'
import { readPlan, type SimulateOptions } from '../simulate/simulate-plan.ts'
import { startSimulators } from '../simulate/start-simulators.ts'

/**
 * `chaveiro simulate`: simulators on loopback, until Ctrl-C or `q`. What they print first can be pasted into a shell; a line
 * for each request follows.
 */
export async function simulate(session: Session, ids: readonly string[], options: SimulateOptions): Promise<undefined> {
  const texts = await loadSimulateTexts(session.texts.language)
  const plan = await readPlan(session, ids, options, texts)
  const certificates = simulatedCertificates()
  const running = await startSimulators(session, plan)
  try {
    for (const { provider, fault } of plan.faults) {
      const wanted = running.providers.filter(({ id }) => provider === undefined || id === provider)
      for (const { simulator } of wanted) prepare(() => simulator.faults.next(fault))
    }
    await introduce(session, texts, running, certificates)
    const endLog = startLog(session, texts, running)
    say(session, hasKeys(session) ? texts.keys : session.texts.messages.simulating)
    const { signal } = session.interruption
    // Their sockets keep the process alive.
    if (hasKeys(session)) await readKeys(session, texts, running)
    else if (!signal.aborted) await once(signal, 'abort')
    endLog()
  } finally {
    await running.close()
    certificates.remove()
  }
}

/** The simulator says what is wrong with a fault: an operation that it doesn't have. */
function prepare(queue: () => unknown): void {
  try {
    queue()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Failure(EXIT.usage, 'usage', `--fault: ${error.message}.`)
  }
}
