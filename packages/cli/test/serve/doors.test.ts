import { FakeClock } from '@chaveiro/core/testing'
import { expect, it } from 'vitest'
import { readiness } from '../../src/serve/door/readiness.ts'
import { ALL, newServer } from './support/served.ts'

const TOKEN = '/v1/tokens/bitize/shop'

it('the token door gives a token, and exactly what to send', async () => {
  const { get, keys, simulator, clock } = await newServer()
  const answer = await get(TOKEN, keys['all'])
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
  })
  const document = await answer.json()
  expect(document).toEqual({
    access_token: expect.stringMatching(/^access-1-/),
    token_type: 'Bearer',
    expires_at: expect.any(String),
    expires_in: expect.any(Number),
    account: 'shop',
    headers: { authorization: `Bearer ${document.access_token}` },
  })
  expect(Math.floor((Date.parse(document.expires_at) - clock.now()) / 1_000)).toBe(document.expires_in)
  const sent = await simulator.fetch(new URL('/vendors', simulator.url), { headers: document.headers })
  expect(sent.status).toBe(200)
  expect((await (await get(TOKEN, keys['all'])).json()).access_token).toBe(document.access_token)
  expect(simulator.count('authenticate')).toBe(1)
})

it.each([
  ['text/plain', 'text/plain; charset=utf-8'],
  ['text/plain, application/json;q=0.5', 'text/plain; charset=utf-8'],
  ['text/plain;q=0.4, application/json;q=0.5', 'application/json'],
  ['application/json', 'application/json'],
  ['*/*', 'application/json'],
  ['text/html', 'application/json'],
])('with Accept %s the token door answers as %s', async (accept, type) => {
  const { get, keys, simulator } = await newServer()
  const answer = await get(TOKEN, keys['all'], { accept })
  expect(answer.headers.get('content-type')).toBe(type)
  const text = await answer.text()
  const token = type === 'application/json' ? JSON.parse(text).access_token : text
  expect(simulator.revealSecrets()).toContain(token)
})

it('min_validity renews a token that would end before, and what it can’t be is a problem', async () => {
  const { get, keys, clock } = await newServer()
  const first = await (await get(TOKEN, keys['all'])).json()
  await clock.advance(14 * 3_600_000)
  const second = await (await get(`${TOKEN}?min_validity=12h`, keys['all'])).json()
  expect(second.access_token).not.toBe(first.access_token)
  for (const query of [
    '?min_validity=',
    '?min_validity=10',
    '?min_validity=0s',
    '?min_validty=10m',
    '?a=b',
    '?min_validity=1m&a',
  ]) {
    const wrong = await get(`${TOKEN}${query}`, keys['all'])
    expect({ query, status: wrong.status, code: (await wrong.json()).code }).toEqual({
      query,
      status: 400,
      code: 'bad-query',
    })
  }
})

it('an account that isn’t there and one that isn’t allowed are the same, in both doors', async () => {
  const keys = [{ name: 'shop', allow: ['bitize/shop'], doors: ['proxy', 'token'] }]
  const { get, keys: made } = await newServer({ accounts: ['shop', 'other'], keys })
  const answers = []
  for (const path of ['/v1/tokens/bitize/', '/v1/proxy/bitize/']) {
    for (const account of ['other', 'none', '', '*', '%2a']) {
      const answer = await get(`${path}${account}${path.includes('proxy') ? '/vendors' : ''}`, made['shop'])
      if (account !== '') answers.push([answer.status, await answer.text()])
    }
  }
  const [first] = answers
  expect(first).toEqual([403, expect.stringContaining('"code":"forbidden"')])
  expect(answers).toEqual(answers.map(() => first))
})

it('a key opens only the doors that it has', async () => {
  const keys = [
    { name: 'proxy', allow: ['bitize/*'] },
    { name: 'token', allow: ['bitize/*'], doors: ['token'] },
    { name: 'status', allow: [], doors: ['status'] },
  ]
  const { get, keys: made } = await newServer({ keys })
  const paths = [TOKEN, '/v1/proxy/bitize/shop/vendors', '/metrics', '/v1/accounts', '/v1/openapi.json']
  const opened: Record<string, readonly boolean[]> = {}
  for (const { name } of keys) {
    const answers = await Promise.all(paths.map((path) => get(path, made[name])))
    opened[name] = answers.map(({ status }) => status !== 403)
    for (const answer of answers) await answer.body?.cancel()
  }
  expect(opened).toEqual({
    proxy: [false, true, false, true, true],
    token: [true, false, false, true, true],
    status: [false, false, true, true, true],
  })
})

it('`default` is the only account of a provider, and none of several', async () => {
  const one = await newServer({ accounts: ['shop'] })
  expect(await (await one.get('/v1/tokens/bitize/default', one.keys['all'])).json()).toMatchObject({ account: 'shop' })
  const two = await newServer({ accounts: ['shop', 'other'] })
  expect((await two.get('/v1/tokens/bitize/default', two.keys['all'])).status).toBe(403)
  const named = await newServer({ accounts: ['shop', 'default'] })
  expect(await (await named.get('/v1/tokens/bitize/default', named.keys['all'])).json()).toMatchObject({
    account: 'default',
  })
})

it('a key for one account doesn’t open it under the name `default` if it is another’s', async () => {
  const keys = [{ name: 'default', allow: ['bitize/default'], doors: ['token'] }]
  const { get, keys: made } = await newServer({ accounts: ['shop'], keys })
  expect((await get('/v1/tokens/bitize/default', made['default'])).status).toBe(403)
})

it('/v1/accounts lists what a key allows, without secrets and without a token call', async () => {
  const keys = [{ name: 'ci', allow: ['bitize/shop GET /vendors/**', 'bitize/shop POST /vendors'] }, ALL]
  const { get, keys: made, simulator } = await newServer({ accounts: ['shop', 'other'], keys })
  expect(await (await get('/v1/accounts', made['ci'])).json()).toEqual({
    accounts: [
      {
        provider: 'bitize',
        account: 'shop',
        doors: ['proxy'],
        allow: ['bitize/shop GET /vendors/**', 'bitize/shop POST /vendors'],
        state: 'absent',
        expires_at: null,
      },
    ],
  })
  expect(simulator.requests).toEqual([])
  await get(TOKEN, made['all'])
  const text = await (await get('/v1/accounts', made['all'])).text()
  expect(JSON.parse(text).accounts).toMatchObject([
    { account: 'shop', state: 'fresh', expires_at: expect.any(String) },
    { account: 'other', state: 'absent' },
  ])
  for (const secret of simulator.revealSecrets()) expect(text).not.toContain(secret)
})

it.each([
  ['POST', TOKEN, 405],
  ['HEAD', TOKEN, 405],
  ['DELETE', '/v1/accounts', 405],
  ['POST', '/healthz', 405],
  ['GET', '/v1/accounts?x', 400],
  ['GET', '/metrics?x', 400],
  ['GET', '/v1', 404],
  ['GET', '/', 404],
])('%s %s gets %i', async (method, path, status) => {
  const { server, keys } = await newServer()
  const answer = await fetch(`${server.url}${path}`, { method, headers: { authorization: `Bearer ${keys['all']}` } })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('allow')).toBe(status === 405 ? 'GET' : null)
})

it('a rate is kept for each key, and says when to come back', async () => {
  const keys = [{ name: 'slow', rate: '2/m' }, ALL]
  const { get, keys: made, clock } = await newServer({ keys })
  const statuses = []
  for (let call = 0; call < 3; call += 1) statuses.push((await get('/v1/accounts', made['slow'])).status)
  expect(statuses).toEqual([200, 200, 429])
  const refused = await get('/v1/accounts', made['slow'])
  expect(refused.headers.get('retry-after')).toBe('30')
  expect(await refused.json()).toMatchObject({ status: 429, code: 'rate', action: 'retry' })
  expect((await get('/v1/accounts', made['all'])).status).toBe(200)
  await clock.advance(30_000)
  expect((await get('/v1/accounts', made['slow'])).status).toBe(200)
})

it('a key counts until its end', async () => {
  const endsAt = Date.now() + 3_600_000
  const { get, keys, clock } = await newServer({ keys: [{ name: 'short', endsAt }] })
  expect((await get('/v1/accounts', keys['short'])).status).toBe(200)
  await clock.advance(3_600_000)
  const answer = await get('/v1/accounts', keys['short'])
  expect({ status: answer.status, code: (await answer.json()).code }).toEqual({ status: 401, code: 'key-ended' })
})

it('health needs no key and names nothing; ready means that the store answers', async () => {
  let isAway = false
  const read = async (): Promise<undefined> => {
    if (isAway) throw new Error('redis://canary')
    return undefined
  }
  const { get, clock, simulator } = await newServer({ read })
  for (const path of ['/healthz', '/readyz']) {
    const answer = await get(path)
    expect([answer.status, await answer.text()]).toEqual([200, '{"status":"ok"}\n'])
  }
  isAway = true
  await clock.advance(1_000)
  expect((await get('/healthz')).status).toBe(200)
  const answer = await get('/readyz')
  expect(answer.status).toBe(503)
  expect(await answer.text()).not.toContain('canary')
  expect(simulator.requests).toEqual([])
})

it('a store that hangs makes a server unready after 2 s, and is asked once for many', async () => {
  const clock = new FakeClock()
  let asked = 0
  const read = (): Promise<undefined> => {
    asked += 1
    return new Promise(() => {})
  }
  const ready = readiness({ read }, clock)
  const probes = [ready.isReady(), ready.isReady(), ready.isReady()]
  await clock.advance(2_000)
  expect(await Promise.all(probes)).toEqual([false, false, false])
  expect({ asked, pending: clock.pending }).toEqual({ asked: 1, pending: 0 })
})

it.each([
  [{ kind: 'status', status: 429, retryAfter: 90 }, 429, 'throttled', 'retry'],
  [{ kind: 'status', status: 400, body: { error: 'no' } }, 409, 'credentials-rejected', 'reauthorize'],
] as const)('what the provider does, %j, is a problem: %i %s', async (fault, status, code, action) => {
  const { get, keys, simulator } = await newServer()
  simulator.faults.next({ operation: 'authenticate', ...fault })
  const answer = await get(TOKEN, keys['all'])
  const problem = await answer.json()
  expect({ status: answer.status, ...problem }).toMatchObject({ status, code, action })
  expect(problem.detail).toContain('bitize')
  const waitS = Number(answer.headers.get('retry-after'))
  expect(waitS > 60).toBe(code === 'throttled')
  for (const secret of simulator.revealSecrets()) expect(JSON.stringify(problem)).not.toContain(secret)
})
