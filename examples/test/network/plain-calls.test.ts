import { createAssineOnline } from '@chaveiro/assine-online'
import { bitizeProvider, createBitize } from '@chaveiro/bitize'
import { createTokenManager, type Fetch } from '@chaveiro/core'
import { retryFetch } from '@chaveiro/core/retry'
import { createGenpag } from '@chaveiro/genpag'
import { simulateAssineOnline, simulateBitize, simulateGenpag } from '@chaveiro/simulator'
import { expect, it } from 'vitest'

/** A fetch that refuses whatever another library's could not read, and keeps what each call said about caches. */
function strictFetch(send: Fetch): { fetch: Fetch; caches: unknown[] } {
  const caches: unknown[] = []
  const fetch: Fetch = async (...call: unknown[]) => {
    const [url, init, ...more] = call
    if (typeof url !== 'string' || more.length > 0) throw new TypeError('A call has a URL as text, and an init.')
    if (typeof init !== 'object' || init === null || Object.getPrototypeOf(init) !== Object.prototype) {
      throw new TypeError('The init is a plain object.')
    }
    const { headers, cache }: { headers?: unknown; cache?: unknown } = init
    if (typeof headers !== 'object' || headers === null || Object.getPrototypeOf(headers) !== Object.prototype) {
      throw new TypeError('The headers are plain.')
    }
    caches.push(cache)
    return send(url, init)
  }
  return { fetch, caches }
}

it('every call of Bitize’s client and of a manager is a URL and a plain init that says no-store', async () => {
  const simulator = simulateBitize()
  const { consumerKey, secretKey } = simulator.credentials
  const { fetch, caches } = strictFetch(simulator.fetch)
  await using bitize = createBitize({ server: simulator.url, consumerKey, secretKey, fetch })
  const request = new Request(new URL('/vendors', simulator.url), { method: 'POST', body: '{"name":"a"}' })
  request.headers.set('content-type', 'application/json')
  const answers = [
    await bitize.fetch('/vendors'),
    await bitize.fetch(new URL('/vendors', simulator.url)),
    await bitize.fetch(request),
    await bitize.fetch.with({ retry: false })('/vendors'),
    (await bitize.api.POST('/auth', { body: { consumer_key: consumerKey, secret_key: secretKey } })).response,
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
  simulator.revoke()
  expect((await bitize.fetch('/vendors')).status).toBe(200)
  await bitize.end()

  const provider = bitizeProvider({ server: simulator.url })
  await using tokens = createTokenManager({ provider, credentials: () => ({ consumerKey, secretKey }), fetch })
  expect(await tokens.warm(['one', 'two'])).toMatchObject({ failed: [] })
  expect(caches.length).toBeGreaterThan(9)
  expect(new Set(caches)).toEqual(new Set(['no-store']))
})

it('and so is every call of Genpag’s client', async () => {
  const simulator = simulateGenpag()
  const { fetch, caches } = strictFetch(simulator.fetch)
  const { sellerId, refreshToken } = simulator.credentials
  await using genpag = createGenpag({ server: simulator.url, sellerId, refreshToken, fetch })
  expect((await genpag.fetch(`/api/sellers/${sellerId}/orders`)).status).toBe(200)
  expect(caches).toEqual(['no-store', 'no-store'])
})

it('and of Assine Online’s: logins, lists, revocations, signing out', async () => {
  const simulator = simulateAssineOnline()
  const { fetch, caches } = strictFetch(simulator.fetch)
  const { username, password } = simulator.credentials
  await using assine = createAssineOnline({ server: simulator.url, username, password, fetch })
  await assine.getToken()
  await assine.user()
  const { id = '' } = await assine.applicationTokens.create()
  await assine.applicationTokens.revoke(id)
  expect(await assine.applicationTokens.list()).toHaveLength(2)
  await assine.end()
  await assine.signOut()
  expect(simulator.tokens.filter(({ state }) => state === 'live')).toEqual([])
  expect(new Set(caches)).toEqual(new Set(['no-store']))
})

it('retryFetch calls a given fetch in the same way, and says nothing about caches by itself', async () => {
  const { fetch, caches } = strictFetch(async () => new Response())
  const inputs = ['https://a.example/', new URL('https://a.example/'), new Request('https://a.example/')]
  for (const input of inputs) expect((await retryFetch(fetch)(input)).status).toBe(200)
  expect(caches).toEqual([undefined, undefined, 'default'])
})

it('a caller who says how the API’s answer is to be kept has the last word', async () => {
  const simulator = simulateBitize()
  const { fetch, caches } = strictFetch(simulator.fetch)
  await using bitize = createBitize({ server: simulator.url, ...simulator.credentials, fetch })
  expect((await bitize.fetch('/vendors', { cache: 'force-cache' })).status).toBe(200)
  expect(caches).toEqual(['no-store', 'force-cache'])
})
