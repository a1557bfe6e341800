import { memoryStore, type SharedStore, shared, type TokenStore } from '@chaveiro/core/shared'
import { describe, expect, it } from 'vitest'
import { inProcess, WEEK_MS } from './support/genpag-at-simulator.ts'

describe('the life of a Genpag token', () => {
  it('begins with POST /api/:sellerId/tokens, the refresh token as Bearer and the body {} [G06, G08]', async () => {
    await using pair = inProcess()
    await pair.genpag.getToken()
    const { sellerId, refreshToken } = pair.simulator.credentials
    expect(pair.sent).toMatchObject([
      {
        method: 'POST',
        url: { href: new URL(`/api/${sellerId}/tokens`, pair.simulator.url).href },
        authorization: `Bearer ${refreshToken}`,
        contentType: 'application/json',
        body: '{}',
      },
    ])
  })

  it.each([200, 201] as const)(
    'is the string in `data`, with whichever success it comes (%i) [G07]',
    async (status) => {
      await using pair = inProcess({}, { successStatus: status })
      const token = await pair.genpag.getToken()
      expect(pair.simulator.revealSecrets()).toContain(token.reveal())
      expect(token.reveal()).toMatch(/^SFMyNTY\./)
    },
  )

  it.each([
    ['an object', { token: 'SFMyNTY.canary-in-an-object' }],
    ['empty', ''],
    ['null', null],
    ['a number', 17],
  ])('does not begin where `data` is %s: the answer is malformed, and not quoted [G07]', async (_, value) => {
    await using pair = inProcess()
    // A success that cannot be read is a lost answer, and a lost acquire is repeated once.
    pair.simulator.faults.next({
      kind: 'altered-field',
      field: 'data',
      value,
      operation: 'createAccessToken',
      times: 2,
    })
    const error: unknown = await pair.clock.run(pair.genpag.getToken()).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'malformed-response' })
    expect(pair.simulator.count('createAccessToken')).toBe(2)
    expect(String(error)).not.toContain('canary')
  })

  it('opens the API, and lasts for one week from the answer [G01, G02]', async () => {
    await using pair = inProcess()
    const token = await pair.genpag.getToken()
    expect(token.expiresAt).toBe(pair.clock.now() + WEEK_MS)
    expect((await pair.genpag.fetch(pair.orders)).status).toBe(200)
    expect(pair.sent.at(-1)?.authorization).toBe(`Bearer ${token.reveal()}`)
    expect(await pair.genpag.status()).toEqual({
      state: 'fresh',
      generation: 1,
      expiresAt: pair.clock.now() + WEEK_MS,
      persisted: true,
    })
  })

  it('goes on by the same call with the same refresh token, week after week, without it being kept [PV01]', async () => {
    const records: (string | null)[] = []
    await using pair = inProcess({ store: spied(memoryStore(), records) })
    const { sellerId, refreshToken } = pair.simulator.credentials
    const tokens: string[] = []
    for (let week = 0; week < 3; week += 1) {
      tokens.push((await pair.genpag.getToken()).reveal())
      await pair.clock.advance(WEEK_MS)
    }
    expect(pair.sent.map(({ url, authorization }) => [url.pathname, authorization])).toEqual(
      Array.from({ length: 3 }, () => [`/api/${sellerId}/tokens`, `Bearer ${refreshToken}`]),
    )
    expect(new Set(tokens).size).toBe(3)
    // The new access token is what is stored each time; of the refresh token nothing is.
    const stored = records.filter((record) => record?.includes('accessToken'))
    for (const token of tokens) expect(stored.some((record) => record?.includes(token))).toBe(true)
    expect(records.join('\n')).not.toContain(refreshToken)
  })

  it('is renewed in the background during its last day, while the old token serves [G03]', async () => {
    await using pair = inProcess()
    const first = await pair.genpag.getToken()
    await pair.clock.advance(WEEK_MS - 23 * 3_600_000)
    expect((await pair.genpag.getToken()).reveal()).toBe(first.reveal())
    expect((await pair.genpag.getToken({ newerThan: first })).generation).toBe(2)
    expect(pair.simulator.count('createAccessToken')).toBe(2)
  })

  it('never ends the refresh token: after ten years it obtains a token as on the first day [G04]', async () => {
    await using pair = inProcess()
    await pair.genpag.getToken()
    await pair.clock.advance(520 * WEEK_MS)
    expect((await pair.genpag.getToken()).generation).toBe(2)
  })

  it('after a 401 is replaced once, and the request is sent again, a POST too [G09]', async () => {
    await using pair = inProcess()
    await pair.genpag.getToken()
    pair.simulator.revoke()
    const body = JSON.stringify({
      order: { items: [{ description: 'Produto 1', quantity: 1, unit_price_cents: 100 }] },
    })
    const headers = { 'content-type': 'application/json' }
    const response = await pair.genpag.fetch(pair.orders, { method: 'POST', headers, body })
    expect(response.status).toBe(200)
    expect(pair.simulator.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ['createAccessToken', 200],
      ['createOrder', 401],
      ['createAccessToken', 200],
      ['createOrder', 200],
    ])
    expect(pair.simulator.orders).toHaveLength(1)
  })

  it('is replaced once for a thousand requests that are answered 401 together [G09]', async () => {
    await using pair = inProcess()
    await pair.genpag.getToken()
    pair.simulator.revoke()
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => pair.genpag.fetch(pair.orders)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(pair.simulator.count('createAccessToken')).toBe(2)
    expect(pair.simulator.count('listOrders')).toBe(2_000)
  })

  it('is not asked for again after a lost answer, unless a caller waits for it', async () => {
    await using pair = inProcess()
    pair.simulator.faults.next({ kind: 'reset', processed: true, operation: 'createAccessToken' })
    expect((await pair.clock.run(pair.genpag.getToken())).generation).toBe(1)
    expect(pair.simulator.count('createAccessToken')).toBe(2)
  })
})

describe('orders and payments', () => {
  it('are at the path that the documents show, with the access token, and answer in `data` [G15, G16]', async () => {
    await using pair = inProcess()
    const send = async (path: string, content: object): Promise<unknown> => {
      const headers = { 'content-type': 'application/json' }
      const response = await pair.genpag.fetch(path, { method: 'POST', headers, body: JSON.stringify(content) })
      return response.json()
    }
    const created = await send(pair.orders, { order: { items: [{ unit_price_cents: 2290, quantity: 2 }] } })
    const [order] = pair.simulator.orders
    expect(created).toEqual({ data: order })
    const payment = { session_id: '1', order_id: order?.id, method: 'PIX' }
    expect(await send(pair.orders.replace('orders', 'payments'), { payment })).toEqual({
      data: expect.objectContaining({ order_id: order?.id, total_cents: 4_580, status: 'PENDING' }),
    })
  })
})

describe('a wrong refresh token', () => {
  it.each([400, 401, 403, 404, 422] as const)(
    'makes exactly one call, with whichever status it is denied (%i)',
    async (status) => {
      await using pair = inProcess({ refreshToken: 'not-the-refresh-token' }, { wrongRefreshTokenStatus: status })
      for (let caller = 0; caller < 10; caller += 1) {
        await expect(pair.genpag.getToken()).rejects.toMatchObject({ code: 'credentials-rejected', status })
        await pair.clock.advance(60_000)
      }
      expect(pair.simulator.count('createAccessToken')).toBe(1)
    },
  )

  it('may be right if the answer is not a JSON object, so it is sent again after a pause', async () => {
    await using pair = inProcess({ refreshToken: 'not-the-refresh-token' }, { errorBody: () => undefined })
    for (let calls = 1; calls <= 3; calls += 1) {
      await expect(pair.genpag.getToken()).rejects.toMatchObject({ code: 'unavailable', status: 401 })
      await expect(pair.genpag.getToken()).rejects.toMatchObject({ code: 'unavailable' })
      expect(pair.simulator.count('createAccessToken')).toBe(calls)
      await pair.clock.advance(5 * 60_000)
    }
  })

  it('is replaced by the one that the dashboard generates, and that is tried at once [G05]', async () => {
    const vault = { refreshToken: '' }
    await using pair = inProcess({ refreshToken: () => vault.refreshToken })
    vault.refreshToken = pair.simulator.credentials.refreshToken
    await pair.genpag.getToken()
    const generated = pair.simulator.regenerate(pair.simulator.credentials.sellerId)
    await pair.clock.advance(WEEK_MS)
    await expect(pair.genpag.getToken()).rejects.toMatchObject({ code: 'credentials-rejected', action: 'reauthorize' })
    vault.refreshToken = generated
    expect((await pair.genpag.fetch(pair.orders)).status).toBe(200)
    expect(pair.simulator.count('createAccessToken')).toBe(3)
  })
})

/** A store that writes down what it is given. */
function spied(store: TokenStore, records: (string | null)[]): SharedStore {
  return shared({
    sealed: store.sealed,
    read: (key, options) => store.read(key, options),
    commit(key, next, expect_, options) {
      records.push(next)
      return store.commit(key, next, expect_, options)
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  })
}
