import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '@chaveiro/core'
import { Call } from './call.ts'
import { sendProblem } from './problem.ts'
import { PROBLEMS } from './problems.ts'

interface RunningCall {
  readonly call: Call
  bytes: number
  /** Monotonic milliseconds at which the last bytes of the request came. */
  movedAt: number
}

const SWEEP_MS = 5_000
const IDLE_BODY_MS = 60_000

/** The calls of a server that run, so that they can be ended from outside. */
export class Calls {
  readonly #clock: Clock
  readonly #running = new Set<RunningCall>()
  readonly #waiting = new Set<() => void>()
  #cancel = (): void => {}

  constructor(clock: Clock) {
    this.#clock = clock
    this.#schedule()
  }

  get size(): number {
    return this.#running.size
  }

  /** Counts a call until its connection is done with it. */
  begin(request: IncomingMessage, response: ServerResponse): Call {
    const call = new Call(request, response, () => {
      this.#running.delete(running)
      // Node would read what is left of the body, of any length, before it takes the next request.
      if (!request.complete) request.socket.destroySoon()
      if (this.#running.size === 0) for (const done of this.#waiting) done()
    })
    const running: RunningCall = { call, bytes: request.socket.bytesRead, movedAt: this.#clock.monotonic() }
    this.#running.add(running)
    return call
  }

  /** Ends the calls of a key at once. */
  cut(key: string): void {
    for (const { call } of this.#running) if (call.key === key) end(call)
  }

  /** Ends all calls at once. */
  cutAll(): void {
    for (const { call } of this.#running) end(call)
  }

  /** Resolves once no call runs, or after that long. */
  async drained(withinMs: number): Promise<boolean> {
    if (this.#running.size === 0) return true
    return new Promise((resolve) => {
      const settle = (isDrained: boolean) => (): void => {
        cancel()
        this.#waiting.delete(done)
        resolve(isDrained)
      }
      const done = settle(true)
      const cancel = this.#clock.timer(settle(false), withinMs)
      this.#waiting.add(done)
    })
  }

  /** Stops looking for bodies that don't arrive. */
  close(): void {
    this.#cancel()
    this.#cancel = () => {}
  }

  #schedule(): void {
    this.#cancel = this.#clock.timer(() => {
      this.#sweep()
      this.#schedule()
    }, SWEEP_MS)
  }

  #sweep(): void {
    const now = this.#clock.monotonic()
    for (const running of this.#running) {
      const { call } = running
      const { request, response } = call
      const { bytesRead } = request.socket
      // What has arrived and isn't read yet waits for us, or for the provider.
      if (request.complete || bytesRead !== running.bytes || request.readableLength > 0) {
        running.bytes = bytesRead
        running.movedAt = now
      } else if (now - running.movedAt >= IDLE_BODY_MS) {
        if (!response.headersSent) sendProblem(response, { ...PROBLEMS.idle, closes: true })
        end(call)
      }
    }
  }
}

/** The connection is destroyed, never ended cleanly: what the caller has got may not be all. */
function end(call: Call): void {
  const { request, response } = call
  call.abort('by the server')
  if (response.writableEnded) request.socket.destroySoon()
  else request.socket.destroy()
}
