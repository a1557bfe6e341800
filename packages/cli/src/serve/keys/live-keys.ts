import { ChaveiroError, type Clock } from '@chaveiro/core'
import { type Key, keysOf } from './key-document.ts'
import type { KeyPlace } from './key-place.ts'

/** The keys of a server that runs, as they are at their place. */
export interface LiveKeys {
  /**
   * The keys as they were at most 5 s ago.
   * @throws {ChaveiroError} `store` where they can't be read: a key that was revoked must not count.
   */
  current(): ReadonlyMap<string, Key> | Promise<ReadonlyMap<string, Key>>
  /** Notes that a key was used now. */
  used(id: string): void
  /** Stops reading, and writes what is noted. */
  close(): Promise<void>
}

/** What live keys report. */
export interface KeyEvents {
  /** The keys were read. */
  read(keys: ReadonlyMap<string, Key>): void
  /** A key was revoked together with its requests that run. */
  cut(id: string): void
  /** The keys can't be read now. Not repeated until they were read again. */
  failed(message: string): void
}

const EVERY_MS = 2_000
const OLDEST_MS = 5_000
const NOTE_EVERY_MS = 60_000

/**
 * Reads the keys, and again every 2 s.
 * @throws {ChaveiroError} `store` where they can't be read at the start.
 */
export async function liveKeys(place: KeyPlace, clock: Clock, events: KeyEvents): Promise<LiveKeys> {
  const uses = new Map<string, Use>()
  const cut = new Set<string>()
  let keys: ReadonlyMap<string, Key> = new Map()
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  let hasFailed = false
  let cancel = (): void => {}
  let isClosed = false
  // One after the other: of two at once, the older could be the last.
  let written: Promise<void> = Promise.resolve()

  await read()
  schedule()

  return {
    current() {
      if (clock.monotonic() - readAt <= OLDEST_MS) return keys
      return readOnce().then(() => keys)
    },
    used(id) {
      const now = clock.monotonic()
      const use = uses.get(id) ?? { at: 0, isWritten: true, writtenAt: Number.NEGATIVE_INFINITY }
      uses.set(id, use)
      use.at = clock.now()
      use.isWritten = false
      if (now - use.writtenAt >= NOTE_EVERY_MS) write(id, use)
    },
    async close() {
      isClosed = true
      cancel()
      await reading?.catch(() => {})
      for (const [id, use] of uses) if (!use.isWritten) write(id, use)
      await written
    },
  }

  function schedule(): void {
    if (isClosed) return
    cancel = clock.timer(() => void readOnce().catch(tellFailure).finally(schedule), EVERY_MS)
  }

  function readOnce(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined
    })
    return reading
  }

  async function read(): Promise<void> {
    // What is written while it is read may be missing, so the reading is as old as its beginning.
    const begun = clock.monotonic()
    const document = await place.read()
    const read = keysOf(document)
    if (read === undefined) throw new ChaveiroError('store', `A key in ${place.shown} can't be understood.`)
    keys = read
    readAt = begun
    hasFailed = false
    events.read(keys)
    for (const { id } of document.cut) {
      if (cut.has(id)) continue
      cut.add(id)
      events.cut(id)
    }
  }

  function tellFailure(error: unknown): void {
    if (!hasFailed) events.failed(error instanceof Error ? error.message : String(error))
    hasFailed = true
  }

  function write(id: string, use: Use): void {
    const { uses: noted } = place
    const { at } = use
    use.isWritten = true
    use.writtenAt = clock.monotonic()
    if (noted !== undefined) written = written.then(() => noted.note(id, at))
  }
}

interface Use {
  /** Epoch milliseconds. */
  at: number
  isWritten: boolean
  /** Monotonic milliseconds. */
  writtenAt: number
}
