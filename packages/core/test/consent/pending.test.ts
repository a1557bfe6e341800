import type { TokenManagerOptions } from '@chaveiro/core'
import type { PendingSealer } from '@chaveiro/core/consent'
import { shared } from '@chaveiro/core/shared'
import { describe, expect, test } from 'vitest'
import { isSameText } from '../../src/consent/random-texts.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { base64url, binaryOf } from '../support/base64.ts'
import { deferred } from '../support/deferred.ts'
import { scriptedIssuer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'
import { type Client, type ConsentWorldOptions, consentWorld, refusal } from './consent-world.ts'

const ANOTHER = 'reauthorization-required, consent'
const MINUTE = 60_000
const token = () => Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 600 })

/** AES-GCM with the context as additional data, as `createSealer()` makes one. */
async function testSealer(): Promise<PendingSealer> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const algorithm = (iv: Uint8Array<ArrayBuffer>, context: string) => {
    return { name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(context) }
  }
  return {
    async seal(text, context) {
      const iv = crypto.getRandomValues(new Uint8Array(12))
      const sealed = await crypto.subtle.encrypt(algorithm(iv, context.key), key, new TextEncoder().encode(text))
      return base64url(new Uint8Array([...iv, ...new Uint8Array(sealed)]))
    },
    async open(sealed, context) {
      try {
        const bytes = Uint8Array.from(binaryOf(sealed), (one) => one.charCodeAt(0))
        const plain = await crypto.subtle.decrypt(algorithm(bytes.slice(0, 12), context.key), key, bytes.slice(12))
        return new TextDecoder().decode(plain)
      } catch {
        return undefined
      }
    },
  }
}

type Keeping = Partial<TokenManagerOptions<Client>>

const places: readonly [string, () => Promise<Keeping>][] = [
  ['in this process', async () => ({})],
  ['in a store', async () => ({ store: shared(sharedStore()) })],
  ['sealed', async () => ({ sealer: await testSealer() })],
  ['sealed, with a store', async () => ({ sealer: await testSealer(), store: shared(sharedStore()) })],
]

describe.each(places)('a pending consent %s', (_, keeping) => {
  const world = async (options: ConsentWorldOptions = {}) =>
    consentWorld({ ...options, manager: { ...(await keeping()), ...options.manager } })

  test('is good for one finish()', async () => {
    const { begin, issuer } = await world()
    const { finish } = await begin()
    issuer.prepare(token())
    await finish()
    expect(await refusal(finish())).toBe(ANOTHER)
  })

  test('is good for one of two that run at once', async () => {
    let arrived = 0
    const both = deferred<void>()
    const { begin, issuer } = await world({
      request: {
        async exchange(io) {
          arrived += 1
          if (arrived === 2) both.resolve()
          await both.promise
          await io.fetch('https://issuer.example/token', { method: 'POST' })
          return { accessToken: 'access-1' }
        },
      },
    })
    const { finish } = await begin()
    issuer.prepare(token())
    const outcomes = await Promise.all([refusal(finish()), refusal(finish())])
    expect(outcomes.toSorted()).toEqual(['accepted', ANOTHER])
    expect(issuer.requests).toHaveLength(1)
  })

  test('is good for ten minutes', async () => {
    const { begin, issuer, clock } = await world()
    const early = await begin()
    const late = await begin()
    issuer.prepare(token())
    await clock.advance(10 * MINUTE - 1)
    await early.finish()
    await clock.advance(1)
    expect(await refusal(late.finish())).toBe(ANOTHER)
  })

  test('that was tampered with is refused', async () => {
    const { begin, manager } = await world()
    const { callback, pending } = await begin()
    const url = callback({ code: 'code-1' })
    for (const at of [0, 5, pending.length - 2]) {
      const tampered = pending.slice(0, at) + (pending[at] === 'A' ? 'B' : 'A') + pending.slice(at + 1)
      expect(await refusal(manager.account('ana').consent.finish({ url, pending: tampered }))).toBe(ANOTHER)
    }
    expect(await refusal(manager.account('ana').consent.finish({ url, pending: '' }))).toBe(ANOTHER)
  })

  test('of another account is refused, and still good for its own', async () => {
    const { begin, issuer, manager } = await world()
    const { callback, pending, finish } = await begin()
    const url = callback({ code: 'code-1' })
    for (const other of ['bia', { tenant: 'ana', account: '2' }, { tenant: 'ana', scopes: ['a'] }])
      expect(await refusal(manager.account(other).consent.finish({ url, pending }))).toBe(ANOTHER)
    issuer.prepare(token())
    await finish()
  })

  test('of another provider, server, client or namespace is refused', async () => {
    const options = await keeping()
    const { begin } = consentWorld({ manager: options })
    const { callback, pending } = await begin()
    const url = callback({ code: 'code-1' })
    const others: ConsentWorldOptions[] = [
      { provider: { id: 'mixed-up' } },
      { provider: { server: new URL('https://sandbox.example') } },
      { manager: { credentials: () => ({ clientId: 'another', clientSecret: 'x' }) } },
      { manager: { namespace: 'another' } },
    ]
    for (const other of others) {
      const { manager } = consentWorld({ ...other, manager: { ...options, ...other.manager } })
      expect(await refusal(manager.account('ana').consent.finish({ url, pending }))).toBe(ANOTHER)
    }
  })

  test('has neither the state nor the verifier in it', async () => {
    const { begin } = await world()
    const { pending, query } = await begin()
    expect(binaryOf(pending)).not.toContain(query['state'])
  })
})

test('with a store, another process finishes, and none a second time', async () => {
  const store = sharedStore()
  const clock = new FakeClock()
  const issuer = scriptedIssuer()
  const processes = [0, 1, 2].map(() => consentWorld({ clock, issuer, manager: { store: shared(store) } }))
  const [one, two, three] = processes
  if (!one || !two || !three) throw new Error('There are three.')
  const { callback, pending } = await one.begin()
  const finish = { url: callback({ code: 'code-1' }), pending }
  issuer.prepare(token())
  await two.manager.account('ana').consent.finish(finish)
  expect(await refusal(three.manager.account('ana').consent.finish(finish))).toBe(ANOTHER)
  expect(await refusal(one.manager.account('ana').consent.finish(finish))).toBe(ANOTHER)
  // The record of the consent is gone, that of the token is there.
  expect(store.records.size).toBe(1)
  expect((await one.manager.account('ana').getToken()).reveal()).toBe('access-1')
})

test('sealed without a store, another process finishes, and each notices its own second time', async () => {
  const sealer = await testSealer()
  const one = consentWorld({ manager: { sealer } })
  const two = consentWorld({ manager: { sealer } })
  const { callback, pending } = await one.begin()
  const finish = { url: callback({ code: 'code-1' }), pending }
  two.issuer.prepare(token())
  await two.manager.account('ana').consent.finish(finish)
  expect(await refusal(two.manager.account('ana').consent.finish(finish))).toBe(ANOTHER)
})

test('in a store, its record can’t be found by what the browser has not', async () => {
  const store = sharedStore()
  const { begin } = consentWorld({ manager: { store: shared(store) } })
  const { pending } = await begin()
  const keys = [...store.records.keys()]
  expect(keys).toEqual([expect.stringMatching(/^[\da-f]{64}$/)])
  expect(keys).not.toContain(pending)
})

test('a record of a consent that no person comes back for is given ten minutes', async () => {
  const store = sharedStore()
  const lives: unknown[] = []
  const commit: typeof store.commit = (key, next, expect, options) => {
    lives.push(options?.ttlMs)
    return store.commit(key, next, expect, options)
  }
  const { begin } = consentWorld({ manager: { store: shared({ ...store, commit }) } })
  await begin()
  expect(lives).toEqual([10 * MINUTE])
})

test('a store that fails keeps the code from leaving', async () => {
  const store = sharedStore()
  const { begin, issuer, manager } = consentWorld({ manager: { store: shared(store) } })
  const { callback, pending } = await begin()
  const broken = consentWorld({
    issuer,
    manager: { store: shared({ ...store, commit: () => Promise.reject(new Error('down')) }) },
  })
  const finish = { url: callback({ code: 'code-1' }), pending }
  expect(await refusal(broken.manager.account('ana').consent.finish(finish))).toBe('store')
  expect(issuer.requests).toEqual([])
  issuer.prepare(token())
  await manager.account('ana').consent.finish(finish)
})

test('a sealer that throws is an error of the store without its words', async () => {
  const sealer = { seal: () => Promise.reject(new Error('key 123')), open: () => Promise.reject(new Error('key 123')) }
  const { begin, manager, redirectUri } = consentWorld({ manager: { sealer } })
  await expect(begin()).rejects.toThrow('The sealer of pending consents failed.')
  const finish = { url: redirectUri, pending: 'x' }
  await expect(manager.account('ana').consent.finish(finish)).rejects.toThrow('The sealer of pending consents failed.')
})

test('in this process, the oldest of very many is forgotten', async () => {
  const { begin, manager, redirectUri, issuer } = consentWorld()
  const oldest = await begin()
  const { consent } = manager.account('ana')
  for (let count = 0; count < 9_999; count += 1) await consent.begin({ redirectUri })
  const newest = await begin()
  expect(await refusal(oldest.finish())).toBe(ANOTHER)
  issuer.prepare(token())
  await newest.finish()
})

test('a pending consent that is not one is a mistake of the caller', async () => {
  const { manager, redirectUri } = consentWorld()
  const finish: { url: string; pending: string } = JSON.parse(`{"url":"${redirectUri}","pending":7}`)
  await expect(manager.account('ana').consent.finish(finish)).rejects.toThrow('Option pending is what begin() gave.')
})

test.each([
  ['abc', 'abc', true],
  ['abc', 'abd', false],
  ['abc', 'ab', false],
  ['ab', 'abc', false],
  ['', '', true],
])('%s and %s: the same is %s', (one, other, expected) => {
  expect(isSameText(one, other)).toBe(expected)
})
