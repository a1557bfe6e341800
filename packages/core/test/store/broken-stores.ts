import { ChaveiroError } from '@chaveiro/core'
import type { StoredRecord, TokenStore } from '@chaveiro/core/shared'
import { frame, type Subject, subject, unframe } from './sound-store.ts'

/** Stores with one fault each, and a test of the suite that has to find it. */
export const brokenStores: Readonly<Record<string, { open: () => Subject; found: string; says?: string }>> = {
  'absence as a record without a value': {
    open: () =>
      subject({}, {}, (store) => ({
        ...store,
        read: async (key) => (await store.read(key)) ?? { version: '', value: undefined },
      })),
    found: 'an absent record reads as undefined or null, and as nothing else',
    says: 'A record that is absent reads as a record with the value undefined. read() has to answer undefined or null for it.',
  },
  'a clean-up of records without a token': {
    open: () =>
      subject({}, {}, (store) => ({
        ...store,
        async read(key) {
          const record = await store.read(key)
          return record?.value?.includes('"ended":true') ? null : record
        },
      })),
    found: 'a record that an end has replaced stays, whatever late commits expect',
    says: 'The record of an end is gone. It has to stay, because an absent record counts as lost.',
  },
  'an end that a late commit replaces, as one that is newer by its own number': {
    open: () =>
      subject({
        matches: (found, expect, next) =>
          (found?.version ?? null) === expect || (found?.value?.includes('"ended":true') === true && next !== null),
      }),
    found: 'a record that an end has replaced stays, whatever late commits expect',
    says: 'A commit that had to conflict went through.',
  },
  'a time to live that is kept by commits without one': {
    open: () => {
      const ends = new Map<string, number>()
      return subject({}, {}, (store) => ({
        ...store,
        async read(key) {
          return Date.now() < (ends.get(key) ?? Number.POSITIVE_INFINITY) ? store.read(key) : undefined
        },
        commit(key, next, expect, options) {
          if (options?.ttlMs !== undefined) ends.set(key, Date.now() + options.ttlMs)
          return store.commit(key, next, expect, options)
        },
      }))
    },
    found: 'a record that an end has replaced stays when the time to live of the token before it is over',
    says: 'The record of an end is gone. It has to stay, because an absent record counts as lost.',
  },
  'a lost update: compares, waits, writes': {
    open: () => subject({ wait: () => new Promise((resolve) => setImmediate(resolve)) }),
    found: 'of many who replace a version at once exactly one does',
  },
  'a lost update in a create': {
    open: () => subject({ wait: async () => {} }),
    found: 'of many who create a record at once exactly one does',
  },
  'versions that begin again after a deletion': {
    open: () => {
      const counts = new Map<string, number>()
      return subject({
        versionAfter(key, value) {
          const count = value === null ? 0 : (counts.get(key) ?? 0) + 1
          counts.set(key, count)
          return `${key}/${count}`
        },
      })
    },
    found: 'a record that was deleted and created again never matches its old version',
  },
  'a version that is a digest of the value': {
    open: () => subject({ versionAfter: (key, value) => `${key}:${value}` }),
    found: 'a value that comes back does not bring its version back',
  },
  'a version that is counted per record': {
    open: () => {
      const counts = new Map<string, number>()
      return subject({
        versionAfter(key) {
          counts.set(key, (counts.get(key) ?? 0) + 1)
          return `v${counts.get(key)}`
        },
      })
    },
    found: 'records with the same history share no version',
  },
  'a version that stays': {
    open: () => subject({ versionAfter: (key) => `version of ${key}` }),
    found: 'a version is a text that is not empty, and changes with every commit, the value unchanged or not',
  },
  'no conflict when creating': {
    open: () => subject({ matches: (found, expect) => expect === null || found?.version === expect }),
    found: 'creating a record that is there conflicts and changes nothing',
  },
  'an update that creates what is not there': {
    open: () => subject({ matches: (found, expect) => !found || found.version === expect }),
    found: 'a commit with any version conflicts where there is no record, and creates none',
  },
  'a deletion that ignores what is expected': {
    open: () => subject({ matches: (found, expect, next) => next === null || (found?.version ?? null) === expect }),
    found: 'a deletion with an old version conflicts and changes nothing',
  },
  'an update that ignores what is expected': {
    open: () => subject({ matches: (found, expect) => (found === undefined) === (expect === null) }),
    found: 'a commit with an old version conflicts and changes nothing',
  },
  'a conflict that is swallowed': {
    open: () =>
      subject({}, {}, (store) => ({
        ...store,
        commit: (key, next, expect) => store.commit(key, next, expect).catch(() => crypto.randomUUID()),
      })),
    found: 'creating a record that is there conflicts and changes nothing',
  },
  'a conflict of another code': {
    open: () => subject({ conflict: () => new ChaveiroError('store', 'Changed in the meantime.') }),
    found: 'a commit with an old version conflicts and changes nothing',
  },
  'a conflict that is not a ChaveiroError': {
    open: () => subject({ conflict: () => Object.assign(new Error('Changed in the meantime.'), { code: 'conflict' }) }),
    found: 'a commit with an old version conflicts and changes nothing',
  },
  'a commit that gives another version than reads do': {
    open: () => subject({ committed: () => crypto.randomUUID() }),
    found: 'a created record reads back with the version that its commit gave',
  },
  'keys without their case': {
    open: () => subject({ placeOf: (key) => key.toLowerCase() }),
    found: 'keys that look alike, or like paths, patterns and properties, are kept apart',
  },
  'keys that are normalised': {
    open: () => subject({ placeOf: (key) => key.normalize('NFC') }),
    found: 'keys that look alike, or like paths, patterns and properties, are kept apart',
  },
  'keys that are cut off': {
    open: () => subject({ placeOf: (key) => key.slice(0, 200) }),
    found: 'keys that look alike, or like paths, patterns and properties, are kept apart',
  },
  'values that are cut off': {
    open: () => subject({ stored: (value) => value.slice(0, 65_535) }),
    found: 'a value comes back unchanged: a megabyte',
  },
  'values in Latin-1': {
    open: () => subject({ stored: inLatin1 }),
    found: 'a value comes back unchanged: characters beyond the basic plane',
  },
  'values that are trimmed': {
    open: () => subject({ stored: (value) => value.trim() }),
    found: 'a value comes back unchanged: white space at both ends',
  },
  'an empty value taken for none': {
    open: () =>
      subject({}, {}, (store) => ({
        ...store,
        async read(key) {
          const record = await store.read(key)
          return record?.value ? record : undefined
        },
      })),
    found: 'a value comes back unchanged: an empty text',
  },
  'a torn write given out as good': {
    open: () => subject({}, { noticesDamage: true }),
    found: 'a record that was cut off in the middle is there without a value, and is replaced only by who saw it so',
  },
  'a torn write taken for nothing': {
    open: () =>
      subject({ stored: frame, given: unframe }, { noticesDamage: true }, (store) => ({
        ...store,
        async read(key) {
          const record = await store.read(key)
          return record?.value === undefined ? undefined : record
        },
      })),
    found: 'a record that was emptied is there without a value, and is replaced only by who saw it so',
  },
  'sealed by word only': {
    open: () => subject({}, { sealed: true, noticesDamage: false }, (store) => ({ ...store, sealed: true })),
    found: 'what is stored shows nothing of the value',
  },
  'sealed without regard to whose it is': {
    open: () =>
      subject(
        {
          stored: toHex,
          given: (text = '') => fromHex(text),
        },
        { sealed: true, noticesDamage: false },
        (store) => ({ ...store, sealed: true }),
      ),
    found: "a record that was moved to another account's place does not open there",
  },
  'durable by word only': {
    open: () => {
      const options = subject()
      return { ...options, open: () => subject().open() }
    },
    found: 'a record outlives the instance that wrote it',
  },
  'an instance that remembers what it read': {
    open: () =>
      subject({}, {}, (store) => {
        const seen = new Map<string, Awaited<ReturnType<TokenStore['read']>>>()
        return {
          ...store,
          async read(key) {
            if (!seen.has(key)) seen.set(key, await store.read(key))
            return seen.get(key)
          },
          async commit(key, next, expect) {
            const version = await store.commit(key, next, expect)
            seen.delete(key)
            return version
          },
        }
      }),
    found: 'what one instance commits another one reads, replaces and deletes',
  },
  'a disposal that empties the place for all': {
    open: () => {
      const places = new Map<string, StoredRecord>()
      return subject({ places, disposed: () => places.clear() })
    },
    found: 'a record outlives the instance that wrote it',
  },
  'one that says that it is sealed': {
    open: () => subject({}, {}, (store) => ({ ...store, sealed: true })),
    found: 'says whether it is sealed',
  },
}

/** Of every UTF-16 unit, what fits into a byte. */
function inLatin1(value: string): string {
  return value.replaceAll(/[^\0-\xff]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) & 0xff))
}

function toHex(value: string): string {
  return Array.from(new TextEncoder().encode(value), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)))
}
