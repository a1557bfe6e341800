import type { Clock } from '../clock.ts'
import { type Mailbox, mailbox } from './single-flight.ts'

// The longest that an answer to a ping may take.
const PING_MS = 1_000
// An older workerd answers every ping; no flight waits or sends for longer than this.
const MOST_MS = 60_000

/** Work that callers wait for who may come from other requests of a Worker than the one that began it. */
export interface SharedWork {
  /** Never rejects. */
  readonly settled: Promise<void>
  readonly ping: Mailbox['ping']
}

/** The end of a manager, which rejects if a token could not be saved. */
export interface Closing extends Pick<SharedWork, 'ping'> {
  readonly work: Promise<void>
}

/** Begun here, waited for by {@link outlast}. */
export function sharedWork(work: Promise<unknown>): SharedWork {
  const { ping, quit } = mailbox()
  return { settled: work.then(quit, quit), ping }
}

/** Waits until shared work has settled or can't any more. */
export async function outlast(clock: Clock, patienceMs: number, work: SharedWork | undefined): Promise<void> {
  if (work) await whileAlive(clock, patienceMs, work, work.settled)
}

/**
 * Waits for work that another request of a Worker may have begun. `gone`: that request has ended, and with it its I/O
 * and timers, so nothing will come. Checked once a token call that began at `since` must be over.
 */
export function whileAlive<T>(
  clock: Clock,
  patienceMs: number,
  { ping }: Pick<Mailbox, 'ping'>,
  wait: Promise<T>,
  since: number = clock.monotonic(),
): Promise<T | 'gone'> {
  return new Promise((resolve, reject) => {
    let cancel: () => void = () => {}
    const pause = Math.max(patienceMs, PING_MS)
    const watch = (leftMs: number, waitMs = pause): void => {
      cancel = clock.timer(() => {
        let isAlive = false
        void ping().then(() => {
          isAlive = leftMs > 0
        })
        cancel = clock.timer(() => (isAlive ? watch(leftMs - pause) : resolve('gone')), PING_MS)
      }, waitMs)
    }
    watch(MOST_MS, Math.max(0, since + pause - clock.monotonic()))
    wait.then(resolve, reject).finally(() => cancel())
  })
}
