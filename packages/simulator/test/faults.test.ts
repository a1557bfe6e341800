import { afterEach, describe, expect, it } from 'vitest'
import type { BitizeSimulatorOptions } from '../src/index.ts'
import { causeCode, errorOf, readTokens } from './bitize-client.ts'
import { type Scene, waysIn } from './ways-in.ts'

describe.each(waysIn)('faults, %s', (_, openScene) => {
  const open: Scene[] = []
  const scene = async (options?: BitizeSimulatorOptions): Promise<Scene> => {
    const opened = await openScene(options)
    open.push(opened)
    return opened
  }
  afterEach(async () => {
    const unused = open.flatMap(({ bitize }) => bitize.faults.unused())
    for (const { close } of open.splice(0)) await close()
    if (unused.length > 0) throw new Error(`${unused.length} faults were prepared and not met`)
  })

  it('answers a status as often as asked, and then truly', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'status', status: 500, times: 2 })
    const statuses = []
    for (let call = 0; call < 3; call += 1) statuses.push((await client.authenticate()).status)
    expect(statuses).toEqual([500, 500, 200])
    expect(bitize.tokens).toHaveLength(1)
  })

  it('sends Retry-After in seconds, as a date, as it is, or not at all', async () => {
    const { bitize, client } = await scene()
    const instant = new Date('2021-01-29T21:00:00Z')
    bitize.faults.next({ kind: 'status', status: 429, retryAfter: 2 })
    bitize.faults.next({ kind: 'status', status: 429, retryAfter: instant })
    bitize.faults.next({ kind: 'status', status: 503, retryAfter: 'soon' })
    bitize.faults.next({ kind: 'status', status: 503 })
    const seen = []
    for (let call = 0; call < 4; call += 1) {
      const response = await client.authenticate()
      seen.push([response.status, response.headers.get('retry-after'), await response.text()])
    }
    expect(seen).toEqual([
      [429, '2', ''],
      [429, 'Fri, 29 Jan 2021 21:00:00 GMT', ''],
      [503, 'soon', ''],
      [503, null, ''],
    ])
  })

  it('answers a status in the error model where that knows it, or with the body and headers given', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'status', status: 401 })
    bitize.faults.next({ kind: 'status', status: 401, headers: { 'www-authenticate': 'Bearer' }, body: { odd: true } })
    const plain = await client.api('/vendors', undefined)
    expect([plain.status, await plain.json()]).toMatchObject([401, { status: 401, title: 'Não autorizado' }])
    const own = await client.api('/vendors', undefined)
    expect([own.headers.get('www-authenticate'), await own.json()]).toEqual(['Bearer', { odd: true }])
  })

  it('answers a status without a body where HTTP allows none', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'status', status: 204 })
    const response = await client.authenticate()
    expect([response.status, await response.text()]).toEqual([204, ''])
  })

  it('waits for its operation and lets the others pass', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'status', status: 401, operation: ['listVendors', 'readVendor'] })
    const { access_token, refresh_token } = await client.tokens()
    expect((await client.refresh(refresh_token)).status).toBe(200)
    expect((await client.api('/vendors', access_token)).status).toBe(401)
    expect((await client.api('/vendors', access_token)).status).toBe(200)
  })

  it('meets requests in the order in which faults were prepared', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'status', status: 500, operation: 'refreshAccessToken' })
    bitize.faults.next({ kind: 'status', status: 502 })
    bitize.faults.next({ kind: 'status', status: 503 })
    expect((await client.refresh('any')).status).toBe(500)
    expect((await client.refresh('any')).status).toBe(502)
    expect((await client.authenticate()).status).toBe(503)
  })

  it('resets the connection before the provider did anything', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'reset' })
    expect(causeCode(await errorOf(client.authenticate()))).toBe('ECONNRESET')
    expect(bitize.tokens).toEqual([])
    expect(bitize.requests).toMatchObject([{ fault: 'reset', processed: false, outcome: 'reset', status: undefined }])
  })

  it('resets the connection after the refresh token was spent', async () => {
    const { bitize, client } = await scene()
    const { refresh_token } = await client.tokens()
    bitize.faults.next({ kind: 'reset', processed: true })
    expect(causeCode(await errorOf(client.refresh(refresh_token)))).toBe('ECONNRESET')
    expect(bitize.requests.at(-1)).toMatchObject({ fault: 'reset', processed: true, outcome: 'reset' })
    expect((await client.refresh(refresh_token)).status).toBe(401)
    expect(bitize.reuses).toBe(1)
  })

  it('loses the answer of what was done behind any other answer too', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'status', status: 504, processed: true })
    expect((await client.authenticate()).status).toBe(504)
    expect(bitize.tokens).toHaveLength(1)
  })

  it('hangs until the caller gives up', async () => {
    const { bitize, client } = await scene()
    const hang = bitize.faults.next({ kind: 'hang' })
    const caller = new AbortController()
    const call = client.authenticate({ signal: caller.signal })
    await hang.met
    expect(bitize.requests).toMatchObject([{ fault: 'hang', outcome: 'pending', processed: false }])
    const reason = new Error('enough')
    caller.abort(reason)
    expect(await errorOf(call)).toBe(reason)
    expect(bitize.tokens).toEqual([])
  })

  it('hangs until it is released, the work done before or after', async () => {
    const { bitize, client } = await scene()
    const before = bitize.faults.next({ kind: 'hang', operation: 'authenticate' })
    const held = client.authenticate()
    await before.met
    expect(bitize.tokens).toEqual([])
    before.release()
    const { access_token } = await readTokens(await held)

    const after = bitize.faults.next({ kind: 'hang', processed: true, operation: 'createVendor' })
    const created = client.api('/vendors', access_token, { method: 'POST', body: '{}' })
    await after.met
    expect(bitize.vendors).toHaveLength(1)
    after.release()
    expect((await created).status).toBe(200)
    expect(bitize.vendors).toHaveLength(1)
  })

  it('holds many requests and releases them together', async () => {
    const { bitize, client } = await scene()
    const hang = bitize.faults.next({ kind: 'hang', times: Infinity })
    const calls = [client.authenticate(), client.authenticate(), client.authenticate()]
    await hang.met
    hang.release()
    const statuses = (await Promise.all(calls)).map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 200])
  })

  it('delays the work on its own clock', async () => {
    const { bitize, client, clock } = await scene()
    const delay = bitize.faults.next({ kind: 'delay', delayMs: 3_000 })
    const call = client.tokens()
    await delay.met
    clock.advance(2_999)
    expect(bitize.tokens).toEqual([])
    clock.advance(1)
    const { expiration_access_token } = await call
    expect(Date.parse(expiration_access_token)).toBe(clock.now() + 86_400_000)
  })

  it('sends the body in pieces', async () => {
    const { bitize, client, clock } = await scene()
    bitize.faults.next({ kind: 'slow-body', everyMs: 500, pieces: 3 })
    const response = await client.authenticate()
    expect(response.status).toBe(200)
    clock.advance(1_500)
    const tokens = await readTokens(response)
    expect(tokens.access_token).toMatch(/^access-1-/)
  })

  it('lets a caller give up in the middle of a slow body', async () => {
    const { bitize, client, clock } = await scene()
    bitize.faults.next({ kind: 'slow-body', everyMs: 500, pieces: 3 })
    const caller = new AbortController()
    const response = await client.authenticate({ signal: caller.signal })
    const reader = response.body?.getReader()
    clock.advance(500)
    expect((await reader?.read())?.value?.length).toBeGreaterThan(0)
    caller.abort()
    expect(await errorOf(reader?.read() ?? Promise.resolve())).toMatchObject({ name: 'AbortError' })
    clock.advance(5_000)
  })

  it('cuts the body off halfway', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'cut-body' })
    const response = await client.authenticate()
    expect(response.status).toBe(200)
    expect(await errorOf(response.text())).toBeInstanceOf(TypeError)
    expect(bitize.tokens).toHaveLength(1)
  })

  it('sends an HTML page', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'html' })
    bitize.faults.next({ kind: 'html', status: 503 })
    const page = await client.authenticate()
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await page.text()).toMatch(/^<!doctype html>/)
    expect((await client.authenticate()).status).toBe(503)
  })

  it('sends the true status with no body', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'empty-body' })
    const response = await client.authenticate()
    expect([response.status, await response.text()]).toEqual([200, ''])
    expect(bitize.tokens).toHaveLength(1)
  })

  it('sends JSON that ends too early', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'malformed-json' })
    const text = await (await client.authenticate()).text()
    expect(() => JSON.parse(text)).toThrow(SyntaxError)
    expect(Object.keys(JSON.parse(`${text}}`))).toHaveLength(4)
  })

  it('leaves a field out, or alters it', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'missing-field', field: 'access_token' })
    bitize.faults.next({ kind: 'altered-field', field: 'expiration_access_token', value: 'tomorrow' })
    expect(Object.keys(await client.tokens()).sort()).toEqual([
      'expiration_access_token',
      'expiration_refresh_token',
      'refresh_token',
    ])
    const altered = await client.tokens()
    expect(altered.expiration_access_token).toBe('tomorrow')
    expect(altered.access_token).toMatch(/^access-2-/)
  })

  it('pads the body beyond any sensible size, still as JSON', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'oversized-body', sizeBytes: 200_000 })
    const text = await (await client.authenticate()).text()
    expect(text).toHaveLength(200_000)
    expect(Object.keys(JSON.parse(text))).toHaveLength(4)
  })

  it('skews the Date header and nothing else', async () => {
    const { bitize, client, clock } = await scene()
    const response = await client.authenticate()
    expect(response.headers.get('date')).toBe(new Date(clock.now()).toUTCString())
    bitize.faults.next({ kind: 'skewed-date', byMs: -3_600_000 })
    const skewed = await client.authenticate()
    expect(skewed.headers.get('date')).toBe(new Date(clock.now() - 3_600_000).toUTCString())
    expect(Date.parse((await readTokens(skewed)).expiration_access_token)).toBe(clock.now() + 86_400_000)
  })

  it('redirects to where it is told', async () => {
    const { bitize, client } = await scene()
    bitize.faults.next({ kind: 'redirect', location: new URL('https://elsewhere.test/auth') })
    bitize.faults.next({ kind: 'redirect', location: '/vendors', status: 302 })
    const away = await client.authenticate({ redirect: 'manual' })
    expect([away.status, away.headers.get('location')]).toEqual([307, 'https://elsewhere.test/auth'])
    const within = await client.authenticate({ redirect: 'manual' })
    expect([within.status, within.headers.get('location')]).toEqual([302, '/vendors'])
    expect(bitize.tokens).toEqual([])
  })
})
