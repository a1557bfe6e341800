import type { Clock } from '../clock.ts'
import { inTime } from '../timeout.ts'

/** The right to be one of the calls under way. */
interface Slot {
  /** Gives it back. A second call does nothing. */
  leave(): void
}

/**
 * Waits for a slot, at most this many milliseconds. `awaited` is asked when one becomes free, because a caller may have
 * joined since.
 */
type EnterSlot = (awaited: () => boolean, signal: AbortSignal, mostMs: number) => Promise<Slot>

/** How busy a token endpoint is. */
export interface EndpointLoad {
  /** Token calls under way. */
  readonly calls: number
  /** Token calls that wait until one of those has ended. */
  readonly waiting: number
}

interface Slots extends EnterSlot {
  readonly load: () => EndpointLoad
}

interface Waiting {
  readonly awaited: () => boolean
  enter(slot: Held): void
}

interface Held extends Slot {
  readonly isBackground: boolean
  /** Monotonic instant from which it counts as free. */
  readonly until: number
}

/**
 * Slots for token calls. A call that a caller waits for goes first. The last free slot goes to a background call if one
 * waits and none runs, so that a stream of callers doesn't starve background calls.
 *
 * A slot is free again after `longestMs`, because in a Worker a cancelled request gives nothing back.
 */
export function slots(clock: Clock, atOnce: number, longestMs: number): Slots {
  const line: Waiting[] = []
  const held = new Set<Held>()

  const next = (): Waiting | undefined => {
    const first = line.findIndex((one) => one.awaited())
    const behind = line.findIndex((one) => !one.awaited())
    const isLast = atOnce > 1 && held.size === atOnce - 1
    const isStarved = isLast && behind >= 0 && ![...held].some(({ isBackground }) => isBackground)
    const [one] = line.splice(isStarved || first < 0 ? behind : first, 1)
    return one
  }
  const take = (isBackground: boolean): Held => {
    const slot: Held = {
      isBackground,
      until: clock.monotonic() + longestMs,
      leave: () => {
        if (held.delete(slot)) fill()
      },
    }
    held.add(slot)
    return slot
  }
  const fill = (): void => {
    for (const slot of held) if (clock.monotonic() >= slot.until) held.delete(slot)
    while (held.size < atOnce && line.length > 0) {
      const one = next()
      one?.enter(take(!one.awaited()))
    }
  }
  const wait: EnterSlot = async (awaited, signal, mostMs) => {
    let one: Waiting | undefined
    const entered = new Promise<Held>((resolve) => {
      one = { awaited, enter: resolve }
      line.push(one)
    })
    let cancel: () => void = () => {}
    const look = (): void => {
      cancel = clock.timer(() => {
        fill()
        look()
      }, longestMs)
    }
    look()
    try {
      return await inTime(clock, mostMs, () => entered, signal)
    } catch (reason) {
      const index = one ? line.indexOf(one) : -1
      if (index >= 0) line.splice(index, 1)
      // A slot became free just when this call was given up.
      else void entered.then((slot) => slot.leave())
      throw reason
    } finally {
      cancel()
    }
  }
  const enter: EnterSlot = async (awaited, signal, mostMs) => {
    signal.throwIfAborted()
    if (line.length > 0) return wait(awaited, signal, mostMs)
    fill()
    return held.size < atOnce ? take(!awaited()) : wait(awaited, signal, mostMs)
  }
  return Object.assign(enter, { load: () => ({ calls: held.size, waiting: line.length }) })
}
