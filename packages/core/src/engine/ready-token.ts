import type { AccessToken } from '../token/access-token.ts'

const SECOND_MS = 1_000
// Before and after every instant that a clock shows. V8 keeps integers of this size in the object itself.
const OFF = -(2 ** 30)
const LATEST = 2 ** 31 - 1

/**
 * The token that serves without further thought, and until when: what a warm `getToken()` looks at. A source inherits it,
 * in whole seconds, so that all of it lies side by side: among very many accounts each further object is a look into slow
 * memory.
 */
export class ReadyToken<M> {
  #promise: Promise<AccessToken<M>> | undefined
  #until = OFF
  /** The latest wall time that a caller saw; a reading below it means that the clock was set back. */
  #lastSeen = OFF
  #access: AccessToken<M> | undefined

  get access(): AccessToken<M> | undefined {
    return this.#access
  }

  /** Does it serve at once? */
  get isReady(): boolean {
    return this.#until !== OFF
  }

  /** The token as a promise: the same one each time, because making one costs more than the look at the clock. */
  readyAt(now: number): Promise<AccessToken<M>> | undefined {
    const second = Math.floor(now / SECOND_MS)
    if (second >= this.#until || second < this.#lastSeen) return undefined
    // Written once a second, because writing to memory that is seldom used costs as much as reading it.
    if (second !== this.#lastSeen) this.#lastSeen = second
    this.#promise ??= this.#access && Promise.resolve(this.#access)
    return this.#promise
  }

  /** Another token, as of now. */
  hold(access: AccessToken<M>, now: number): void {
    this.drop()
    this.#access = access
    this.#lastSeen = Math.floor(now / SECOND_MS)
  }

  drop(): void {
    this.#access = undefined
    this.#promise = undefined
    this.#until = OFF
  }

  /** Rounded down: what happens within a second is decided by the millisecond, with more thought. */
  serveUntil(instant: number): void {
    this.#until = Math.max(OFF, Math.min(LATEST, Math.floor(instant / SECOND_MS)))
  }

  stopServing(): void {
    this.#until = OFF
  }

  sawTime(now: number): void {
    this.#lastSeen = Math.max(this.#lastSeen, Math.floor(now / SECOND_MS))
  }
}
