import { ChaveiroError } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { DAY, errorOf, HOUR, MINUTE, SECOND, type WorldOptions, world } from '../support/engine-world.ts'
import { mintingIssuer, mintingShape } from '../support/minting-issuer.ts'

/** Tokens that a person makes and puts into the configuration: there is nothing to call. */
function configured(options: WorldOptions = {}) {
  const configuration = { key: 'first', end: 0 }
  const made = world({
    ...options,
    provider: {
      canRefresh: false,
      canRevoke: true,
      async acquire(_, { key }, replaced) {
        if (replaced?.accessToken === key) {
          throw new ChaveiroError('reauthorization-required', 'Make another token, and put it into the configuration.')
        }
        return { accessToken: key, expiresAt: configuration.end, supplied: true, id: `id-of-${key}` }
      },
    },
    manager: { credentials: () => ({ key: configuration.key }) },
  })
  configuration.end = made.clock.now() + 30 * DAY
  return { ...made, configuration }
}

describe('a token that a person put into the configuration', () => {
  test('is used until it ends, with one warning before that', async () => {
    const { ask, clock, background, heard, source, configuration } = configured()
    expect(await ask()).toBe('first')
    await clock.advance(29 * DAY)
    expect(await ask()).toBe('first')
    await background()
    expect(heard('reauthorization.required')).toHaveLength(1)
    await clock.advance(12 * HOUR)
    expect(await ask()).toBe('first')
    await background()
    await clock.advance(13 * HOUR)
    expect(clock.now()).toBeGreaterThan(configuration.end)
    expect(await errorOf(source.getToken())).toMatchObject({
      code: 'reauthorization-required',
      message: 'example, account "seller": Make another token, and put it into the configuration.',
    })
    expect(heard('revoke.failed')).toEqual([])
  })

  test('is followed by another one as soon as that is there, and is not revoked', async () => {
    const { issuer, ask, clock, background, configuration } = configured()
    await ask()
    await clock.advance(29 * DAY)
    await ask()
    await background()
    configuration.key = 'second'
    configuration.end = clock.now() + 30 * DAY
    await clock.advance(10 * MINUTE)
    await ask()
    await background()
    expect(await ask()).toBe('second')
    await clock.advance(HOUR)
    await ask()
    await background()
    expect(issuer.requests).toEqual([])
  })

  test('that was refused says what to do, and makes no call', async () => {
    const { issuer, source, ask } = configured()
    await source.reject(await source.getToken())
    expect(await ask()).toBe('reauthorization-required')
    expect(await ask()).toBe('reauthorization-required')
    expect(await source.status()).toMatchObject({ lastFailure: { code: 'reauthorization-required' } })
    expect(issuer.requests).toEqual([])
  })
})

test('a quota of tokens is reported with its remedy, and no token of others is revoked for it [PV05]', async () => {
  const mint = mintingIssuer()
  mint.foreign('theirs-1', '2027-01-01 00:00:00')
  mint.foreign('theirs-2', '2027-02-01 00:00:00')
  const shape = mintingShape()
  const { source, clock } = world({
    manager: { fetch: mint.fetch },
    provider: {
      ...shape,
      async acquire(io) {
        const response = await io.fetch('https://issuer.example/tokens', { method: 'POST', body: '{"expires":""}' })
        if (response.status !== 409) throw new Error('unexpected')
        throw new ChaveiroError('misconfigured', 'There are 2 tokens already: revoke one of them, then try again.')
      },
    },
  })
  mint.mishaps.mint.push(409)
  expect(await errorOf(source.getToken())).toMatchObject({
    code: 'misconfigured',
    action: 'fix-configuration',
    message: 'example, account "seller": There are 2 tokens already: revoke one of them, then try again.',
  })
  await clock.advance(29 * SECOND)
  expect(await errorOf(source.getToken())).toMatchObject({ code: 'misconfigured' })
  expect(mint.log).toEqual(['mint'])
  expect([...mint.live.keys()]).toEqual(['theirs-1', 'theirs-2'])
})
