import { describe, expect, test } from 'vitest'
import { DAY, MINUTE, type ProviderShape, SECOND, type WorldOptions, world } from '../support/engine-world.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const person: ProviderShape = { canAcquire: false }
const page = () => new Response('<html>')

/** An account whose token ends in so many seconds. Its refresh token, `r1`, may be used once. */
async function holding(seconds: number, options: WorldOptions = {}) {
  const made = world({ provider: person, ...options })
  await made.source.seed({
    accessToken: 'one',
    refreshToken: 'r1',
    expiresAt: made.clock.now() + seconds * SECOND,
  })
  return made
}

describe.each([
  ['in memory', () => ({})],
  ['in a shared store', () => ({ store: sharedStore() })],
])('an answer that cannot be read, %s [E2]', (_, where) => {
  test.each(['once', 'never'] as const)(
    'spends the refresh token: the access token is served to its end (%s)',
    async (resendUnknown) => {
      const { ask, issuer, clock, background } = await holding(1_000, { ...where(), manager: { resendUnknown } })
      await clock.advance(850 * SECOND)
      issuer.prepare(page())
      for (let second = 850; second < 1_000; second += 10) {
        expect(await ask()).toBe('one')
        await background()
        await clock.advance(10 * SECOND)
      }
      expect(issuer.requests).toHaveLength(1)
      if (resendUnknown === 'once') issuer.prepare(tokenAnswer('two'))
      expect(await ask()).toBe(resendUnknown === 'once' ? 'two' : 'reauthorization-required')
      expect(issuer.requests).toHaveLength(resendUnknown === 'once' ? 2 : 1)
    },
  )

  test('is sent once more at most, whatever comes after it', async () => {
    const { ask, issuer, clock, heard } = await holding(0, where())
    issuer.prepare(page(), page())
    expect(await ask()).toBe('malformed-response')
    await clock.advance(MINUTE)
    expect(await ask()).toBe('malformed-response')
    await clock.advance(DAY)
    expect(await ask()).toBe('reauthorization-required')
    expect(heard('refresh.resent')).toHaveLength(1)
  })

  test('is followed by acquiring at once where the inputs can', async () => {
    const { ask, issuer } = await holding(0, { ...where(), provider: {} })
    issuer.prepare(page(), tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { key: 'key-1' }])
  })

  test('is sent once more at once where the provider documents a grace period', async () => {
    const provider = { ...person, graceMs: MINUTE }
    const { ask, issuer, clock, heard, background } = await holding(1_000, { ...where(), provider })
    await clock.advance(850 * SECOND)
    issuer.prepare(page(), tokenAnswer('two'))
    expect(await ask()).toBe('one')
    await background()
    expect(await ask()).toBe('two')
    expect(heard('refresh.resent')).toHaveLength(1)
  })
})

test('the resend is in the store before it leaves, so that no other process repeats it [E2]', async () => {
  const store = sharedStore()
  const { ask, issuer, clock } = await holding(0, { store })
  issuer.prepare(page())
  expect(await ask()).toBe('malformed-response')
  await clock.advance(MINUTE)
  // It dies while its second request is on the way.
  void issuer.hold()
  void ask()
  while (issuer.requests.length < 2) await new Promise((resolve) => setImmediate(resolve))
  const other = world({ store, issuer, clock, provider: person })
  expect(await other.askPatiently()).toBe('reauthorization-required')
  expect(issuer.requests).toHaveLength(2)
})

describe('an answer of which only the refresh token can be used [E3]', () => {
  test.each<[string, Record<string, unknown>]>([
    ['an access token that has ended', { expires_in: 0 }],
    ['an end that cannot be read', { expires_in: 'soon' }],
    ['no access token', { access_token: undefined }],
    ['an access token that no header can carry', { access_token: 'a b' }],
  ])('beside %s keeps it, with the old access token to its end', async (_, fields) => {
    const { ask, issuer, clock, background } = await holding(1_000)
    await clock.advance(850 * SECOND)
    issuer.prepare(tokenAnswer('spoilt', { refresh_token: 'r2', ...fields }))
    expect(await ask()).toBe('one')
    await background()
    await clock.advance(60 * SECOND)
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r3' }))
    expect(await ask()).toBe('one')
    await background()
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r2' }])
  })

  test('is malformed to a caller without a valid token, and asked for again after the ordinary cool-down', async () => {
    const store = sharedStore()
    const { ask, issuer, clock, heard } = await holding(0, { store })
    issuer.prepare(tokenAnswer('spoilt', { refresh_token: 'r2', expires_in: 0 }))
    expect(await ask()).toBe('malformed-response')
    expect(heard('clock.skew')).toHaveLength(1)
    expect(await store.stored()).toMatchObject({ token: { accessToken: 'one', refreshToken: 'r2' } })
    await clock.advance(29 * SECOND)
    expect(await ask()).toBe('malformed-response')
    await clock.advance(SECOND)
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r2' }])
  })
})
