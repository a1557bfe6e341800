import { waitFor as begun } from './clock.ts'
import type { LogEntry, ReceivedRequest } from './request-log.ts'
import { isMeant, type RequestWish } from './request-wish.ts'

/** What happened to a simulator, for those who watch it: a request came or went on, or it forgot everything. */
export type SimulatorEvent<Operation extends string = string> =
  | { readonly kind: 'request'; readonly request: ReceivedRequest<Operation> }
  | { readonly kind: 'reset' }

/** How long to wait for requests. */
export interface WaitOptions {
  /**
   * How many requests to wait for, including those already received.
   *
   * @default 1
   */
  readonly times?: number | undefined
  /** Ends the waiting, with its reason. @default waits forever: a test's own time limit ends it */
  readonly signal?: AbortSignal | undefined
}

/** The one journal of a simulator: its log, its assertions, the admin API and the page read it. */
export interface Journal<Operation extends string> {
  readonly requests: readonly ReceivedRequest<Operation>[]
  add(entry: Omit<LogEntry<Operation>, 'id'>): LogEntry<Operation>
  /** Tells those who watch that an entry has changed. */
  changed(entry: LogEntry<Operation>): void
  /** Calls back for what happens from now on; returns what ends that. */
  subscribe(listener: (event: SimulatorEvent<Operation>) => void): () => void
  waitFor(wish: RequestWish<Operation>, options?: WaitOptions): Promise<readonly ReceivedRequest<Operation>[]>
  clear(): void
}

export const createJournal = <Operation extends string>(): Journal<Operation> => {
  const requests: LogEntry<Operation>[] = []
  const listeners = new Set<(event: SimulatorEvent<Operation>) => void>()
  let received = 0
  const tell = (event: SimulatorEvent<Operation>): void => {
    for (const listener of listeners) listener(event)
  }
  const subscribe = (listener: (event: SimulatorEvent<Operation>) => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  return {
    requests,
    add: (fields) => {
      received += 1
      const entry = { id: received, ...fields }
      requests.push(entry)
      tell({ kind: 'request', request: entry })
      return entry
    },
    changed: (request) => tell({ kind: 'request', request }),
    subscribe,
    waitFor: async (wish, { times = 1, signal } = {}) => {
      const meant = (): readonly ReceivedRequest<Operation>[] => requests.filter((request) => isMeant(request, wish))
      const isEnough = (): boolean => meant().length >= times
      if (!isEnough()) {
        await begun((done) => subscribe(() => isEnough() && done()), signal)
      }
      return meant()
    },
    clear: () => {
      requests.length = 0
      tell({ kind: 'reset' })
    },
  }
}
