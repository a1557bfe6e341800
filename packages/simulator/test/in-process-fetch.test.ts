import { getEventListeners, setMaxListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { simulateBitize } from '../src/index.ts'
import { causeCode, createClient, errorOf } from './bitize-client.ts'

describe('the in-process fetch', () => {
  it('answers for the origin that it is given', async () => {
    const bitize = simulateBitize({ url: new URL('https://api.bitize.com.br/v1?x') })
    const response = await bitize.fetch('https://api.bitize.com.br/vendors')
    expect([bitize.url.href, response.status]).toEqual(['https://api.bitize.com.br/', 401])
  })

  it.each([
    'https://api.bitize.io/auth',
    'http://bitize.simulator.test/auth',
    'https://bitize.simulator.test:8443/auth',
  ])('knows no host for %s', async (url) => {
    const bitize = simulateBitize()
    expect(causeCode(await errorOf(bitize.fetch(url)))).toBe('ENOTFOUND')
    expect(bitize.count()).toBe(0)
  })

  it('takes a string, a URL, or a Request with its body', async () => {
    const bitize = simulateBitize()
    const url = new URL('/auth', bitize.url)
    const { consumerKey, secretKey } = bitize.credentials
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ consumer_key: consumerKey, secret_key: secretKey }),
    }
    expect((await bitize.fetch(url, init)).status).toBe(200)
    expect((await bitize.fetch(url.href, init)).status).toBe(200)
    expect((await bitize.fetch(new Request(url, init))).status).toBe(200)
  })

  it('lets init override a Request, its signal included', async () => {
    const bitize = simulateBitize()
    const request = new Request(new URL('/vendors', bitize.url), { signal: AbortSignal.abort() })
    expect(await errorOf(bitize.fetch(request))).toMatchObject({ name: 'AbortError' })
    expect((await bitize.fetch(request, { signal: null })).status).toBe(401)
    await bitize.fetch(request, { method: 'DELETE', signal: new AbortController().signal })
    expect(bitize.requests.map(({ method }) => method)).toEqual(['GET', 'DELETE'])
  })

  it('rejects with the reason of an aborted signal before anything is received', async () => {
    const bitize = simulateBitize()
    const reason = new Error('changed my mind')
    expect(await errorOf(bitize.fetch(bitize.url, { signal: AbortSignal.abort(reason) }))).toBe(reason)
    expect(bitize.count()).toBe(0)
  })

  it('leaves no listener on a signal that many calls share', async () => {
    const timer = (callback: () => void): (() => void) => {
      callback()
      return () => {}
    }
    const bitize = simulateBitize({ clock: { now: () => 0, timer } })
    const { signal } = new AbortController()
    setMaxListeners(0, signal)
    bitize.faults.next({ kind: 'delay', delayMs: 1, times: 20 })
    await Promise.all(Array.from({ length: 20 }, () => bitize.fetch(bitize.url, { signal })))
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('follows redirects within its origin as fetch does', async () => {
    const bitize = simulateBitize()
    const client = createClient(bitize.fetch, bitize.url, bitize.credentials)
    const { access_token } = await client.tokens()
    bitize.faults.next({ kind: 'redirect', location: '/vendors', status: 307 })
    const kept = await client.api('/moved', access_token, { method: 'POST', body: '{"name":"Padaria"}' })
    expect([kept.status, bitize.vendors.length]).toEqual([200, 1])

    bitize.faults.next({ kind: 'redirect', location: '/vendors', status: 303 })
    const turned = await client.api('/moved', access_token, { method: 'POST', body: '{"name":"Padaria"}' })
    expect([turned.status, bitize.vendors.length]).toEqual([200, 1])
    expect(bitize.requests.slice(-2).map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /moved',
      'GET /vendors',
    ])
  })

  it('does not follow where redirects lead away, nowhere, or are not wanted', async () => {
    const bitize = simulateBitize()
    bitize.faults.next({ kind: 'redirect', location: 'https://elsewhere.test/' })
    expect(causeCode(await errorOf(bitize.fetch(bitize.url)))).toBe('ENOTFOUND')
    bitize.faults.next({ kind: 'redirect', location: '/' })
    expect(await errorOf(bitize.fetch(bitize.url, { redirect: 'error' }))).toBeInstanceOf(TypeError)
    bitize.faults.next({ kind: 'redirect', location: '/', times: 21 })
    expect(await errorOf(bitize.fetch(bitize.url))).toBeInstanceOf(TypeError)
    expect(bitize.faults.unused()).toEqual([])
  })
})
