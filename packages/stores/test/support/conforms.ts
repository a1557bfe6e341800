import { storeConformance } from '@chaveiro/core/testing'
import type { RotatableStore } from '@chaveiro/stores/sealer'
import { collect } from './collect.ts'

/** Runs the whole suite for store and lists what fails, so that one option of a driver is one test. */
export async function failuresOf(open: () => RotatableStore): Promise<readonly string[]> {
  const tests: { name: string; run: () => Promise<void> }[] = []
  const test = (name: string, run: () => Promise<void>): void => void tests.push({ name, run })
  storeConformance({ test, open, durable: true, sealed: false, contenders: 4 })
  test('lists its keys', async () => {
    await using store = open()
    const key = crypto.randomUUID()
    await store.commit(key, 'x', null)
    if (!(await collect(store.keys())).includes(key)) throw new Error('A key is missing in the list.')
  })
  const failed: string[] = []
  for (const { name, run } of tests) {
    await run().catch((error: unknown) => failed.push(`${name}: ${String(error)}`))
  }
  return failed
}
