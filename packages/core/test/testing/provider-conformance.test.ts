import { type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { describe, expect, it } from 'vitest'
import type { Keys } from '../support/simulated-bitize.ts'
import { bitizeWorld, type WorldChanges } from './bitize-world.ts'
import { brokenProviders, revoke } from './broken-providers.ts'

const sound: Readonly<Record<string, WorldChanges>> = {
  'a provider with single-use refresh tokens': {},
  'one that can revoke': { provider: { revoke: (io) => revoke(io, [404]) } },
  'one with reusable refresh tokens': { simulator: { rotation: 'reusable' }, provider: { refreshKind: 'reusable' } },
  'one without refresh tokens': { provider: { refresh: undefined, refreshKind: 'none' } },
  'one at which a second acquire ends the first token': {
    simulator: { earlierAccessTokens: 'ended' },
    provider: { repeat: 'ends-previous' },
  },
  'one at which a person signs in': { person: true },
  'one whose server does not say when a token ends': {
    simulator: { accessTokenLifetimeMs: 900_000 },
    world: { tellsExpiry: false },
  },
}

/** The names of the suite's tests that fail, with what they say. */
async function failures(open: () => Promise<ProviderWorld<Keys>>): Promise<Map<string, string>> {
  const tests: { name: string; run: () => Promise<void> }[] = []
  providerConformance({ test: (name, run) => tests.push({ name, run }), open })
  const failed = new Map<string, string>()
  for (const { name, run } of tests) await run().catch((error: unknown) => failed.set(name, String(error)))
  return failed
}

describe.each(Object.entries(sound))('providerConformance, for %s,', (_, changes) => {
  providerConformance({ test: it, open: () => bitizeWorld(changes) })
})

describe('providerConformance', () => {
  it.each(Object.entries(brokenProviders))('finds %s', async (_, { changes, found }) => {
    const failed = await failures(() => bitizeWorld(changes))
    expect([...failed.keys()]).toContain(found)
    // A sentence of the suite, not an accident.
    expect(failed.get(found)).toMatch(/^(Error|ChaveiroError): \S.* .*\.$/)
  })

  it('declares the same tests each time, and runs none by itself', () => {
    const names = [0, 1].map(() => {
      const declared: string[] = []
      providerConformance<Keys>({
        test: (name) => declared.push(name),
        open: () => Promise.reject(new Error('opened')),
      })
      return declared
    })
    expect(names[0]).toEqual(names[1])
    expect(new Set(names[0]).size).toBe(names[0]?.length)
    expect(names[0]?.length).toBeGreaterThan(20)
  })
})
