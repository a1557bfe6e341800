import type { ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import type { PathRule } from '../../src/serve/proxy/exchange.ts'
import { MOUNT, proxiedApi, type Received } from './support/proxied-api.ts'

const VENDORS: PathRule = { methods: ['GET', 'POST', 'PUT'], path: ['vendors', '**'], text: 'vendors/**' }

/** Answers `/vendors/from` with a redirect, and everything else with what came. */
function redirecting(status: number, location: string) {
  return ({ url, method, body }: Received, response: ServerResponse): void => {
    if (url.endsWith('/vendors/from')) response.writeHead(status, { location }).end('moved')
    else response.end(`${method} ${url} ${body}`)
  }
}

it('a redirect that the key may go by itself is followed', async () => {
  const { url, outcomes } = await proxiedApi(redirecting(302, '/vendors/to?page=2'), { rules: [VENDORS] })
  const answer = await fetch(`${url}/vendors/from`)
  expect(await answer.text()).toBe('GET /vendors/to?page=2 ')
  expect(outcomes).toEqual([{ status: 200, attempts: 2, rule: 'vendors/**' }])
})

it.each([
  [301, 'POST', 'GET /vendors/to '],
  [302, 'POST', 'GET /vendors/to '],
  [303, 'PUT', 'GET /vendors/to '],
  [307, 'POST', 'POST /vendors/to {"a":1}'],
  [308, 'PUT', 'PUT /vendors/to {"a":1}'],
  [302, 'PUT', 'PUT /vendors/to {"a":1}'],
])('%s after a %s becomes %s', async (status, method, expected) => {
  const { url, received } = await proxiedApi(redirecting(status, 'to'))
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/vendors/from`, { method, body: '{"a":1}', headers })
  expect(await answer.text()).toBe(expected)
  expect(received[1]?.headers['content-type']).toBe(expected.endsWith(' ') ? undefined : 'application/json')
})

it.each([
  ['a path that no rule allows', '/orders', `${MOUNT}/orders`],
  ['a token endpoint', '/auth?refresh_token=x', `${MOUNT}/auth?refresh_token=x`],
  ['a path that would be refused', '/vendors/%2e%2e%2fauth', `${MOUNT}/vendors/%2e%2e%2fauth`],
])('%s is returned, at an address of the proxy', async (_, location, shown) => {
  const { url, received, tokens } = await proxiedApi(redirecting(302, location), { rules: [VENDORS] })
  const answer = await fetch(`${url}/vendors/from`, { redirect: 'manual' })
  expect(answer.status).toBe(302)
  expect(answer.headers.get('location')).toBe(shown)
  expect(received).toHaveLength(1)
  expect(tokens).toHaveLength(1)
})

it('a redirect to another host is returned as it is, and nothing is sent there', async () => {
  const elsewhere = await proxiedApi((_received, response) => response.end('reached'))
  const location = `${elsewhere.apiUrl}/vendors/to`
  const { url } = await proxiedApi(redirecting(307, location))
  const answer = await fetch(`${url}/vendors/from`, { redirect: 'manual', method: 'POST', body: 'x' })
  expect(answer.headers.get('location')).toBe(location)
  expect(elsewhere.received).toEqual([])
})

it('out of the folder of the API is elsewhere', async () => {
  const { url, received } = await proxiedApi(redirecting(302, '/apis/vendors'), { folder: '/api' })
  const answer = await fetch(`${url}/vendors/from`, { redirect: 'manual' })
  expect(answer.headers.get('location')).toBe('/apis/vendors')
  expect(received).toHaveLength(1)
})

it('a redirect without an end is returned after five', async () => {
  const { url, received } = await proxiedApi(redirecting(302, '/vendors/from'))
  const answer = await fetch(`${url}/vendors/from`, { redirect: 'manual' })
  expect(answer.status).toBe(302)
  expect(received).toHaveLength(6)
})
