import { ChaveiroError } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { SECOND, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'

describe('a revocation that fails', () => {
  test.each<[number, string]>([
    [401, 'misconfigured'],
    [404, 'misconfigured'],
    [500, 'unavailable'],
  ])('with %i is judged like any other call: %s', async (code, expected) => {
    const { issuer, source } = world({ provider: { canRevoke: true } })
    await source.seed({ accessToken: 'one', refreshToken: 'r1' })
    issuer.prepare(status(code))
    await expect(source.end({ revoke: 'require' })).rejects.toMatchObject({ code: expected })
  })

  test('knows the refresh token, which is what a standard server wants revoked (RFC 7009 §2.1)', async () => {
    const given: unknown[] = []
    const { source } = world({ provider: { revoke: async (_io, current) => void given.push(current) } })
    await source.seed({ accessToken: 'one', refreshToken: 'r1', id: '7' })
    await source.end({ revoke: 'require' })
    expect(given).toEqual([{ accessToken: 'one', refreshToken: 'r1', id: '7' }])
  })
})

test('what a parent scheme fails with is not mistaken for a refusal of the keys', async () => {
  const parentDown = new ChaveiroError('unavailable', 'The parent is down.', { provider: 'example/parent' })
  const { issuer, ask } = world({
    provider: {
      acquire: async (io) => {
        await io.fetch('https://issuer.example/token', { method: 'POST', body: '{}' })
        throw parentDown
      },
    },
  })
  issuer.prepare(status(401))
  expect(await ask()).toBe('unavailable')
})

test('a hint header that the provider documents is heeded like Retry-After', async () => {
  const { issuer, source, ask, clock } = world({ provider: { hints: [{ header: 'x-reset-after', as: 'seconds' }] } })
  issuer.prepare(new Response(null, { status: 429, headers: { 'x-reset-after': '90' } }))
  expect(await ask()).toBe('throttled')
  await clock.advance(89 * SECOND)
  expect(await ask()).toBe('throttled')
  await clock.advance(SECOND)
  issuer.prepare(tokenAnswer('one'))
  expect(await ask()).toBe('one')
  expect((await source.status()).state).toBe('fresh')
})
