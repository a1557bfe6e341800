import { attemptsOf } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { httpServer } from '../retry/loopback.ts'
import { apiServer } from '../support/api-server.ts'
import { deferred } from '../support/deferred.ts'
import { arrivals, type HopAnswer, redirectedTo } from '../support/redirected-post.ts'

const ORDER = { method: 'POST', body: '{"amount":100}', headers: { 'content-type': 'application/json' } }

describe('a redirect that turns a request into a GET ends the first request [RJ13]', () => {
  const outcomes: [string, HopAnswer][] = [
    ['a 401', 401],
    ['a 425', 425],
    ['a 429', 429],
    ['a 503', 503],
    ['a lost connection', 'reset'],
  ]
  test.each(outcomes)('after %s, only the GET is sent again', async (_name, outcome) => {
    const { source, received } = await apiServer({ answer: redirectedTo(303, [outcome]) })
    const response = await source.fetch('/orders', ORDER)
    expect([response.status, await response.text()]).toEqual([200, 'done'])
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
    expect(received[2]?.headers['content-type']).toBeUndefined()
    expect(received[2]?.body.toString()).toBe('')
  })

  test.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'PATCH', 'GET'],
    [303, 'DELETE', 'GET'],
    [303, 'PUT', 'GET'],
    [302, 'PATCH', 'PATCH'],
  ])('a %d to a %s, then a 429', async (status, method, again) => {
    const { source, received } = await apiServer({ answer: redirectedTo(status, [429]) })
    expect((await source.fetch('/orders', { method, body: 'x' })).status).toBe(200)
    expect(arrivals(received)).toEqual([`${method} /orders`, `${again} /done`, `${again} /done`])
  })

  test('the replay after a 401 carries the new token and none of the body', async () => {
    const { source, received, renewals } = await apiServer({ answer: redirectedTo(303, [401]) })
    await source.fetch('/orders', ORDER)
    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ])
    expect(renewals()).toBe(2)
  })

  test('a 401, then a 429, then a lost connection, all behind the redirect', async () => {
    const { source, received } = await apiServer({ answer: redirectedTo(303, [401, 429, 'reset']) })
    expect((await source.fetch('/orders', ORDER)).status).toBe(200)
    expect(arrivals(received)).toEqual(['POST /orders', ...Array(4).fill('GET /done')])
  })

  test('an attempt that times out behind it is repeated as a GET', async () => {
    const silent = deferred<void>()
    const { source, received, clock } = await apiServer({
      answer: redirectedTo(303, ['silence'], { onSilence: () => silent.resolve() }),
    })
    const call = source.fetch('/orders', ORDER)
    await silent.promise
    await clock.advance(30_000)
    expect((await call).status).toBe(200)
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
  })

  test('a large upload has no attempt timeout, the GET behind it has', async () => {
    const silent = deferred<void>()
    const { source, received, clock } = await apiServer({
      answer: redirectedTo(303, ['silence'], { onSilence: () => silent.resolve() }),
    })
    const call = source.fetch('/orders', { method: 'POST', body: 'x'.repeat(2 ** 20 + 1) })
    await silent.promise
    await clock.advance(30_000)
    expect((await call).status).toBe(200)
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
  })

  test('several hops: what is repeated begins where the GET began', async () => {
    const { source, received } = await apiServer({
      answer: (response, { path }, nth) => {
        if (path === '/orders') response.writeHead(307, { location: '/orders/v2' }).end()
        else if (path === '/orders/v2') response.writeHead(303, { location: '/done' }).end()
        else if (path === '/done') response.writeHead(302, { location: '/done/1' }).end()
        else response.writeHead(nth === 4 ? 401 : 200).end()
      },
    })
    expect((await source.fetch('/orders', ORDER)).status).toBe(200)
    expect(arrivals(received)).toEqual([
      'POST /orders',
      'POST /orders/v2',
      'GET /done',
      'GET /done/1',
      'GET /done',
      'GET /done/1',
    ])
  })

  test.each(['always', 'never', 'unprocessed'] as const)('an operation that its spec marks %s', async (replay) => {
    const operations = { order: { method: 'POST', path: '/orders', security: [], replay } } as const
    const { source, received } = await apiServer({ answer: redirectedTo(303, [503]), provider: { operations } })
    expect((await source.fetch.with({ operation: 'order' })('/orders', ORDER)).status).toBe(200)
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
  })

  test('a request with an Idempotency-Key', async () => {
    const { source, received } = await apiServer({ answer: redirectedTo(303, [500]) })
    await source.fetch('/orders', { ...ORDER, headers: { 'idempotency-key': 'k1' } })
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
  })

  test('a call that replays idempotent methods only, because what it replays is a GET', async () => {
    const { source, received } = await apiServer({ answer: redirectedTo(303, [401]) })
    expect((await source.fetch.with({ replay: 'idempotent' })('/orders', ORDER)).status).toBe(200)
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
  })

  test('a stream that can be sent only once', async () => {
    const { source, received } = await apiServer({ answer: redirectedTo(303, [401]) })
    const body = new Blob([new Uint8Array(2 ** 20 + 1)]).stream()
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    expect((await source.fetch('/orders', init)).status).toBe(200)
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done', 'GET /done'])
  })
})

describe('a redirect that keeps the method [RJ13]', () => {
  test('says that nothing was applied: what the target refuses is sent again from the start', async () => {
    const { source, received } = await apiServer({ answer: redirectedTo(307, [429]) })
    expect((await source.fetch('/orders', ORDER)).status).toBe(200)
    expect(arrivals(received)).toEqual(['POST /orders', 'POST /done', 'POST /orders', 'POST /done'])
  })

  test.each<[string, HopAnswer]>([
    ['500', 500],
    ['lost connection', 'reset'],
  ])('and then meets a %s may have been applied there: it is not sent again', async (_name, outcome) => {
    const { source, received } = await apiServer({ answer: redirectedTo(308, [outcome]) })
    const result = await source.fetch('/orders', ORDER).catch((error: unknown) => error)
    expect(attemptsOf(result)).toMatchObject({ attempts: 1, giveUp: 'unsafe-method' })
    expect(arrivals(received)).toEqual(['POST /orders', 'POST /done'])
  })
})

describe('a fetch that follows redirects whatever it is told', () => {
  test.each([401, 429])('has its answer %d returned, because a POST may be behind it', async (outcome) => {
    const { url, received } = await httpServer(redirectedTo(303, [outcome]))
    const { source } = await apiServer({
      manager: {
        alsoSendTo: [new URL(url)],
        fetch: (input, init) => fetch(input, { ...init, redirect: 'follow' }),
      },
    })
    expect((await source.fetch(`${url}/orders`, ORDER)).status).toBe(outcome)
    expect(arrivals(received)).toEqual(['POST /orders', 'GET /done'])
  })
})

test('credentials of the caller stay behind when a redirect leads to another allowed origin [RJ13]', async () => {
  const other = await httpServer((response) => void response.end('there'))
  const { source } = await apiServer({
    manager: { alsoSendTo: [new URL(other.url)] },
    answer: (response) => void response.writeHead(307, { location: `${other.url}/there` }).end(),
  })
  const response = await source.fetch('/from', { headers: { cookie: 'session=1', 'x-own': '1' } })
  expect([response.redirected, response.url]).toEqual([true, `${other.url}/there`])
  const headers = other.received[0]?.headers
  expect([headers?.cookie, headers?.['x-own'], headers?.authorization]).toEqual([undefined, '1', 'Bearer token-1'])
})
