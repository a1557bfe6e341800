import { expect, test } from 'vitest'
import { MINUTE } from '../support/engine-world.ts'
import { rotating } from '../support/rotating-world.ts'
import { sharedStore } from '../support/shared-store.ts'

test('what a lost answer is found by is in the store before the request leaves, also if its first write failed', async () => {
  const store = sharedStore()
  const { mint, askPatiently } = rotating({ store })
  // The claim itself has been written by then, without that note.
  let failures = 0
  store.beforeCommit = (_, next) => {
    if (failures > 0 || next?.includes('"requested"') !== true) return
    failures += 1
    throw new Error('connection lost')
  }
  let record: Record<string, unknown> = { notes: { requested: 'no request left' } }
  mint.beforeAnswer = async () => {
    record = await store.stored()
  }
  await askPatiently()
  expect(failures).toBe(1)
  expect(record).toHaveProperty('notes.requested')
})

test('nothing is looked for when the store failed before the call was sent', async () => {
  const store = sharedStore()
  const { mint, askPatiently, clock } = rotating({ store })
  store.beforeCommit = (_, next) => {
    if (next?.includes('"requested"') !== true) return
    store.beforeCommit = undefined
    store.beforeRead = () => {
      store.beforeRead = undefined
      throw new Error('connection lost')
    }
    throw new Error('connection lost')
  }
  expect(await askPatiently()).toBe('store')
  expect(mint.log).toEqual([])
  await clock.advance(MINUTE)
  expect(await askPatiently()).toBe('token-1')
  expect(mint.log).toEqual(['mint'])
})
