import { storeConformance } from '@chaveiro/core/testing'
import { describe, expect, it } from 'vitest'
import { brokenStores } from './broken-stores.ts'
import { type Subject, soundStore, soundStoreWithNull } from './sound-store.ts'

/** What the suite's tests that fail say, by their names. */
async function failures(subject: Subject): Promise<Record<string, string>> {
  const tests: { name: string; run: () => Promise<void> }[] = []
  storeConformance({ ...subject, test: (name, run) => tests.push({ name, run }) })
  const failed: Record<string, string> = {}
  for (const { name, run } of tests) {
    await run().catch((error: unknown) => {
      failed[name] = error instanceof Error ? error.message : String(error)
    })
  }
  return failed
}

describe('storeConformance', () => {
  storeConformance({ test: it, ...soundStore() })

  it.each([
    ['does everything right', soundStore],
    ['answers null for an absent record', soundStoreWithNull],
  ])('passes a store that %s', async (_, open) => {
    expect(await failures(open())).toEqual({})
  })

  it.each(Object.entries(brokenStores))('finds %s', async (_, { open, found, says }) => {
    const failed = await failures(open())
    expect(Object.keys(failed)).toContain(found)
    expect(failed[found]).toBe(says ?? failed[found])
  })
})
