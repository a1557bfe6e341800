import { expectConflict, expectRecord, expectStored, expectThat } from './expectations.ts'
import type { Conformance, ConformanceTests } from './suite.ts'

/** Only equality of versions counts, so no two commits may ever share one. */
export function versionTests({ open, key }: Conformance): ConformanceTests {
  return {
    'a version is a text that is not empty, and changes with every commit, the value unchanged or not': async () => {
      await using store = await open()
      const name = key()
      const versions: string[] = []
      for (let count = 0; count < 10; count += 1) {
        versions.push(await store.commit(name, 'always the same', versions.at(-1) ?? null))
      }
      expectThat(
        versions.every((version) => typeof version === 'string' && version !== ''),
        `Versions are ${versions.join(', ')}.`,
      )
      expectThat(new Set(versions).size === versions.length, 'A version was used twice for one record.')
    },
    'reading changes no version': async () => {
      await using store = await open()
      const name = key()
      await store.commit(name, 'first', null)
      const [one, two] = [await expectRecord(store, name), await expectRecord(store, name)]
      expectThat(one.version === two.version, 'Two reads without a commit between them gave two versions.')
    },
    'records with the same history share no version': async () => {
      await using store = await open()
      const [one, two] = [key(), key()]
      const first = await store.commit(one, 'same', null)
      expectThat(first !== (await store.commit(two, 'same', null)), 'Two new records have the same version.')
      await expectConflict(store.commit(two, 'other', first))
    },
    'a record that was deleted and created again never matches its old version': async () => {
      await using store = await open()
      const name = key()
      const old = await store.commit(name, 'same', null)
      await store.commit(name, null, old)
      const version = await store.commit(name, 'same', null)
      expectThat(version !== old, 'The version of a deleted record came back.')
      await expectConflict(store.commit(name, 'late', old))
      await expectConflict(store.commit(name, null, old))
      await expectStored(store, name, version, 'same')
    },
    'a value that comes back does not bring its version back': async () => {
      await using store = await open()
      const name = key()
      const old = await store.commit(name, 'A', null)
      const version = await store.commit(name, 'A', await store.commit(name, 'B', old))
      await expectConflict(store.commit(name, 'late', old))
      await expectStored(store, name, version, 'A')
    },
  }
}
