import { expectAbsent, expectConflict, expectStored, expectThat } from './expectations.ts'
import type { Conformance, ConformanceTests } from './suite.ts'

/** What one caller sees who commits one thing after the other. */
export function commitTests({ open, key, sealed }: Conformance): ConformanceTests {
  return {
    'says whether it is sealed': async () => {
      await using store = await open()
      expectThat(store.sealed === sealed, `sealed is ${store.sealed}.`)
    },
    'an absent record reads as undefined or null, and as nothing else': async () => {
      await using store = await open()
      await expectAbsent(store, key())
    },
    'a created record reads back with the version that its commit gave': async () => {
      await using store = await open()
      const name = key()
      await expectStored(store, name, await store.commit(name, 'first', null), 'first')
    },
    'creating a record that is there conflicts and changes nothing': async () => {
      await using store = await open()
      const name = key()
      const version = await store.commit(name, 'first', null)
      await expectConflict(store.commit(name, 'second', null))
      await expectStored(store, name, version, 'first')
    },
    'a commit with the current version replaces the record': async () => {
      await using store = await open()
      const name = key()
      const first = await store.commit(name, 'first', null)
      const second = await store.commit(name, 'second', first)
      await expectStored(store, name, second, 'second')
    },
    'a commit with an old version conflicts and changes nothing': async () => {
      await using store = await open()
      const name = key()
      const first = await store.commit(name, 'first', null)
      const second = await store.commit(name, 'second', first)
      await expectConflict(store.commit(name, 'third', first))
      await expectStored(store, name, second, 'second')
    },
    'a commit with any version conflicts where there is no record, and creates none': async () => {
      await using store = await open()
      const name = key()
      await expectConflict(store.commit(name, 'first', crypto.randomUUID()))
      await expectConflict(store.commit(name, 'first', ''))
      await expectAbsent(store, name)
    },
    'a deletion with the current version removes the record': async () => {
      await using store = await open()
      const name = key()
      await store.commit(name, null, await store.commit(name, 'first', null))
      await expectAbsent(store, name)
    },
    'a deletion with an old version conflicts and changes nothing': async () => {
      await using store = await open()
      const name = key()
      const first = await store.commit(name, 'first', null)
      const second = await store.commit(name, 'second', first)
      await expectConflict(store.commit(name, null, first))
      await expectStored(store, name, second, 'second')
    },
    'a deletion that expects no record conflicts where there is one': async () => {
      await using store = await open()
      const name = key()
      const version = await store.commit(name, 'first', null)
      await expectConflict(store.commit(name, null, null))
      await expectStored(store, name, version, 'first')
    },
    'a second deletion with the same version conflicts': async () => {
      await using store = await open()
      const name = key()
      const version = await store.commit(name, 'first', null)
      await store.commit(name, null, version)
      await expectConflict(store.commit(name, null, version))
    },
    'a deletion of nothing that expects nothing changes nothing': async () => {
      await using store = await open()
      const name = key()
      await store.commit(name, null, null)
      await expectAbsent(store, name)
      await expectStored(store, name, await store.commit(name, 'first', null), 'first')
    },
    'a time to live that has not passed changes nothing': async () => {
      await using store = await open()
      const name = key()
      const first = await store.commit(name, 'first', null, { ttlMs: 3_600_000 })
      await expectStored(store, name, first, 'first')
      await expectStored(store, name, await store.commit(name, 'second', first), 'second')
    },
    'a read that is given up disturbs nothing': async () => {
      await using store = await open()
      const name = key()
      const version = await store.commit(name, 'first', null)
      const controller = new AbortController()
      const reading = store.read(name, { signal: controller.signal })
      controller.abort()
      // A store may answer even so.
      await Promise.allSettled([reading, store.read(name, { signal: controller.signal })])
      await expectStored(store, name, version, 'first')
    },
  }
}
