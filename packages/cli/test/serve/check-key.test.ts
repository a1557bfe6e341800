import { timingSafeEqual } from 'node:crypto'
import { expect, it } from 'vitest'
import { checkKey } from '../../src/serve/keys/check-key.ts'
import type { Key } from '../../src/serve/keys/key-document.ts'
import { makeKey } from '../../src/serve/keys/key-text.ts'

const NOW = Date.UTC(2026, 10, 1)
const OTHER = makeKey()

function newKey(endsAt?: number): { readonly key: Key; readonly text: string } {
  const { id, text, digest } = makeKey()
  return { text, key: { id, name: 'ci', digest, doors: new Set(['proxy']), allowances: [], rate: undefined, endsAt } }
}

/** The result of a check, and what it compared. */
function check(headers: readonly string[] | undefined, known: readonly Key[]) {
  const compared: [Buffer, Buffer][] = []
  const isEqual = (one: Buffer, other: Buffer): boolean => {
    compared.push([one, other])
    return timingSafeEqual(one, other)
  }
  const outcome = checkKey(headers, new Map(known.map((key) => [key.id, key])), NOW, isEqual)
  return { outcome, compared }
}

it('a key is `chv_`, its id, and 32 random bytes', () => {
  const { id, text, digest } = makeKey()
  expect(text).toMatch(new RegExp(`^chv_${id}_[A-Za-z0-9_-]{43}$`))
  expect(digest).toHaveLength(32)
  expect(text).not.toContain(digest.toString('hex'))
})

it('the right key counts, however its scheme is written', () => {
  const { key, text } = newKey(NOW + 1)
  for (const scheme of ['Bearer', 'bearer', 'BEARER ']) {
    expect(check([`${scheme} ${text}`], [key]).outcome).toBe(key)
  }
})

it.each([
  ['an unknown id', `Bearer ${OTHER.text}`, 'unknown'],
  ['no scheme', OTHER.text, 'malformed'],
  ['another scheme', `Basic ${OTHER.text}`, 'malformed'],
  ['half a key', `Bearer ${OTHER.text.slice(0, 30)}`, 'malformed'],
  ['a longer key', `Bearer ${OTHER.text}A`, 'malformed'],
  ['an empty text', 'Bearer ', 'malformed'],
  ['a list', `Bearer ${OTHER.text}, Bearer ${OTHER.text}`, 'malformed'],
])('%s is hashed and compared once, with a dummy', (_, header, outcome) => {
  const { key } = newKey()
  const checked = check([header], [key])
  expect(checked.outcome).toBe(outcome)
  expect(checked.compared).toHaveLength(1)
  for (const [presented, known] of checked.compared) {
    expect([presented.length, known.length]).toEqual([32, 32])
    expect(known).not.toEqual(key.digest)
  }
})

it('the id of one key with the secret of another is compared with the first, once', () => {
  const { key, text } = newKey()
  const mixed = `chv_${key.id}_${OTHER.text.slice(-43)}`
  const { outcome, compared } = check([`Bearer ${mixed}`], [key])
  expect(outcome).toBe('wrong')
  expect(compared.map(([, known]) => known)).toEqual([key.digest])
  expect(check([`Bearer ${text}`], [key]).compared).toHaveLength(1)
})

it('the right key after its end is compared, and refused', () => {
  const { key, text } = newKey(NOW)
  const { outcome, compared } = check([`Bearer ${text}`], [key])
  expect({ outcome, compared: compared.length }).toEqual({ outcome: 'ended', compared: 1 })
})

it('two headers don’t count, even if one of them is right', () => {
  const { key, text } = newKey()
  expect(check([`Bearer ${text}`, `Bearer ${text}`], [key]).outcome).toBe('malformed')
  expect(check([], [key]).outcome).toBe('missing')
  expect(check(undefined, [key])).toEqual({ outcome: 'missing', compared: [] })
})
