import { once } from 'node:events'
import type { Fault } from '@chaveiro/simulator'
import type { SimulateTexts } from '../messages/simulate.en.ts'
import { type Session, say } from '../session/session.ts'
import type { RunningSimulators } from './start-simulators.ts'

const DAY_MS = 86_400_000
const CTRL_C = '\u0003'

/** The faults that a key prepares. */
const FAULTS: Readonly<Record<string, Fault>> = {
  '1': { kind: 'status', status: 401 },
  '2': { kind: 'status', status: 429, retryAfter: 2 },
  '3': { kind: 'status', status: 503 },
  '4': { kind: 'reset' },
  '5': { kind: 'hang' },
}

/** Can keys be read, one by one? The log is on stdout, so both have to be a terminal. */
export function hasKeys({ stdin, stdout, json }: Session): boolean {
  return !json && stdin.isTTY === true && stdout.isTTY === true
}

/** Acts on keys until one of them says that it is over, or the command is interrupted. */
export async function readKeys(session: Session, texts: SimulateTexts, running: RunningSimulators): Promise<void> {
  const { interruption, keyboard } = session
  const over = new AbortController()
  const press = (key: string): void => {
    if (key === CTRL_C) interruption.interrupt()
    else if (key === 'q') over.abort()
    else if (key === 'd') {
      running.clock.advance(DAY_MS)
      say(session, texts.dayPassed(new Date(running.clock.now())))
    } else if (key === 'c') {
      const counts = running.providers.map(({ simulator }) => simulator.faults.clear())
      say(session, texts.cleared(counts.reduce((sum, count) => sum + count, 0)))
    } else if (key === 'r') {
      for (const { simulator } of running.providers) simulator.reset()
      running.clock.advance(-running.clock.offsetMs)
      say(session, texts.startedAgain)
    } else if (key in FAULTS) prepare(session, texts, running, FAULTS[key])
    else if (key === '?' || key === 'h') say(session, texts.keys)
  }
  await keyboard.during(async (input) => {
    input.on('data', (chunk) => {
      for (const key of String(chunk)) press(key)
    })
    const ended = AbortSignal.any([over.signal, interruption.signal])
    if (!ended.aborted) await once(ended, 'abort')
  })
}

/** The next request meets it, whichever provider it is for. */
function prepare(
  session: Session,
  texts: SimulateTexts,
  { providers }: RunningSimulators,
  fault: Fault | undefined,
): void {
  if (fault === undefined) return
  const prepared = providers.map(({ simulator }) => ({ simulator, fault: simulator.faults.next(fault) }))
  for (const one of prepared) {
    void one.fault.met.then(() => {
      for (const other of prepared) if (other !== one) other.simulator.faults.clear(other.fault.id)
    })
  }
  say(session, texts.prepared(fault.kind === 'status' ? String(fault.status) : fault.kind))
}
