import { FakeClock } from '../../src/testing/fake-clock.ts'
import { type Deferred, deferred } from '../support/deferred.ts'

/** A process, as the store and the network see it. */
export interface Host {
  readonly name: string
  readonly clock: FakeClock
  readonly isFrozen: boolean
  readonly isDead: boolean
  /** One of its clocks was moved apart from the others. */
  isSkewed: boolean
  /** `begun`: its manager was told to close. `done`: it has closed and makes no more calls. */
  closing: 'no' | 'begun' | 'done'
  /** Resolves while it runs; when it thaws, while it is frozen; never, once it is dead. */
  running(): Promise<void>
  freeze(): void
  thaw(): void
  kill(): void
}

/** Calls of a frozen host are answered when it thaws. Until then its clocks stand still. */
export function createHost(name: string, now: number): Host {
  let frozen: Deferred<void> | undefined
  let isDead = false
  const host: Host = {
    name,
    clock: new FakeClock({ now }),
    get isFrozen() {
      return frozen !== undefined
    },
    get isDead() {
      return isDead
    },
    isSkewed: false,
    closing: 'no',
    async running() {
      while (frozen && !isDead) await frozen.promise
      if (isDead) await new Promise(() => {})
    },
    freeze: () => {
      frozen ??= deferred()
    },
    thaw: () => {
      frozen?.resolve()
      frozen = undefined
    },
    kill: () => {
      isDead = true
    },
  }
  return host
}
