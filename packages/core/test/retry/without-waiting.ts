import { FakeClock } from '../../src/testing/fake-clock.ts'

/** Retries without waiting, on a clock that never moves: tests with real sockets depend on no timing. */
export function withoutWaiting(): { clock: FakeClock; baseMs: number; throttleBaseMs: number } {
  return { clock: new FakeClock(), baseMs: 0, throttleBaseMs: 0 }
}
