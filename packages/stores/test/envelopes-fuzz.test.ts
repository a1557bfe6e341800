import { readFileSync } from 'node:fs'
import { createSealer, generateKey } from '@chaveiro/stores/sealer'
import fc from 'fast-check'
import { expect, it } from 'vitest'

/** Texts that are not envelopes, or are damaged ones. Add every text that is ever misread. */
const CORPUS: readonly string[] = JSON.parse(readFileSync(new URL('corpus/envelopes.json', import.meta.url), 'utf8'))
const CONTEXT = { key: 'a'.repeat(64) }

const sealer = createSealer({ keys: [{ id: '1', key: generateKey() }] })

it('a text that was not sealed with one of the keys does not open, whatever it looks like', async () => {
  const body = fc.base64String({ maxLength: 200 })
  const texts = fc.oneof(
    fc.string(),
    fc.tuple(fc.constantFrom('cs1', 'cs2', ''), fc.constantFrom('1', '2', ''), body).map((parts) => parts.join('.')),
  )
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      expect(await sealer.open(text, CONTEXT)).toBeUndefined()
    }),
    { examples: CORPUS.map((text) => [text]) },
  )
})

it('a sealed text that is changed anywhere opens to what was sealed, or to nothing', async () => {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(2),
    put: fc.string({ maxLength: 2 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.string(), change, async (plain, { at, length, put }) => {
      const sealed = await sealer.seal(plain, CONTEXT)
      const start = Math.floor(at * sealed.length)
      const changed = sealed.slice(0, start) + put + sealed.slice(start + length)
      // Base64 has spellings: the last character carries bits that count for nothing.
      expect([undefined, plain]).toContain(await sealer.open(changed, CONTEXT))
    }),
    { numRuns: 300 },
  )
})

it('a sealed text does not open for another record', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.string(), async (plain, key) => {
      fc.pre(key !== CONTEXT.key)
      expect(await sealer.open(await sealer.seal(plain, CONTEXT), { key })).toBeUndefined()
    }),
  )
})
