import { expect, it } from 'vitest'
import { document } from '../../src/generated/admin.ts'
import { openScene } from './scene.ts'

/** Each operation once, with all that its answer can have. */
const CALLS: readonly (readonly [string, string, unknown?])[] = [
  ['GET', '/state'],
  ['POST', '/faults', { provider: 'bitize', fault: { kind: 'status', status: 429, retryAfter: 2, times: 'always' } }],
  ['GET', '/faults?provider=bitize'],
  ['DELETE', '/faults?provider=bitize&id=1'],
  ['GET', '/requests?provider=bitize&operation=authenticate&limit=1'],
  ['POST', '/requests/wait', { provider: 'bitize', request: { operation: 'authenticate' }, times: 1 }],
  ['GET', '/clock'],
  ['PUT', '/clock', { now: 1_700_000_000_000 }],
  ['POST', '/clock/advance', { ms: 60_000 }],
  ['GET', '/accounts'],
  ['POST', '/accounts', { provider: 'genpag', credentials: { sellerId: 'loja', refreshToken: 'refresh' } }],
  ['DELETE', '/accounts/genpag/loja'],
  ['POST', '/tokens/revoke', { provider: 'bitize', which: 'both' }],
  ['POST', '/tokens/expire', { provider: 'genpag', family: 1, generation: 1 }],
  ['POST', '/expectations', { provider: 'bitize', request: { operation: 'authenticate' }, atMost: 2 }],
  ['GET', '/expectations'],
  ['DELETE', '/expectations'],
  ['POST', '/reset'],
]

it('answers every documented operation as the document says', async () => {
  const scene = openScene()
  const { access_token } = await scene.client.tokens()
  await scene.client.api('/vendors', access_token)
  await scene.client.api('/nowhere', undefined)
  for (const [method, path, body] of CALLS) {
    const { status } = await scene.call(method, path, body)
    expect({ method, path, status }).toEqual({ method, path, status: expect.toSatisfy((code: number) => code < 300) })
  }
  const gone = new AbortController()
  await (await scene.fetch('/events', { signal: gone.signal })).body?.cancel()
  gone.abort()
  const documented = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  )
  expect([...scene.succeeded].sort()).toEqual(documented.sort())
})

it('serves the document', async () => {
  const response = await openScene().fetch('/openapi.json')
  expect(await response.json()).toMatchObject({ openapi: '3.1.1', paths: { '/state': {} } })
})

it.each([
  ['a body that is missing', 'POST', '/faults', undefined, 400, 'invalid-request', 'body: required, but missing'],
  ['a field that is unknown', 'POST', '/clock/advance', { ms: 1, day: 1 }, 400, 'invalid-request', 'body.day'],
  [
    'a provider that is not there',
    'GET',
    '/requests?provider=acme',
    undefined,
    404,
    'unknown-provider',
    'bitize, genpag',
  ],
  ['an account that is not there', 'DELETE', '/accounts/bitize/x', undefined, 404, 'unknown-account', 'GET /accounts'],
  ['a path that is not there', 'GET', '/nowhere', undefined, 404, 'unknown-path', 'openapi.json'],
  ['a method that is not there', 'PATCH', '/clock', undefined, 405, 'method-not-allowed', 'PATCH'],
  ['a date that does not exist', 'PUT', '/clock', { now: 1e300 }, 400, 'invalid-request', 'The clock'],
  [
    'an operation that is not there',
    'POST',
    '/faults',
    { provider: 'bitize', fault: { kind: 'reset', operation: 'pay' } },
    400,
    'invalid-request',
    'there are authenticate',
  ],
  [
    'a fault without a field that it needs',
    'POST',
    '/faults',
    { provider: 'bitize', fault: { kind: 'delay' } },
    400,
    'invalid-request',
    'delayMs: required with the kind delay',
  ],
  [
    'a fault with a field of another',
    'POST',
    '/faults',
    { provider: 'bitize', fault: { kind: 'reset', field: 'x' } },
    400,
    'invalid-request',
    'field: not a field of the kind reset',
  ],
  [
    'credentials that are not of the provider',
    'POST',
    '/accounts',
    { provider: 'bitize', credentials: { consumerKey: 'canary' } },
    400,
    'invalid-request',
    'credentials.secretKey: required',
  ],
])('answers %s with a problem', async (_, method, path, body, status, code, detail) => {
  const answer = await openScene().call(method, path, body)
  expect(answer).toMatchObject({ status, body: { status, code, detail: expect.stringContaining(detail) } })
  expect(JSON.stringify(answer)).not.toContain('canary')
})
