import { FakeClock } from '@chaveiro/core/testing'
import { createSealer, generateKey } from '@chaveiro/stores/sealer'
import { describeWith } from '@chaveiro/test-servers'
import { expect, it } from 'vitest'
import { SHOP_HOST } from './support/chromium-world.ts'
import { shopInChromium, TRY_AGAIN } from './support/shop-in-chromium.ts'

describeWith(['chromium', 'openssl'], 'the example of a web server, in Chromium', () => {
  const world = shopInChromium()
  const { at, pagesOf, managed, signInAs, shown, press, connect, agreed, pendingCookie, putPending, codes } = world

  it('connects the account, and shows a page whose address has no code', async () => {
    await connect()
    await world.page.waitForURL(at('/'))
    expect(await shown()).toBe('home')
    expect(world.page.url()).not.toMatch(/code|state|iss/)
    const token = await world.tool.tokens.account('ana').getToken()
    expect(await world.server.introspect(token.reveal())).toMatchObject({ active: true })
    // Nor does a page before it have one.
    await world.page.goBack()
    expect(world.page.url()).not.toContain('code=')
  })

  it('asks with PKCE by S256 and a state, and is told the issuer', async () => {
    const asked = world.page.waitForRequest((request) => request.url().startsWith(`${world.server.url.href}auth?`))
    const { callback } = await agreed()
    const query = Object.fromEntries(new URL((await asked).url()).searchParams)
    expect(query).toMatchObject({
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: callback.searchParams.get('state'),
    })
    expect(callback.searchParams.get('iss')).toBe(world.server.url.origin)
  })

  it('the cookie comes back from another site, to the callback only, and no script reads it', async () => {
    await world.page.goto(at('/connect'))
    expect(await pendingCookie()).toMatchObject({
      path: '/callback',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      domain: SHOP_HOST,
    })
    expect(new URL(world.page.url()).hostname).not.toBe(SHOP_HOST)
    await press('Agree')
    await world.page.waitForURL(at('/'))
    expect(await world.page.evaluate(() => document.cookie)).toBe('')
    expect(await pendingCookie()).toBeUndefined()
    expect(world.shop.requests().map(({ path, cookie }) => [path, /pending=/.test(cookie)])).toEqual([
      ['/connect', false],
      ['/callback', true],
      ['/', false],
    ])
  })

  it('a cookie with SameSite=Strict would not come back', async () => {
    const pages = pagesOf(world.tool)
    world.shop.listener = (request, response) => {
      const set = response.setHeader.bind(response)
      response.setHeader = (name, value) =>
        set(name, typeof value === 'string' ? value.replace('Lax', 'Strict') : value)
      pages(request, response)
    }
    await connect()
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual([])
  })

  it('a person who says no may try again at once', async () => {
    await world.page.goto(at('/connect'))
    await press('Deny')
    expect(await shown()).toBe(TRY_AGAIN)
    await world.page.getByRole('link', { name: 'Try again' }).click()
    await press('Agree')
    await world.page.waitForURL(at('/'))
    expect(codes()).toEqual([undefined])
  })

  it('a reload of the callback, also with its cookie put back, sends no code again', async () => {
    const { callback, pending } = await agreed()
    await world.page.goto(callback.href)
    expect(world.page.url()).toBe(at('/'))
    for (const restore of [false, true]) {
      if (restore) await putPending(pending)
      await world.page.goto(callback.href)
      expect(await shown()).toBe(TRY_AGAIN)
    }
    expect(codes()).toEqual([undefined])
  })

  it('a code that reaches two processes is refused by the provider the second time', async () => {
    const sealer = createSealer({ keys: [{ id: 'test', key: generateKey() }] })
    await using one = managed({ sealer })
    await using two = managed({ sealer })
    world.shop.listener = pagesOf(one)
    const { callback, pending } = await agreed()
    await world.page.goto(callback.href)
    expect(world.page.url()).toBe(at('/'))
    world.shop.listener = pagesOf(two)
    await putPending(pending)
    await world.page.goto(callback.href)
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual([undefined, 'invalid_grant'])
  })

  it('one that is over ten minutes old is refused', async () => {
    const clock = new FakeClock({ now: Date.now() })
    await using slow = managed({ clock })
    world.shop.listener = pagesOf(slow)
    const { callback } = await agreed()
    await clock.advance(600_000)
    await world.page.goto(callback.href)
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual([])
  })

  it('one of another account is refused, and connects neither', async () => {
    const { callback } = await agreed()
    await signInAs('bia')
    await world.page.goto(callback.href)
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual([])
    for (const user of ['ana', 'bia']) expect((await world.tool.tokens.account(user).status()).state).toBe('absent')
  })

  it('writes what failed and for whom, without a code, a state or a token', async () => {
    const { callback } = await agreed()
    const secrets = ['code', 'state'].map((name) => callback.searchParams.get(name) ?? '')
    callback.searchParams.set('iss', 'https://evil.example')
    await world.page.goto(callback.href)
    expect(world.written).toEqual([expect.stringContaining('asking, account "ana"')])
    for (const secret of secrets) expect(world.written.join()).not.toContain(secret)
  })
})
