// Against `oidc-provider`, a certified server, with plain requests in place of a person and a browser.
import { isChaveiroError } from '@chaveiro/core'
import { createSealer, generateKey } from '@chaveiro/stores/sealer'
import { browser, type OidcServer } from '@chaveiro/test-servers/oauth'
import { describe, expect, it } from 'vitest'
import { type Asking, asking, askingServer, managerOf } from './support/asking-server.ts'

const REDIRECT_URI = 'https://app.example/callback'
const ANOTHER = { code: 'reauthorization-required', action: 'reauthorize', consent: true, provider: 'asking' }

interface Begun {
  readonly pending: string
  /** Where the server sent the person. */
  readonly callback: URL
}

/** A person goes through the pages of the server. */
async function ask({ tokens }: Asking, account = 'ana', redirectUri = REDIRECT_URI): Promise<Begun> {
  const { url, pending } = await tokens.account(account).consent.begin({ redirectUri })
  return { pending: pending.reveal(), callback: await browser().visit(new URL(url), redirectUri) }
}

async function finish({ tokens }: Asking, { callback: url, pending }: Begun, account = 'ana'): Promise<void> {
  await tokens.account(account).consent.finish({ url, pending })
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'accepted',
    (error: unknown) => (isChaveiroError(error) ? error.toJSON() : error),
  )
}

/** The same with one parameter of the callback changed; `undefined` leaves it out. */
function changed({ callback, pending }: Begun, name: string, value: string | undefined): Begun {
  const url = new URL(callback)
  if (value === undefined) url.searchParams.delete(name)
  else url.searchParams.set(name, value)
  return { callback: url, pending }
}

async function setUp(): Promise<AsyncDisposable & { server: OidcServer; shop: Asking }> {
  const server = await askingServer(REDIRECT_URI)
  const shop = managerOf(asking(server))
  return {
    server,
    shop,
    async [Symbol.asyncDispose]() {
      await shop.tokens.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

it('connects an account, which is refreshed from then on', async () => {
  await using world = await setUp()
  const { server, shop } = world
  await finish(shop, await ask(shop))
  const source = shop.tokens.account('ana')
  const token = await source.getToken()
  expect(await server.introspect(token.reveal())).toMatchObject({ active: true, scope: 'vendors:read' })
  const next = await source.getToken({ newerThan: token })
  expect(next.generation).toBe(2)
  expect(server.tokenRequests.map(({ grantType, error }) => error ?? grantType)).toEqual([
    'authorization_code',
    'refresh_token',
  ])
  expect(shop.events.map(({ type }) => type)).toEqual(['consent.done', 'refresh.started', 'refresh.done'])
})

it('a person who does not agree connects nothing', async () => {
  await using world = await setUp()
  const { server, shop } = world
  server.denyNext()
  const begun = await ask(shop)
  expect(begun.callback.searchParams.get('error')).toBe('access_denied')
  expect(await errorOf(finish(shop, begun))).toMatchObject(ANOTHER)
  expect(server.tokenRequests).toEqual([])
  expect((await shop.tokens.account('ana').status()).state).toBe('absent')
})

it('a request that the server does not accept, here one without PKCE, is a mistake of the configuration', async () => {
  await using world = await setUp()
  await using wrong = managerOf(asking(world.server, { pkce: 'unsupported' }))
  const begun = await ask(wrong)
  expect(await errorOf(finish(wrong, begun))).toMatchObject({ code: 'misconfigured', title: 'invalid_request' })
})

describe('a callback is refused before its code leaves', () => {
  it.each([
    ['with another state', 'state', 'x'.repeat(43), ANOTHER],
    ['without a state', 'state', undefined, ANOTHER],
    ['of another issuer', 'iss', 'https://evil.example', { code: 'misconfigured' }],
    ['of no issuer', 'iss', undefined, { code: 'misconfigured' }],
  ])('%s', async (_, name, value, expected) => {
    await using world = await setUp()
    const { server, shop } = world
    const begun = await ask(shop)
    expect(begun.callback.searchParams.get('iss')).toBe(server.url.origin)
    expect(await errorOf(finish(shop, changed(begun, name, value)))).toMatchObject(expected)
    expect(server.tokenRequests).toEqual([])
    // The right one still works: a link of an attacker has ended nothing.
    await finish(shop, begun)
  })

  it('with a parameter twice', async () => {
    await using world = await setUp()
    const { server, shop } = world
    const { callback, pending } = await ask(shop)
    for (const name of ['code', 'state', 'iss']) {
      const twice = new URL(callback)
      twice.searchParams.append(name, twice.searchParams.get(name) ?? '')
      expect(await errorOf(finish(shop, { callback: twice, pending }))).toMatchObject({ code: 'misconfigured' })
    }
    expect(server.tokenRequests).toEqual([])
  })

  it('at another address', async () => {
    await using world = await setUp()
    const { server, shop } = world
    const { callback, pending } = await ask(shop)
    for (const address of [
      'https://app.example/callback/..%2f',
      'https://evil.example/callback',
      'https://app.example//callback',
    ]) {
      const elsewhere = new URL(`${address}${callback.search}`)
      expect(await errorOf(finish(shop, { callback: elsewhere, pending }))).toMatchObject({ code: 'misconfigured' })
    }
    expect(server.tokenRequests).toEqual([])
  })

  it('of a mixed-up provider: each gets only its own codes', async () => {
    await using honest = await askingServer(REDIRECT_URI)
    await using evil = await askingServer(REDIRECT_URI)
    await using one = managerOf(asking(honest))
    await using two = managerOf(asking(evil, { id: 'evil' }))
    const own = await ask(one)
    // The person chose the evil one, which sent the browser on to the honest one.
    const { url, pending } = await two.tokens.account('ana').consent.begin({ redirectUri: REDIRECT_URI })
    const sentOn = new URL(honest.url)
    sentOn.pathname = '/auth'
    sentOn.search = new URL(url).search
    const callback = await browser().visit(sentOn, REDIRECT_URI)
    const mixedUp = two.tokens.account('ana').consent.finish({ url: callback, pending })
    expect(await errorOf(mixedUp)).toMatchObject({ code: 'misconfigured', provider: 'evil' })
    expect(evil.tokenRequests).toEqual([])
    // And a pending consent of one is nothing to the other.
    const foreign = two.tokens.account('ana').consent.finish({ url: own.callback, pending: own.pending })
    expect(await errorOf(foreign)).toMatchObject({ consent: true, provider: 'evil' })
  })
})

it('a code that an attacker puts into another consent is refused by PKCE', async () => {
  await using world = await setUp()
  const { server, shop } = world
  const victims = await ask(shop)
  const attackers = await ask(shop, 'attacker')
  const code = victims.callback.searchParams.get('code') ?? ''
  expect(await errorOf(finish(shop, changed(attackers, 'code', code), 'attacker'))).toMatchObject({
    ...ANOTHER,
    status: 400,
    title: 'invalid_grant',
  })
  expect(server.tokenRequests).toMatchObject([{ grantType: 'authorization_code', error: 'invalid_grant' }])
})

it('a pending consent is used once, also by two at a time', async () => {
  await using world = await setUp()
  const { server, shop } = world
  const begun = await ask(shop)
  const outcomes = await Promise.all([errorOf(finish(shop, begun)), errorOf(finish(shop, begun))])
  expect(outcomes).toContain('accepted')
  expect(outcomes).toContainEqual(expect.objectContaining({ code: 'reauthorization-required', consent: true }))
  expect(await errorOf(finish(shop, begun))).toMatchObject(ANOTHER)
  expect(server.tokenRequests).toHaveLength(1)
})

it('a code that two processes exchange is refused by the server the second time', async () => {
  await using world = await setUp()
  const { server } = world
  const sealer = createSealer({ keys: [{ id: 'test', key: generateKey() }] })
  await using one = managerOf(asking(server), { sealer })
  await using two = managerOf(asking(server), { sealer })
  const begun = await ask(one)
  await finish(two, begun)
  expect(await errorOf(finish(one, begun))).toMatchObject({ ...ANOTHER, title: 'invalid_grant' })
  expect(server.tokenRequests.map(({ error }) => error)).toEqual([undefined, 'invalid_grant'])
})

it('an answer that is lost after the server has handled it costs another consent, and no second call', async () => {
  await using world = await setUp()
  const { server, shop } = world
  const begun = await ask(shop)
  server.loseNextAnswer()
  expect(await errorOf(finish(shop, begun))).toMatchObject(ANOTHER)
  expect(await errorOf(finish(shop, begun))).toMatchObject(ANOTHER)
  expect(server.tokenRequests).toHaveLength(1)
  await finish(shop, await ask(shop))
  expect((await shop.tokens.account('ana').status()).state).toBe('fresh')
})
