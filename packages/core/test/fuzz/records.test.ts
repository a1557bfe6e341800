import { isChaveiroError } from '@chaveiro/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { accountRef, storeKey, tokenKey } from '../../src/account-ref.ts'
import { outcome, SECOND, world } from '../support/engine-world.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'
import { corpus } from './garbled.ts'

const NOW = Date.UTC(2026, 0, 1)
const LAST_INSTANT = 8.64e15
const KEY = await storeKey(
  tokenKey({ provider: 'example', server: new URL('https://issuer.example'), namespace: '' }, accountRef('seller')),
)

const WHOLE = {
  v: 1,
  lineage: 'a',
  generation: 3,
  token: { accessToken: 'stored', obtainedAt: NOW, expiresAt: NOW + 1_000 * SECOND, refreshToken: 'r1', scopes: ['a'] },
  claim: { owner: 'o', generation: 4, ttlMs: 25 * SECOND, labels: [NOW] },
  rejected: { refresh: { generation: 2, at: NOW, probes: 0 } },
  notBefore: NOW,
  retiring: [{ id: '1', from: NOW, expiresAt: NOW + SECOND }],
}

const CODES = ['store', 'unavailable', 'throttled', 'credentials-rejected']

/** A record in which some of the values are something else, or gone. */
const damaged: fc.Arbitrary<string> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...pathsOf(WHOLE)),
      fc.oneof(fc.constantFrom(undefined, null, -1, 0, 2 ** 53, 1e300, '', {}, []), fc.jsonValue()),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((changes) => {
    const copy = structuredClone(WHOLE)
    for (const [path, value] of changes) put(copy, path, value)
    return JSON.stringify(copy)
  })

test('a record that is damaged gives a token or an error with a code, no end beyond time, and no obstacle to a sign-in', async () => {
  await fc.assert(
    fc.asyncProperty(damaged, async (value) => {
      const store = sharedStore()
      store.records.set(KEY, { version: 'v', value })
      const { issuer, source, clock, askPatiently, manager } = world({ store })
      issuer.always(() => tokenAnswer('fresh'))
      const got = await askPatiently()
      // A token that a header can carry. With any other, the error of the platform would quote it.
      expect(CODES.includes(got) ? 'token' : got).toMatch(/^[!-~]+$/)
      const { expiresAt = 0 } = await source.status().catch(statusOfStoreError)
      expect(expiresAt).toBeLessThanOrEqual(LAST_INSTANT)
      const seeding = source.seed({ accessToken: 'seeded', expiresAt: clock.now() + 1_000 * SECOND })
      // A record of a newer version must not be replaced.
      const seeded = await seeding.then(() => outcome(source.getToken()), codeOf)
      expect(seeded).toBe(isNewer(value) ? 'store' : 'seeded')
      await manager.close()
    }),
    { numRuns: 200, examples: corpus('records').map((text) => [String(text)]) },
  )
})

function isNewer(text: string): boolean {
  try {
    const { v }: { v?: unknown } = JSON.parse(text) ?? {}
    return typeof v === 'number' && v > 1
  } catch {
    return false
  }
}

function pathsOf(value: object): string[][] {
  return Object.entries(value).flatMap(([name, part]) => [
    [name],
    ...(typeof part === 'object' ? pathsOf(part).map((rest) => [name, ...rest]) : []),
  ])
}

function put(target: object, [name = '', ...rest]: readonly string[], value: unknown): void {
  const part: unknown = Reflect.get(target, name)
  if (rest.length === 0) Reflect.set(target, name, value)
  else if (typeof part === 'object' && part !== null) put(part, rest, value)
}

function codeOf(error: unknown): string {
  return isChaveiroError(error) ? error.code : String(error)
}

function statusOfStoreError(error: unknown): { expiresAt?: number } {
  if (codeOf(error) !== 'store') throw error
  return {}
}
