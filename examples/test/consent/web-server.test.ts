import type { RequestListener } from 'node:http'
import { browser, type Loopback, loopback, type OidcServer } from '@chaveiro/test-servers/oauth'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { webConsent } from '../../consent/web-server.ts'
import { type Asking, asking, askingServer, managerOf } from './support/asking-server.ts'

let app: Loopback
let server: OidcServer
let shop: Asking
let user: string | undefined
let written: string[]

beforeEach(async () => {
  let listener: RequestListener = (_, response) => void response.end()
  app = await loopback(() => (request, response) => {
    if (request.url === '/') response.end('home')
    else listener(request, response)
  })
  server = await askingServer(new URL('/callback', app.url).href)
  shop = managerOf(asking(server))
  listener = webConsent({ tokens: shop.tokens, publicOrigin: app.url.origin, userOf: () => user })
  user = 'ana'
  written = []
  vi.spyOn(console, 'error').mockImplementation((...values) => void written.push(values.map(String).join(' ')))
})

afterEach(async () => {
  await shop.tokens.close()
  await server[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

const at = (path: string): URL => new URL(path, app.url)

it('connects the account of the user who is signed in', async () => {
  const page = await browser().read(at('/connect'))
  expect([page.url.href, page.text]).toEqual([at('/').href, 'home'])
  const token = await shop.tokens.account('ana').getToken()
  expect(await server.introspect(token.reveal())).toMatchObject({ active: true })
})

it('keeps the pending consent in a cookie for the callback only, and clears it there', async () => {
  const begun = await fetch(at('/connect'), { redirect: 'manual' })
  expect(begun.headers.get('set-cookie')).toMatch(
    /^pending=[\w-]+; Path=\/callback; Max-Age=600; HttpOnly; SameSite=Lax$/,
  )
  const ended = await fetch(at('/callback'), { redirect: 'manual' })
  expect(ended.headers.get('set-cookie')).toMatch(/^pending=; Path=\/callback; Max-Age=0;/)
})

it('over https, the cookie is Secure', async () => {
  const listener = webConsent({ tokens: shop.tokens, publicOrigin: 'https://shop.example', userOf: () => 'ana' })
  await using secure = await loopback(() => listener)
  const begun = await fetch(new URL('/connect', secure.url), { redirect: 'manual' })
  expect(begun.headers.get('set-cookie')).toMatch(/; Secure$/)
})

it("an attacker's callback does not connect the victim to the attacker's account", async () => {
  const attackers = await browser().visit(at('/connect'), at('/callback').href)
  const victim = browser()
  // The victim has begun too, or has not.
  await victim.visit(at('/connect'), server.url.origin)
  for (const someone of [victim, browser()]) {
    const page = await someone.read(attackers)
    expect(page.status).toBe(400)
    expect(page.text).toContain('Try again')
  }
  expect(server.tokenRequests).toEqual([])
  expect((await shop.tokens.account('ana').status()).state).toBe('absent')
})

it('a person who signs in as another user in between connects nothing', async () => {
  const someone = browser()
  const callback = await someone.visit(at('/connect'), at('/callback').href)
  user = 'bia'
  expect((await someone.read(callback)).status).toBe(400)
  expect(server.tokenRequests).toEqual([])
  user = undefined
  expect((await someone.read(callback)).status).toBe(401)
})

it('a reload of the callback is refused, and shows nothing of the address', async () => {
  const someone = browser()
  const callback = await someone.visit(at('/connect'), at('/callback').href)
  expect((await someone.read(callback)).text).toBe('home')
  callback.searchParams.set('next', 'https://evil.example/<script>')
  const again = await someone.read(callback)
  expect(again.status).toBe(400)
  expect(again.text).not.toMatch(/evil|script/)
  expect(again.headers.get('location')).toBeNull()
})

it('a person who says no may try again', async () => {
  server.denyNext()
  const someone = browser()
  const page = await someone.read(at('/connect'))
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('<a href="/connect">Try again</a>')])
  expect(written).toEqual([expect.stringContaining('asking, account "ana": The person did not agree.')])
  expect((await someone.read(at('/connect'))).text).toBe('home')
})
