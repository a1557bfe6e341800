import { asList, checkFault } from './check-fault.ts'
import type { Begin } from './clock.ts'
import type { Fault, FaultKind, FaultScope } from './fault.ts'

/** A fault that was prepared. */
export interface PreparedFault {
  /** Counts the faults of a simulator, from 1. */
  readonly id: number
  /** Which fault it is. */
  readonly kind: FaultKind
  /** How many more requests it will meet. */
  readonly remaining: number
  /** Resolves when the first request has met it. */
  readonly met: Promise<void>
  /** `hang` only: lets the requests that it holds, and those that it would hold, go on. */
  release(): void
}

/** A fault in the queue, as plain data. */
export interface QueuedFault<Operation extends string = string> {
  /** Counts the faults of a simulator, from 1. */
  readonly id: number
  /** What was prepared. */
  readonly fault: Fault & FaultScope<Operation>
  /** How many more requests it will meet. */
  readonly remaining: number
  /** How many requests it holds now: `hang` only. */
  readonly holding: number
}

/** The faults that wait for their requests, in the order in which they were prepared. */
export interface Faults<Operation extends string> {
  /**
   * Prepares a fault for the next request, or the next ones of an operation.
   *
   * @throws {TypeError} for an operation that isn't one of the simulator's, and for fields that the kind doesn't have or lacks.
   */
  next(fault: Fault & FaultScope<Operation>): PreparedFault
  /** Those that have not met all their requests, or hold one. */
  list(): readonly QueuedFault<Operation>[]
  /** Those that have not met all their requests: a test should end with none (`times: Infinity` counts until it met one). */
  unused(): readonly PreparedFault[]
  /** Forgets all that are waiting, or the one of this id, and releases what hangs. Returns how many there were. */
  clear(id?: number): number
  /** Calls back when one was prepared, met or forgotten; returns what ends that. */
  subscribe(listener: () => void): () => void
}

/** A fault that a request has met. */
export interface MetFault {
  readonly fault: Fault
  /** Waits for `release()`. */
  readonly released: Begin
}

export interface FaultQueue<Operation extends string> {
  readonly faults: Faults<Operation>
  /** Takes the first fault that waits for this operation. */
  take(operation: Operation | undefined): MetFault | undefined
}

interface Waiting<Operation extends string> {
  readonly prepared: PreparedFault
  readonly fault: Fault & FaultScope<Operation>
  readonly holding: () => number
  readonly wasMet: () => boolean
  readonly waitsFor: (operation: Operation | undefined) => boolean
  readonly meet: () => MetFault
}

export const createFaultQueue = <Operation extends string>(operations: readonly Operation[]): FaultQueue<Operation> => {
  let all: Waiting<Operation>[] = []
  let prepared = 0
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  return {
    faults: {
      next: (fault) => {
        checkFault(fault, operations)
        prepared += 1
        const waiting = wait(fault, prepared, tell)
        all.push(waiting)
        tell()
        return waiting.prepared
      },
      list: () =>
        all
          .map(({ prepared: { id, remaining }, fault, holding }) => ({ id, fault, remaining, holding: holding() }))
          .filter(({ remaining, holding }) => remaining > 0 || holding > 0),
      unused: () =>
        all
          .filter((waiting) =>
            waiting.prepared.remaining === Infinity ? !waiting.wasMet() : waiting.prepared.remaining > 0,
          )
          .map((waiting) => waiting.prepared),
      clear: (id) => {
        const isMeant = (waiting: Waiting<Operation>): boolean => id === undefined || waiting.prepared.id === id
        const meant = all.filter(isMeant)
        const count = meant.filter(({ prepared: { remaining }, holding }) => remaining > 0 || holding() > 0).length
        all = all.filter((waiting) => !isMeant(waiting))
        for (const waiting of meant) waiting.prepared.release()
        tell()
        return count
      },
      subscribe: (listener) => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
    },
    take: (operation) => all.find((waiting) => waiting.prepared.remaining > 0 && waiting.waitsFor(operation))?.meet(),
  }
}

const wait = <Operation extends string>(
  fault: Fault & FaultScope<Operation>,
  id: number,
  tell: () => void,
): Waiting<Operation> => {
  const wanted = asList(fault.operation)
  let remaining = fault.times ?? 1
  let met = false
  let announce = (): void => {}
  const firstMeeting = new Promise<void>((resolve) => {
    announce = resolve
  })
  let released = false
  const held = new Set<() => void>()
  return {
    fault,
    holding: () => held.size,
    prepared: {
      id,
      kind: fault.kind,
      get remaining() {
        return remaining
      },
      met: firstMeeting,
      release: () => {
        released = true
        for (const go of held) go()
        held.clear()
        tell()
      },
    },
    wasMet: () => met,
    waitsFor: (operation) => wanted === undefined || (operation !== undefined && wanted.includes(operation)),
    meet: () => {
      remaining -= 1
      met = true
      announce()
      tell()
      return {
        fault,
        released: (done) => {
          if (released) done()
          else held.add(done)
          tell()
          return () => {
            held.delete(done)
            tell()
          }
        },
      }
    },
  }
}
