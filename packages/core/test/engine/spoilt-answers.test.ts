import { describe, expect, test } from 'vitest'
import { MINUTE, type ProviderShape, SECOND, type WorldOptions, world } from '../support/engine-world.ts'
import { tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const page = () => new Response('<html>Welcome</html>')

/** An account that only a person can sign in, with the single-use refresh token `r1`; `leftMs`: of its access token. */
async function signedIn(leftMs: number, options: WorldOptions = {}) {
  const made = world({ ...options, provider: { canAcquire: false, ...options.provider } })
  await made.source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: made.clock.now() + 1_000 * SECOND })
  await made.clock.advance(1_000 * SECOND - leftMs)
  return made
}

describe('a success that cannot be read, to a refresh with a single-use token [E2]', () => {
  test('is a lost answer: the token is sent once more, and never again', async () => {
    const { issuer, ask, clock, heard } = await signedIn(0)
    issuer.prepare(page())
    expect(await ask()).toBe('malformed-response')
    await clock.advance(10 * MINUTE)
    issuer.prepare(page())
    expect(await ask()).toBe('malformed-response')
    await clock.advance(10 * MINUTE)
    expect(await ask()).toBe('reauthorization-required')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
    expect(heard('refresh.resent')).toHaveLength(1)
  })

  test('is sent again once more if a firewall answered in its place the second time [E15]', async () => {
    const { issuer, ask, clock } = await signedIn(0)
    issuer.prepare(page(), new Response('<html>Blocked</html>', { status: 403 }))
    expect(await ask()).toBe('malformed-response')
    await clock.advance(10 * MINUTE)
    expect(await ask()).toBe('unavailable')
    await clock.advance(10 * MINUTE)
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await ask()).toBe('two')
  })

  test('is not sent again where the user forbids it', async () => {
    const { issuer, ask, clock } = await signedIn(0, { manager: { resendUnknown: 'never' } })
    issuer.prepare(page())
    expect(await ask()).toBe('malformed-response')
    await clock.advance(10 * MINUTE)
    expect(await ask()).toBe('reauthorization-required')
    expect(issuer.requests).toHaveLength(1)
  })

  test('is followed by acquiring where the inputs can', async () => {
    const { issuer, ask } = await signedIn(0, { provider: { canAcquire: true } })
    issuer.prepare(page(), tokenAnswer('two'))
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { key: 'key-1' }])
  })

  test('leaves the access token in use to its end, where no grace period is documented', async () => {
    const { issuer, ask, background, clock } = await signedIn(150 * SECOND)
    issuer.prepare(page())
    expect(await ask()).toBe('one')
    await background()
    await clock.advance(149 * SECOND)
    expect(await ask()).toBe('one')
    await background()
    expect(issuer.requests).toHaveLength(1)
  })

  test('is sent once more at once within a documented grace period, while the access token still serves', async () => {
    const { issuer, ask, background } = await signedIn(150 * SECOND, { provider: { graceMs: MINUTE } })
    issuer.prepare(page(), tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await ask()).toBe('one')
    await background()
    expect(await ask()).toBe('two')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
  })
})

describe('an answer whose access token cannot be used [E3]', () => {
  const ended: ProviderShape = {
    read: (io, answer) => ({
      accessToken: answer['access_token'],
      refreshToken: answer['refresh_token'],
      expiresAt: io.now + Number(answer['expires_in']) * SECOND,
    }),
  }

  test.each<[string, Record<string, unknown>, ProviderShape]>([
    ['because it has ended', { expires_in: 0 }, ended],
    ['because no header can carry it', { access_token: 'line\nbreak' }, {}],
    ['because it is missing', { access_token: undefined }, {}],
  ])('%s still brings its refresh token, and the old access token serves on', async (_, fields, provider) => {
    const { issuer, ask, background, clock } = await signedIn(150 * SECOND, { provider })
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2', ...fields }))
    expect(await ask()).toBe('one')
    await background()
    await clock.advance(30 * SECOND)
    issuer.prepare(tokenAnswer('three', { refresh_token: 'r3' }))
    expect(await ask()).toBe('one')
    await background()
    expect(await ask()).toBe('three')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r2' }])
  })

  test('is an error for a caller that has no valid token', async () => {
    const { issuer, ask } = await signedIn(0)
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2', expires_in: 0 }))
    expect(await ask()).toBe('malformed-response')
  })

  test('is an error too where writing the claim takes time', async () => {
    const store = sharedStore()
    const { issuer, ask, clock } = await signedIn(0, { store })
    store.beforeCommit = (_, next) => {
      if (next?.includes('"claim"') === true) clock.setNow(clock.now() + 20)
    }
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2', expires_in: 'soon' }))
    expect(await ask()).toBe('malformed-response')
    expect(issuer.requests).toHaveLength(1)
  })
})
