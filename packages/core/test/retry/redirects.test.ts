import { describe, expect, test } from 'vitest'
import { attemptsOf, retryFetch } from '../../src/retry/index.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { deferred } from '../support/deferred.ts'
import { arrivals, type HopAnswer, redirectedTo } from '../support/redirected-post.ts'
import { closedPort, httpServer } from './loopback.ts'
import { withoutWaiting } from './without-waiting.ts'

const ORDER = { method: 'POST', body: '{"amount":100}', headers: { 'content-type': 'application/json' } }

describe('a POST that was redirected to a GET is not posted again', () => {
  test.each<[string, HopAnswer]>([
    ['425', 425],
    ['429', 429],
    ['500', 500],
    ['lost connection', 'reset'],
  ])('when the GET meets a %s: the GET is sent again', async (_name, outcome) => {
    const { url, received } = await httpServer(redirectedTo(303, [outcome]))
    const response = await retryFetch(fetch, withoutWaiting())(`${url}/orders`, ORDER)
    expect([response.status, response.redirected, response.url]).toEqual([200, true, `${url}/done`])
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
    expect(received[2]?.headers['content-type']).toBeUndefined()
  })

  test.each([301, 302, 303])('with a %d and an Idempotency-Key', async (status) => {
    const { url, received } = await httpServer(redirectedTo(status, [503]))
    await retryFetch(fetch, withoutWaiting())(`${url}/orders`, { ...ORDER, headers: { 'idempotency-key': 'k1' } })
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
  })

  test.each(['PATCH', 'PUT', 'DELETE'])('nor a %s that met a 303', async (method) => {
    const { url, received } = await httpServer(redirectedTo(303, [429]))
    await retryFetch(fetch, withoutWaiting())(`${url}/orders`, { method })
    expect(arrivals(received)).toEqual([`${method} /orders`, 'GET /done', 'GET /done'])
  })

  test('when no server listens where the GET leads', async () => {
    const gone = await closedPort()
    const { url, received } = await httpServer(redirectedTo(303, [], { location: () => gone }))
    const error = await retryFetch(fetch, withoutWaiting())(`${url}/orders`, ORDER).catch((thrown: unknown) => thrown)
    expect(attemptsOf(error)).toMatchObject({ attempts: 3, giveUp: 'attempts' })
    expect(arrivals(received)).toEqual(['POST /orders'])
  })

  test('when the GET times out', async () => {
    const silent = deferred<void>()
    const clock = new FakeClock()
    const { url, received } = await httpServer(redirectedTo(303, ['silence'], { onSilence: () => silent.resolve() }))
    const call = retryFetch(fetch, { clock, baseMs: 0 })(`${url}/orders`, ORDER)
    await silent.promise
    await clock.advance(30_000)
    expect((await call).status).toBe(200)
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
  })

  test('from a Request, with its headers', async () => {
    const { url, received } = await httpServer(redirectedTo(303, [429]))
    const request = new Request(`${url}/orders`, { ...ORDER, headers: { 'x-own': '1' } })
    expect((await retryFetch(fetch, withoutWaiting())(request)).status).toBe(200)
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
    expect(received.map(({ headers }) => headers['x-own'])).toEqual(['1', '1', '1'])
  })
})

describe('a redirect is followed as fetch follows it', () => {
  test('to another origin without credentials, there and in what follows', async () => {
    const other = await httpServer((response, { path }) => {
      if (path === '/done') response.writeHead(302, { location: '/end' }).end()
      else response.end('end')
    })
    const { url } = await httpServer(redirectedTo(303, [], { location: (path) => other.url + path }))
    const headers = { authorization: 'Bearer mine', cookie: 'a=1', 'proxy-authorization': 'Basic x', 'x-own': '1' }
    const response = await retryFetch(fetch, withoutWaiting())(`${url}/orders`, { ...ORDER, headers })
    expect(await response.text()).toBe('end')
    for (const { headers: arrived } of other.received) {
      expect(arrived).toMatchObject({ 'x-own': '1' })
      expect(Object.keys(arrived).filter((name) => /^(authorization|cookie|proxy-authorization)$/.test(name))).toEqual(
        [],
      )
    }
  })

  test('to the same origin with them', async () => {
    const { url, received } = await httpServer(redirectedTo(307, []))
    await retryFetch(fetch, withoutWaiting())(`${url}/orders`, { ...ORDER, headers: { authorization: 'Bearer mine' } })
    expect(received.map(({ headers, body }) => [headers.authorization, String(body)])).toEqual(
      Array(2).fill(['Bearer mine', ORDER.body]),
    )
  })

  test.each(['http://[', 'ftp://a.example/', 'data:text/plain,x', 'http://user:pass@a.example/'])(
    'to %s it is a TypeError after one attempt, as with fetch',
    async (location) => {
      const { url, received } = await httpServer(redirectedTo(303, [], { location: () => location }))
      const error = await retryFetch(fetch, withoutWaiting())(`${url}/orders`, ORDER).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(TypeError)
      expect(attemptsOf(error)).toMatchObject({ attempts: 1, giveUp: 'not-retryable' })
      expect(received).toHaveLength(1)
    },
  )

  test('at most 20 times', async () => {
    const { url, received } = await httpServer((response) => void response.writeHead(307, { location: '/' }).end())
    const error = await retryFetch(fetch, withoutWaiting())(url, ORDER).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(received).toHaveLength(21)
  })
})

describe('what the caller says about redirects', () => {
  test('manual returns the redirect', async () => {
    const { url, received } = await httpServer(redirectedTo(303, []))
    const response = await retryFetch(fetch, withoutWaiting())(`${url}/orders`, { ...ORDER, redirect: 'manual' })
    expect([response.status, response.headers.get('location')]).toEqual([303, '/done'])
    expect(received).toHaveLength(1)
  })

  test.each(['in the init', 'on the Request'])('error %s rejects after one request', async (where) => {
    const { url, received } = await httpServer(redirectedTo(303, []))
    const send = retryFetch(fetch, withoutWaiting())
    const init: RequestInit = { ...ORDER, redirect: 'error' }
    const call = where === 'in the init' ? send(`${url}/orders`, init) : send(new Request(`${url}/orders`, init))
    const error = await call.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(attemptsOf(error)).toMatchObject({ attempts: 1 })
    expect(received).toHaveLength(1)
  })
})

describe('where redirects are followed unseen', () => {
  const unseen: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'follow' })

  test('an answer from behind one is returned, not asked for again', async () => {
    const { url, received } = await httpServer(redirectedTo(303, [429]))
    const response = await retryFetch(unseen, withoutWaiting())(`${url}/orders`, ORDER)
    expect(response.status).toBe(429)
    expect(attemptsOf(response)).toMatchObject({ attempts: 1, giveUp: 'unsafe-method' })
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done'])
  })

  test('an answer of the first request is retried as ever', async () => {
    const { url, received } = await httpServer((response, _request, nth) =>
      response.writeHead(nth === 1 ? 429 : 200).end(),
    )
    expect((await retryFetch(unseen, withoutWaiting())(url, ORDER)).status).toBe(200)
    expect(received).toHaveLength(2)
  })

  test('an address that only that fetch understands is sent once when nothing is said about its failure', async () => {
    const sent: unknown[] = []
    const inner = async (_input: unknown, init?: RequestInit): Promise<Response> => {
      sent.push(init?.redirect)
      throw new TypeError('Failed to fetch')
    }
    const init = { ...ORDER, headers: { 'idempotency-key': 'k1' } }
    await expect(retryFetch(inner, withoutWaiting())('/orders', init)).rejects.toThrow('Failed to fetch')
    expect(sent).toEqual([undefined])
  })
})
