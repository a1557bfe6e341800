import type { Begin } from './clock.ts'
import type { Fault, FaultKind } from './fault.ts'

/** Which requests a fault meets. */
export interface FaultScope<Operation extends string> {
  /**
   * The operation or operations that it waits for.
   *
   * @default any request, one to no known operation included
   */
  readonly operation?: Operation | readonly Operation[] | undefined
  /**
   * How many requests it meets; `Infinity` for all.
   *
   * @default 1
   */
  readonly times?: number | undefined
}

/** A fault that was prepared. */
export interface PreparedFault {
  /** Which fault it is. */
  readonly kind: FaultKind
  /** How many more requests it will meet. */
  readonly remaining: number
  /** Resolves when the first request has met it. */
  readonly met: Promise<void>
  /** `hang` only: lets the requests that it holds, and those that it would hold, go on. */
  release(): void
}

/** The faults that wait for their requests, in the order in which they were prepared. */
export interface Faults<Operation extends string> {
  /** Prepares a fault for the next request, or the next ones of an operation. */
  next(fault: Fault & FaultScope<Operation>): PreparedFault
  /** Those that have not met all their requests: a test should end with none (`times: Infinity` counts until it met one). */
  unused(): readonly PreparedFault[]
  /** Forgets all that are waiting, and releases what hangs. */
  clear(): void
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
  readonly wasMet: () => boolean
  readonly waitsFor: (operation: Operation | undefined) => boolean
  readonly meet: () => MetFault
}

export const createFaultQueue = <Operation extends string>(operations: readonly Operation[]): FaultQueue<Operation> => {
  let all: Waiting<Operation>[] = []
  return {
    faults: {
      next: (fault) => {
        check(fault, operations)
        const waiting = wait(fault)
        all.push(waiting)
        return waiting.prepared
      },
      unused: () =>
        all
          .filter(({ prepared, wasMet }) => (prepared.remaining === Infinity ? !wasMet() : prepared.remaining > 0))
          .map(({ prepared }) => prepared),
      clear: () => {
        for (const { prepared } of all) prepared.release()
        all = []
      },
    },
    take: (operation) => all.find(({ prepared, waitsFor }) => prepared.remaining > 0 && waitsFor(operation))?.meet(),
  }
}

const wait = <Operation extends string>(fault: Fault & FaultScope<Operation>): Waiting<Operation> => {
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
    prepared: {
      kind: fault.kind,
      get remaining() {
        return remaining
      },
      met: firstMeeting,
      release: () => {
        released = true
        for (const go of held) go()
        held.clear()
      },
    },
    wasMet: () => met,
    waitsFor: (operation) => wanted === undefined || (operation !== undefined && wanted.includes(operation)),
    meet: () => {
      remaining -= 1
      met = true
      announce()
      return {
        fault,
        released: (done) => {
          if (released) done()
          else held.add(done)
          return () => held.delete(done)
        },
      }
    },
  }
}

const asList = <Operation extends string>(
  operation: Operation | readonly Operation[] | undefined,
): readonly Operation[] | undefined => (typeof operation === 'string' ? [operation] : operation)

const check = <Operation extends string>(
  fault: Fault & FaultScope<Operation>,
  operations: readonly Operation[],
): void => {
  const { times = 1 } = fault
  if (!(times === Infinity || (Number.isInteger(times) && times > 0))) {
    throw new TypeError('times: expected a whole number above 0, or Infinity')
  }
  const unknown = asList(fault.operation)?.find((operation) => !operations.includes(operation))
  if (unknown !== undefined) {
    throw new TypeError(`operation: no "${unknown}" here; there are ${operations.join(', ')}`)
  }
  if ('status' in fault && fault.status !== undefined && !(fault.status >= 200 && fault.status <= 599)) {
    throw new TypeError('status: expected 200 to 599')
  }
  if (
    fault.kind === 'slow-body' &&
    fault.pieces !== undefined &&
    !(Number.isInteger(fault.pieces) && fault.pieces > 0)
  ) {
    throw new TypeError('pieces: expected a whole number above 0')
  }
}
