import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { Order, Outcome, Report } from './messages.ts'
import type { Settings } from './settings.ts'

/** A process of its own that has the accounts of all sellers open. */
export interface StartedProcess {
  /** Resolves when the order is carried out; with `undefined` if the process was killed before. */
  tell(order: Order): Promise<Outcome | undefined>
  /** Ends it at once, as a crash would: SIGKILL. */
  kill(): void
  /** Ends it, and waits until it is gone. */
  end(): Promise<void>
}

export async function startProcess(program: string, settings: Settings): Promise<StartedProcess> {
  const child = fork(program)
  // No process outlives the run.
  process.once('exit', () => void child.kill('SIGKILL'))
  const tell = (order: Order): Promise<Outcome | undefined> => tellChild(child, order)
  await tell({ order: 'open', settings })
  return {
    tell,
    kill: () => void child.kill('SIGKILL'),
    async end() {
      if (hasEnded(child)) return
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}

function tellChild(child: ChildProcess, order: Order): Promise<Outcome | undefined> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      child.off('message', heard)
      child.off('exit', ended)
    }
    const heard = (report: Report): void => {
      if (report.order !== order.order) return
      done()
      if (report.error === undefined) resolve(report.outcome)
      else reject(new Error(report.error))
    }
    const ended = (code: number | null): void => {
      done()
      if (code === null) resolve(undefined)
      else reject(new Error(`A process of the proof ended with ${code}.`))
    }
    child.on('message', heard)
    child.once('exit', ended)
    if (!hasEnded(child)) child.send(order)
  })
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}
