import { type Assertion, assertionSigner } from '@chaveiro/core/assertion'
import { describe, expect, test, vi } from 'vitest'
import { keysFor } from './keys.ts'

const AT = { now: Date.parse('2026-11-22T12:00:00Z'), clockOffsetMs: 0 }
const MINUTES_5 = 300_000

describe('a key', () => {
  test('is imported once, and nothing can export it again', async () => {
    const imports = vi.spyOn(crypto.subtle, 'importKey')
    const sign = assertionSigner()
    const { pem: key } = await keysFor('ES256')
    imports.mockClear()
    const options: Assertion = { alg: 'ES256', key, lifetimeMs: MINUTES_5, claims: {} }
    await Promise.all([sign(AT, options), sign(AT, options)])
    await sign(AT, options)
    expect(imports).toHaveBeenCalledTimes(1)
    expect(imports.mock.calls[0]?.[3]).toBe(false)
  })

  test('is forgotten after a hundred others', async () => {
    const imports = vi.spyOn(crypto.subtle, 'importKey')
    const sign = assertionSigner()
    const keys = await Promise.all(Array.from({ length: 102 }, () => keysFor('ES256')))
    const use = async (number: number) =>
      sign(AT, { alg: 'ES256', key: keys[number]?.pem ?? '', lifetimeMs: MINUTES_5, claims: {} })
    for (let number = 0; number < 100; number += 1) await use(number)
    await use(0)
    imports.mockClear()
    for (const number of [100, 0, 101, 0]) await use(number)
    expect(imports).toHaveBeenCalledTimes(2)
    await use(1)
    expect(imports).toHaveBeenCalledTimes(3)
  })
})
