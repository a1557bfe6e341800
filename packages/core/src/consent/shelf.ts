import { hasMethod } from '../brands.ts'
import type { Clock } from '../clock.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import type { PendingRecords } from '../provider/consent.ts'
import { isConflict } from '../renewal.ts'
import { untilDeadline } from '../timeout.ts'

const OPERATION_MS = 5_000
// Beyond this the oldest is forgotten: a page that begins consents must not fill the memory.
const MOST_OPEN = 10_000

/** Where open consents are, each under a key that no other has. */
export interface Shelf {
  put(key: string, content: string, lifeMs: number): Promise<void>
  /**
   * `isSealed`: the browser has the content. Then one that this process doesn't know may have begun in another one, if
   * the shelf is this process's own.
   */
  find(key: string, isSealed: boolean): Promise<Place | undefined>
}

/** One place on it. */
interface Place {
  readonly content: string
  /** Empties it. `false`: another call was faster. `lifeMs`: for how much longer a second use has to be noticed. */
  take(lifeMs: number): Promise<boolean>
}

/** The durable store's records, or this process's memory. */
export function shelfOf(clock: Clock, store: object): Shelf {
  return isRecords(store) ? recordShelf(clock, store) : memoryShelf(clock)
}

function isRecords(store: object): store is PendingRecords {
  return hasMethod(store, 'read') && hasMethod(store, 'commit')
}

function memoryShelf(clock: Clock): Shelf {
  // `content: undefined`: it was used. The oldest first.
  const places = new Map<string, { readonly content: string | undefined; readonly until: number }>()
  const set = (key: string, content: string | undefined, lifeMs: number): void => {
    const now = clock.now()
    for (const [old, { until }] of places) {
      if (until > now && places.size < MOST_OPEN) break
      places.delete(old)
    }
    places.set(key, { content, until: now + lifeMs })
  }
  return {
    async put(key, content, lifeMs) {
      places.delete(key)
      set(key, content, lifeMs)
    },
    async find(key, isSealed) {
      const known = places.get(key)
      const content = known ? known.content : isSealed ? '' : undefined
      if (content === undefined) return undefined
      return {
        content,
        async take(lifeMs) {
          const now = places.get(key)
          if (now !== known) return false
          places.delete(key)
          if (isSealed) set(key, undefined, lifeMs)
          return true
        },
      }
    },
  }
}

/** A record of its own for each, which is deleted by compare-and-swap: used once, in any process. */
function recordShelf(clock: Clock, records: PendingRecords): Shelf {
  const operate = async <T>(verb: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await untilDeadline(clock, OPERATION_MS, run)
    } catch (error) {
      if (isChaveiroError(error)) throw error
      // The original error stays out: drivers quote addresses, commands and values.
      throw new ChaveiroError('store', `The token store could not ${verb} a pending consent.`)
    }
  }
  const commit = (key: string, next: string | null, expect: string | null, lifeMs?: number): Promise<string> =>
    operate('write', () => records.commit(key, next, expect, lifeMs === undefined ? {} : { ttlMs: lifeMs }))
  return {
    async put(key, content, lifeMs) {
      await commit(key, JSON.stringify({ v: 1, consent: content }), null, lifeMs)
    },
    async find(key) {
      const record = await operate('read', (signal) => records.read(key, { signal }))
      const content = contentOf(record?.value)
      if (!record || content === undefined) return undefined
      return {
        content,
        async take() {
          try {
            await commit(key, null, record.version)
            return true
          } catch (error) {
            if (isConflict(error)) return false
            throw error
          }
        },
      }
    },
  }
}

function contentOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  try {
    const { consent }: { consent?: unknown } = JSON.parse(value) ?? {}
    return typeof consent === 'string' ? consent : undefined
  } catch {
    return undefined
  }
}
