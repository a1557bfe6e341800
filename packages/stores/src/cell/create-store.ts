import { ChaveiroError } from '@chaveiro/core'
import { shared, type TokenStore } from '@chaveiro/core/shared'
import type { ResealResult, RotatableStore } from '../sealer/rotatable-store.ts'
import type { Sealer } from '../sealer/sealer.ts'
import type { CellContent, Cells, Life } from './cells.ts'
import { driverFailure, sealerFailure } from './store-failure.ts'

// A process that writes this often while one record is resealed already writes with the new key.
const RESEAL_ATTEMPTS = 3

/** The store over a kind of place. This is where sealing happens, once for all of them. */
export function createStore(cells: Cells, sealer: Sealer | undefined): RotatableStore {
  const running = new Set<Promise<unknown>>()
  let isClosed = false

  function requireOpen(): void {
    if (isClosed) throw new ChaveiroError('closed', `This store is closed: ${cells.name}.`)
  }

  /** What the end of the store waits for. */
  async function track<T>(operation: () => Promise<T>): Promise<T> {
    requireOpen()
    const result = operation()
    running.add(result)
    try {
      return await result
    } finally {
      running.delete(result)
    }
  }

  const readCell = async (key: string): Promise<CellContent | undefined> => {
    try {
      return await cells.read(key)
    } catch (error) {
      throw driverFailure(cells, 'read', error)
    }
  }

  const swap = async (key: string, text: string | null, expect: string | null, life: Life): Promise<string | null> => {
    const version = crypto.randomUUID()
    try {
      return (await cells.swap(key, { version, text }, expect, life)) ? version : null
    } catch (error) {
      throw driverFailure(cells, 'write', error)
    }
  }

  const seal = async (value: string, key: string): Promise<string> => {
    if (!sealer) return value
    try {
      return await sealer.seal(value, { key })
    } catch (error) {
      throw sealerFailure('seal', error)
    }
  }

  const open = async (text: string | undefined, key: string): Promise<string | undefined> => {
    if (!sealer || text === undefined) return text
    try {
      return await sealer.open(text, { key })
    } catch (error) {
      throw sealerFailure('open', error)
    }
  }

  async function resealOnce(key: string, sealing: Sealer): Promise<ResealResult> {
    const cell = await readCell(key)
    if (!cell) return 'gone'
    const value = await open(cell.text, key)
    if (value === undefined || cell.text === undefined) return 'unreadable'
    if (sealing.isCurrent?.(cell.text)) return 'current'
    return (await swap(key, await seal(value, key), cell.version, 'as-before')) === null ? 'contended' : 'resealed'
  }

  const read: RotatableStore['read'] = (key, { signal } = {}) =>
    untilAborted(signal, async () => {
      requireOpen()
      const cell = await readCell(key)
      return cell && { version: cell.version, value: await open(cell.text, key) }
    })

  const store: TokenStore = {
    sealed: sealer !== undefined,
    read,
    commit: (key, next, expect, { ttlMs } = {}) =>
      track(async () => {
        const text = next === null ? null : await seal(next, key)
        const version = await swap(key, text, expect, lifeOf(ttlMs))
        if (version !== null) return version
        throw new ChaveiroError('conflict', 'Another process has changed the record in the meantime.')
      }),
    async [Symbol.asyncDispose]() {
      isClosed = true
      await Promise.allSettled(running)
    },
  }
  return {
    ...shared(store),
    read,
    async *keys() {
      requireOpen()
      try {
        for await (const key of cells.keys()) yield key
      } catch (error) {
        throw driverFailure(cells, 'list', error)
      }
    },
    reseal: (key) =>
      track(async () => {
        if (!sealer) throw new TypeError('This store has no sealer, so there is no key to rotate.')
        let result: ResealResult = 'contended'
        for (let left = RESEAL_ATTEMPTS; left > 0 && result === 'contended'; left -= 1) {
          result = await resealOnce(key, sealer)
        }
        return result
      }),
  }
}

/** Without a time to live nothing ever expires, because the real end of a refresh token may be unknown. */
function lifeOf(ttlMs: number | undefined): Life {
  if (ttlMs === undefined || ttlMs === Number.POSITIVE_INFINITY) return 'until-deleted'
  if (ttlMs > 0) return Math.ceil(ttlMs)
  throw new TypeError('ttlMs must be a number of milliseconds above 0.')
}

/** Starts an operation and waits for it or for the signal, whose own reason is then the error. */
function untilAborted<T>(signal: AbortSignal | undefined, start: () => Promise<T>): Promise<T> {
  if (!signal) return start()
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const onAbort = (): void => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    start()
      // What comes after the abort settles nothing any more, so that nothing is left unhandled.
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort))
  })
}
