import { type AccountRef, type KeySpace, storeKey, tokenKey } from '../account-ref.ts'
import { type Clock, sleep } from '../clock.ts'
import { ChaveiroError, isChaveiroError } from '../errors.ts'
import { NO_NOTES } from '../notes.ts'
import type { Kept } from '../renewal.ts'
import { untilDeadline } from '../timeout.ts'
import type { Held } from '../token/held.ts'
import { decodeRecord, requireReplaceable, type TokenRecord, UnreadableRecord } from './record.ts'
import type { StoredRecord, TokenStore } from './token-store.ts'

const OPERATION_TIMEOUT_MS = 5_000

// How often a write is tried while other processes change the record, and how long the pauses are.
const TRIES = 20
const AT_ONCE = 2
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 250

/** What a cell of the store held when it was read. `version: null`: nothing. */
export interface CellContent<M> {
  readonly version: string | null
  readonly record: TokenRecord<M> | undefined
}

/** One account's cell of a store. Every failure is a ChaveiroError with code `store` or `conflict`. */
export class SharedCell<M> {
  readonly #store: TokenStore
  readonly #clock: Clock
  readonly #space: KeySpace
  readonly #account: AccountRef
  #key: string | undefined

  constructor(store: TokenStore, clock: Clock, space: KeySpace, account: AccountRef) {
    this.#store = store
    this.#clock = clock
    this.#space = space
    this.#account = account
  }

  async read(): Promise<CellContent<M>> {
    const stored = await this.#read()
    if (stored === undefined) return { version: null, record: undefined }
    return { version: stored.version, record: decodeRecord<M>(stored.value, this.#space.provider) }
  }

  /** For signing in and out, which replace even a record that can't be read. */
  async readForgivingly(): Promise<CellContent<M>> {
    try {
      return await this.read()
    } catch {
      const stored = await this.#read()
      requireReplaceable(stored?.value, this.#space.provider)
      return { version: stored?.version ?? null, record: undefined }
    }
  }

  /**
   * Writes if no other process has written since. Resolves with the new version; rejects with code `conflict` or
   * `store`.
   */
  async write(record: TokenRecord<M> | null, expect: string | null): Promise<string> {
    const text = record && JSON.stringify(record)
    const answer = await this.#operate('write', (key) => this.#store.commit(key, text, expect))
    return newVersion(answer)
  }

  async #read(): Promise<StoredRecord | undefined> {
    return storedRecord(await this.#operate('read', (key, signal) => this.#store.read(key, { signal })))
  }

  // Asynchronous even if the key is known, because a store may call the engine from its own methods, and must not find
  // it in the middle of a step.
  async #keyOf(): Promise<string> {
    this.#key ??= await storeKey(tokenKey(this.#space, this.#account))
    return this.#key
  }

  async #operate<T>(verb: 'read' | 'write', operation: (key: string, signal: AbortSignal) => Promise<T>): Promise<T> {
    const key = await this.#keyOf()
    const run = (signal: AbortSignal): Promise<T> => operation(key, signal)
    try {
      return await untilDeadline(this.#clock, OPERATION_TIMEOUT_MS, run)
    } catch (error) {
      if (isChaveiroError(error)) throw error
      // The original error stays out: drivers quote addresses, commands and values.
      const kind = safeCode(error)
      const message = `The token store could not ${verb} the record${kind && ` (${kind})`}.`
      throw new ChaveiroError('store', message)
    }
  }
}

/** The store does not answer, as opposed to a record or an answer that can't be understood. */
export function isStoreDown(error: unknown): boolean {
  return (
    isChaveiroError(error) && error.code === 'store' && error.action === 'retry' && !(error instanceof UnreadableRecord)
  )
}

export function heldOf<M>(record: TokenRecord<M> | undefined): Held<M> | undefined {
  if (record?.token === undefined) return undefined
  const { lineage, generation, token } = record
  return { lineage, generation, token }
}

export function keptOf<M>(record: TokenRecord<M> | undefined, source: Kept<M>['source']): Kept<M> {
  return {
    held: heldOf(record),
    notes: record?.notes ?? NO_NOTES,
    persisted: true,
    source,
    mayBeSpent: record?.mayBeSpent ?? false,
  }
}

/** A record with only a claim or notes says nothing about the account, so it counts as absent. */
export function isBlank<M>(record: TokenRecord<M> | undefined): boolean {
  return record?.token === undefined && record?.ended !== true
}

/**
 * Waits before the next try at a record that another process has changed. The first tries follow at once, later ones
 * after a pause. After the last try it throws: a store that always reports a conflict would keep its caller waiting
 * forever.
 */
export async function pauseForRivals(clock: Clock, lostTries: number, signal?: AbortSignal): Promise<void> {
  if (lostTries >= TRIES) {
    const message = `The store reported a conflict ${TRIES} times in a row. Try again; if that doesn't help, its commit() doesn't compare versions.`
    throw new ChaveiroError('store', message)
  }
  if (lostTries <= AT_ONCE) return
  await sleep(clock, Math.min(FIRST_PAUSE_MS * 2 ** (lostTries - AT_ONCE), LONGEST_PAUSE_MS), signal)
}

/** Its code, else its name: read by shape, because an error may be of another realm. */
function safeCode(error: unknown): string {
  const { code, name }: { code?: unknown; name?: unknown } = typeof error === 'object' ? (error ?? {}) : {}
  if (typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code)) return code
  return typeof name === 'string' ? name : ''
}

/** What `read` of a store answered: a record, or `undefined` for both ways to say that it's absent. */
function storedRecord(answer: unknown): StoredRecord | undefined {
  if (answer === undefined || answer === null) return undefined
  const { version, value }: { version?: unknown; value?: unknown } = typeof answer === 'object' ? answer : {}
  if (isVersion(version) && (value === undefined || typeof value === 'string')) return { version, value }
  const parts = typeof answer === 'object' ? ` with version: ${kind(version)} and value: ${kind(value)}` : ''
  throw misfit('read', kind(answer) + parts, '{ version, value }, undefined or null')
}

/** What `commit` of a store answered: the new version. */
function newVersion(answer: unknown): string {
  if (isVersion(answer)) return answer
  throw misfit('commit', kind(answer), 'the new version, a text')
}

function isVersion(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Only the shape: the content may be a token. Another try doesn't help, so the action is to fix the store. */
function misfit(method: 'read' | 'commit', shape: string, instead: string): ChaveiroError {
  const message = `${method}() of the token store answered ${shape} instead of ${instead}. Fix the store.`
  return new ChaveiroError('store', message, { action: 'fix-configuration' })
}

function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (value === '') return 'an empty string'
  return Array.isArray(value) ? 'array' : typeof value
}
