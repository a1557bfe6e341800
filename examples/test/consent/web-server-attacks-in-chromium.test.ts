import { createSealer, generateKey } from '@chaveiro/stores/sealer'
import { describeWith } from '@chaveiro/test-servers'
import { loopback } from '@chaveiro/test-servers/oauth'
import { expect, it } from 'vitest'
import { asking, managerOf } from './support/asking-server.ts'
import { SHOP_HOST } from './support/chromium-world.ts'
import { shopInChromium, TRY_AGAIN, TRY_LATER } from './support/shop-in-chromium.ts'

describeWith(['chromium', 'openssl'], 'attacks on the example of a web server, in Chromium', () => {
  const world = shopInChromium()
  const { at, pagesOf, managed, shown, press, connect, agreed, putPending, codes } = world

  it('a pending consent that was tampered with is refused, and the right one stays open', async () => {
    const { callback, pending } = await agreed()
    const changed = pending.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'))
    for (const other of [changed, '', `${pending}A`]) {
      await putPending(other)
      await world.page.goto(callback.href)
      expect(await shown()).toBe(TRY_AGAIN)
    }
    expect(codes()).toEqual([])
    await putPending(pending)
    await world.page.goto(callback.href)
    expect(world.page.url()).toBe(at('/'))
  })

  it('a sealed one that was tampered with is refused', async () => {
    await using sealed = managed({ sealer: createSealer({ keys: [{ id: 'test', key: generateKey() }] }) })
    world.shop.listener = pagesOf(sealed)
    const { callback, pending } = await agreed()
    const middle = Math.floor(pending.length / 2)
    const letter = pending[middle] === 'A' ? 'B' : 'A'
    await putPending(`${pending.slice(0, middle)}${letter}${pending.slice(middle + 1)}`)
    await world.page.goto(callback.href)
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual([])
  })

  it("an attacker's callback does not connect the victim to the attacker's account", async () => {
    const { callback } = await agreed()
    const victim = await (await world.chromium.newContext({ ignoreHTTPSErrors: true })).newPage()
    try {
      await victim.context().addCookies([{ name: 'user', value: 'bia', url: world.shop.origin }])
      await victim.goto(at('/connect'))
      await victim.goto(callback.href)
      expect(await victim.locator('body').textContent()).toBe(TRY_AGAIN)
    } finally {
      await victim.context().close()
    }
    expect(codes()).toEqual([])
  })

  it('the code of another consent is refused by PKCE', async () => {
    const first = await agreed()
    // The provider knows the person by now, and doesn't ask again.
    const second = await world.shop.caught('/callback', () => world.page.goto(at('/connect')))
    second.searchParams.set('code', first.callback.searchParams.get('code') ?? '')
    await world.page.goto(second.href)
    expect(await shown()).toBe(TRY_AGAIN)
    expect(codes()).toEqual(['invalid_grant'])
  })

  it('leads to no address that came along: it is not an open redirector', async () => {
    const asked: string[] = []
    world.page.on('request', (request) => asked.push(new URL(request.url()).hostname))
    await world.page.goto(
      at('/connect?next=https://evil.example/&redirect_uri=https://evil.example/&return=//evil.example'),
    )
    const callback = await world.shop.caught('/callback', () => press('Agree'))
    for (const name of ['next', 'return_to', 'redirect_uri', 'error_uri']) {
      callback.searchParams.set(name, 'https://evil.example/<script>')
    }
    await world.page.goto(callback.href)
    expect(world.page.url()).toBe(at('/'))
    await world.page.goto(callback.href)
    expect(await world.page.content()).not.toMatch(/evil|script/)
    expect(new Set(asked)).toEqual(new Set([SHOP_HOST, world.server.url.hostname]))
  })

  it('a callback with a parameter twice is refused, and its code not sent', async () => {
    const { callback, pending } = await agreed()
    for (const name of ['code', 'state', 'iss', 'extra']) {
      const twice = new URL(callback)
      for (const _ of [1, 2]) twice.searchParams.append(name, twice.searchParams.get(name) ?? 'x')
      await putPending(pending)
      await world.page.goto(twice.href)
      expect(await shown()).toBe(TRY_LATER)
    }
    expect(codes()).toEqual([])
    await putPending(pending)
    await world.page.goto(callback.href)
    expect(world.page.url()).toBe(at('/'))
  })

  it('a callback with another state, another issuer or none is refused before its code leaves', async () => {
    const { callback, pending } = await agreed()
    for (const [name, value, text] of [
      ['state', 'x'.repeat(43), TRY_AGAIN],
      ['iss', 'https://evil.example', TRY_LATER],
      ['iss', undefined, TRY_LATER],
    ] as const) {
      const changed = new URL(callback)
      changed.searchParams.delete(name)
      if (value !== undefined) changed.searchParams.set(name, value)
      await putPending(pending)
      await world.page.goto(changed.href)
      expect(await shown()).toBe(text)
    }
    expect(codes()).toEqual([])
  })

  it('a mixed-up provider gets no code of the one that it sends the person on to', async () => {
    const received: string[] = []
    await using evil = await loopback(() => (request, response) => {
      received.push(request.url ?? '')
      const { search } = new URL(request.url ?? '', world.server.url)
      response.writeHead(303, { location: `${new URL('/auth', world.server.url)}${search}` }).end()
    })
    await using fooled = managerOf(asking(evil, { id: 'evil' }))
    world.shop.listener = pagesOf(fooled)
    await connect()
    expect(await shown()).toBe(TRY_LATER)
    expect(received).toEqual([expect.stringMatching(/^\/auth\?/)])
    expect(codes()).toEqual([])
  })
})
