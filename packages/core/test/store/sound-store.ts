import { ChaveiroError } from '@chaveiro/core'
import type { StoredRecord, TokenStore } from '@chaveiro/core/shared'
import type { RawRecords, StoreConformanceOptions } from '@chaveiro/core/testing'

/** A place that stores share, and what of its behaviour can be broken, one thing at a time. */
interface Behaviour {
  readonly places: Map<string, StoredRecord>
  versionAfter(key: string, value: string | null): string
  placeOf: (key: string) => string
  matches: (found: StoredRecord | undefined, expect: string | null, next: string | null) => boolean
  stored(value: string): string
  given(value: string | undefined): string | undefined
  /** Between comparing and writing, where nothing may come in between. */
  wait: (() => Promise<void>) | undefined
  conflict(): unknown
  committed(version: string): string
  disposed(): void
}

/** What the suite is given for one store. */
export type Subject = Omit<StoreConformanceOptions, 'test'>

/** A store in memory that instances share and that does everything right, except what `fault` says. */
export function subject(
  fault: Partial<Behaviour> = {},
  says: Partial<Subject> = {},
  wrap: (store: TokenStore) => TokenStore = (store) => store,
): Subject {
  const behaviour: Behaviour = {
    places: new Map(),
    versionAfter: () => crypto.randomUUID(),
    placeOf: (key) => key,
    matches: (found, expect) => (found?.version ?? null) === expect,
    stored: (value) => value,
    given: (value) => value,
    wait: undefined,
    conflict: () => new ChaveiroError('conflict', 'Changed in the meantime.'),
    committed: (version) => version,
    disposed: () => {},
    ...fault,
  }
  const { places, placeOf } = behaviour
  const open = (): TokenStore => ({
    sealed: false,
    async read(key) {
      const found = places.get(placeOf(key))
      return found && { version: found.version, value: behaviour.given(found.value) }
    },
    async commit(key, next, expect) {
      const found = places.get(placeOf(key))
      if (!behaviour.matches(found, expect, next)) throw behaviour.conflict()
      if (behaviour.wait) await behaviour.wait()
      const version = behaviour.versionAfter(key, next)
      if (next === null) places.delete(placeOf(key))
      else places.set(placeOf(key), { version, value: behaviour.stored(next) })
      return behaviour.committed(version)
    },
    async [Symbol.asyncDispose]() {
      behaviour.disposed()
    },
  })
  const raw: RawRecords = {
    read: async (key) => places.get(placeOf(key))?.value ?? '',
    async write(key, text) {
      const found = places.get(placeOf(key))
      if (found) places.set(placeOf(key), { version: found.version, value: text })
    },
  }
  return { open: () => wrap(open()), durable: true, sealed: false, raw, ...says }
}

/** Frames a text so that damage is seen, as a store has to that can be interrupted in a write. */
export const frame = (value: string): string => `<${value}>`
export const unframe = (text: string | undefined): string | undefined =>
  text?.startsWith('<') && text.endsWith('>') ? text.slice(1, -1) : undefined

export const soundStore = (): Subject => subject({ stored: frame, given: unframe }, { noticesDamage: true })

/** The same, with the other answer that the contract allows for an absent record. */
export const soundStoreWithNull = (): Subject =>
  subject({}, {}, (store) => ({ ...store, read: async (key) => (await store.read(key)) ?? null }))
