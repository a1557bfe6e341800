import { refusedByBody, refusedWhen } from '@chaveiro/core/provider'
import { describe, expect, test } from 'vitest'
import { type ApiServerOptions, apiServer } from '../support/api-server.ts'

const KIB = 1_024
const EXPIRED = JSON.stringify({ error: { code: 'token_expired' } })

/** An API that says in the body of a 403 that the token has ended, and in other bodies other things. */
function api(answer: NonNullable<ApiServerOptions['answer']>) {
  const judgeBody = refusedByBody([{ status: 403, body: { '/error/code': ['token_expired', 'token_revoked'] } }])
  return apiServer({ provider: { judge: refusedWhen([401]), judgeBody }, answer })
}

const json = { 'content-type': 'application/problem+json; charset=utf-8' }

describe('an API that says in the body that a token is no longer good', () => {
  test('gets the request again with a new token', async () => {
    const { source, received, renewals, events } = await api((response, _, nth) => {
      response.writeHead(nth === 1 ? 403 : 200, json).end(nth === 1 ? EXPIRED : '{}')
    })
    expect((await source.fetch('/orders', { method: 'POST', body: 'one' })).status).toBe(200)
    expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
    expect(renewals()).toBe(2)
    expect(events.map(({ type }) => type)).toContain('token.rejected')
  })

  test('is believed the second time too: the answer comes back whole, and no third request leaves', async () => {
    const { source, received } = await api((response) => void response.writeHead(403, json).end(EXPIRED))
    const response = await source.fetch('/orders')
    expect(await response.text()).toBe(EXPIRED)
    expect(received).toHaveLength(2)
  })

  test.each([
    ['another code', json, '{"error":{"code":"forbidden"}}'],
    ['something other than JSON', { 'content-type': 'text/html' }, EXPIRED],
    ['JSON that is cut off', json, EXPIRED.slice(0, -1)],
    ['no body', json, ''],
  ])('and %s, is left alone, and the caller reads what came', async (_, headers, body) => {
    const { source, renewals, url } = await api((response) => void response.writeHead(403, headers).end(body))
    const response = await source.fetch('/orders')
    expect({ status: response.status, url: response.url, text: await response.text() }).toEqual({
      status: 403,
      url: `${url.origin}/orders`,
      text: body,
    })
    expect(renewals()).toBe(1)
  })

  test('of more than 64 KiB is read no further: the rest streams to the caller', async () => {
    let finish: () => void = () => {}
    const { source, renewals } = await api((response) => {
      response.writeHead(403, json)
      response.write(`{"filler":"${'x'.repeat(65 * KIB)}`)
      finish = () => response.end('"}')
    })
    // It comes before the body has ended.
    const response = await source.fetch('/orders')
    finish()
    expect(await response.json()).toEqual({ filler: 'x'.repeat(65 * KIB) })
    expect(renewals()).toBe(1)
  })

  test('and does not finish, is waited for five seconds', async () => {
    let finish: () => void = () => {}
    const { source, clock } = await api((response) => {
      response.writeHead(403, json).write('{"error":')
      finish = () => response.end('{"code":"token_expired"}}')
    })
    const call = source.fetch('/orders')
    while (clock.nextTimerMs !== 5_000) await new Promise((resolve) => setImmediate(resolve))
    await clock.advance(5_000)
    const response = await call
    finish()
    expect(await response.text()).toBe(EXPIRED)
  })

  test('in a success as well', async () => {
    const judgeBody = refusedByBody([{ status: 200, body: { '/ok': false } }])
    const { source, renewals } = await apiServer({
      provider: { judgeBody },
      answer: (response, _, nth) => void response.writeHead(200, json).end(JSON.stringify({ ok: nth > 1, nth })),
    })
    expect(await (await source.fetch('/orders')).json()).toEqual({ ok: true, nth: 2 })
    expect(renewals()).toBe(2)
  })
})

test('a header says it without a body being read', async () => {
  const judge = refusedWhen([401, { status: 400, header: { 'x-auth': 'Expired' } }])
  const { source, received } = await apiServer({
    provider: { judge },
    answer: (response, _, nth) => void response.writeHead(nth === 1 ? 400 : 200, { 'X-Auth': 'expired' }).end('ok'),
  })
  expect((await source.fetch('/orders')).status).toBe(200)
  expect(received).toHaveLength(2)
})

test('a body of another library’s fetch is read if it is short', async () => {
  const matchers = [{ status: 403, body: { '/error/code': 'token_expired' } }] as const
  const judge = refusedByBody(matchers)
  const { systemClock } = await import('../../src/clock.ts')
  const foreign = (length: string | undefined) => {
    const response = new Response(EXPIRED, {
      status: 403,
      headers: { ...json, ...(length && { 'content-length': length }) },
    })
    // Node's streams have no getReader().
    return Object.defineProperty(response, 'body', { value: { [Symbol.asyncIterator]: () => [].values() } })
  }
  expect(await judge(foreign(String(EXPIRED.length)), systemClock)).toBe(true)
  expect(await judge(foreign(undefined), systemClock)).toBe(false)
})
