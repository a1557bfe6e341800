import { storeConformance } from '@chaveiro/core/testing'
import { describe, expect, it } from 'vitest'
import { brokenStores, type Subject, soundStore } from './broken-stores.ts'

/** The names of the suite's tests that fail. */
async function failures(subject: Subject): Promise<string[]> {
  const tests: { name: string; run: () => Promise<void> }[] = []
  storeConformance({ ...subject, test: (name, run) => tests.push({ name, run }) })
  const failed: string[] = []
  for (const { name, run } of tests) await run().catch(() => failed.push(name))
  return failed
}

describe('storeConformance', () => {
  storeConformance({ test: it, ...soundStore() })

  it('passes a store that does everything right', async () => {
    expect(await failures(soundStore())).toEqual([])
  })

  it.each(Object.entries(brokenStores))('finds %s', async (_, { open, found }) => {
    expect(await failures(open())).toContain(found)
  })
})
