import type { EchoSearch } from './echo-search.ts'

/** A secret of the account in the provider's answer. */
export class SecretEchoed extends Error {
  override readonly name: string = 'SecretEchoed'
  constructor() {
    super('The provider answered with a secret of the account.')
  }
}

/** Lets an answer through as long as it shows no secret, and holds back only what may be the beginning of one. */
export class EchoGuard {
  readonly #search: EchoSearch
  #held: Buffer = Buffer.alloc(0)

  constructor(search: EchoSearch) {
    this.#search = search
  }

  /**
   * What may be passed on by now; all that is left once the answer has ended.
   * @throws {SecretEchoed} and nothing of the secret has come through before
   */
  pass(chunk: Uint8Array, isLast: boolean): Uint8Array {
    const all = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk])
    if (this.#search.isIn(all)) throw new SecretEchoed()
    const free = isLast ? all.length : all.length - this.#search.openAtEnd(all)
    // A copy, which keeps no larger chunk in memory.
    this.#held = Buffer.from(all.subarray(free))
    return all.subarray(0, free)
  }
}
