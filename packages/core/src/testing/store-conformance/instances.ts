import { expectAbsent, expectConflict, expectStored } from './expectations.ts'
import type { Conformance, ConformanceTests } from './suite.ts'

/** What a store owes to other instances of the same place, and after its end. */
export function instanceTests({ open, key, durable }: Conformance): ConformanceTests {
  const disposal: ConformanceTests = {
    'disposing twice is the same as disposing once': async () => {
      const store = await open()
      await store.commit(key(), 'first', null)
      await store[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
    },
  }
  if (!durable) {
    return {
      ...disposal,
      'another instance knows nothing of this one': async () => {
        await using one = await open()
        await using two = await open()
        const name = key()
        await one.commit(name, 'first', null)
        await expectAbsent(two, name)
      },
    }
  }
  return {
    ...disposal,
    'what one instance commits another one reads, replaces and deletes': async () => {
      await using one = await open()
      await using two = await open()
      const name = key()
      await expectAbsent(two, name)
      const first = await one.commit(name, 'first', null)
      await expectStored(two, name, first, 'first')
      const second = await two.commit(name, 'second', first)
      await expectConflict(one.commit(name, 'late', first))
      await expectStored(one, name, second, 'second')
      await one.commit(name, null, second)
      await expectAbsent(two, name)
    },
    'a record outlives the instance that wrote it': async () => {
      const name = key()
      const before = await open()
      const version = await before.commit(name, 'first', null)
      await before[Symbol.asyncDispose]()
      await using after = await open()
      await expectStored(after, name, version, 'first')
      await after.commit(name, 'second', version)
    },
    'disposing an instance waits for its commits and leaves others alone': async () => {
      await using other = await open()
      const store = await open()
      const name = key()
      const committing = store.commit(name, 'first', null)
      await store[Symbol.asyncDispose]()
      await expectStored(other, name, await committing, 'first')
    },
  }
}
