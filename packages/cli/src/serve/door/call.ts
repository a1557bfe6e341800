import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What ended a call before its answer was whole. */
export type CallEnd = 'by the server' | 'by the caller'

// One for each connection, because whatever ends a call before its answer is whole ends its connection too, and making one
// takes 8 µs.
const aborts = new WeakMap<Socket, AbortController>()

function abortOf(connection: Socket): AbortController {
  const known = aborts.get(connection)
  if (known !== undefined) return known
  const made = new AbortController()
  aborts.set(connection, made)
  return made
}

/** A call that runs. */
export class Call {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The id of the key that it was made with, once that is known. */
  key: string | undefined
  #endedBy: CallEnd | undefined
  #onEnd: (() => void) | undefined

  /** `isOver` is told once the connection is done with it. */
  constructor(request: IncomingMessage, response: ServerResponse, isOver = (): void => {}) {
    this.request = request
    this.response = response
    response.once('close', () => {
      if (!response.writableFinished) this.abort('by the caller')
      isOver()
    })
  }

  /** Aborts when the caller has gone, when its key is cut, and when a server at its end has waited long enough. */
  get signal(): AbortSignal {
    const { signal } = abortOf(this.request.socket)
    return this.#endedBy === undefined ? signal : AbortSignal.abort()
  }

  get endedBy(): CallEnd | undefined {
    return this.#endedBy
  }

  /** Waits until the work is done or the call has ended, which rejects. The work itself goes on. One at a time. */
  async wait<T>(work: Promise<T>): Promise<T> {
    // Not by a signal: making one takes longer than to answer from memory.
    const ended = new Promise<never>((_resolve, reject) => {
      this.#onEnd = () => reject(new Error('The call has ended.'))
      if (this.#endedBy !== undefined) this.#onEnd()
    })
    try {
      return await Promise.race([work, ended])
    } finally {
      this.#onEnd = undefined
    }
  }

  /** Ends what the call waits for. */
  abort(by: CallEnd): void {
    this.#endedBy ??= by
    aborts.get(this.request.socket)?.abort()
    this.#onEnd?.()
  }
}
