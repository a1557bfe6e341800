import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { inspect } from 'node:util'
import { type BitizeOptions, createBitize } from '@chaveiro/bitize'
import { memoryStore, shared } from '@chaveiro/core/shared'
import type { AxiosInstance, AxiosResponse } from 'axios'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { axiosFor } from '../../clients/axios.ts'
import { type BitizeForTest, bitizeForTest, urlOf } from './support/bitize.ts'
import { interceptorWorld } from './support/interceptor-world.ts'

const OTHER_KEYS = { consumerKey: 'b171ce00-0000-4000-8000-000000000002', secretKey: 'secret-of-another-shop' }

const ten = (api: AxiosInstance) => Promise.allSettled(Array.from({ length: 10 }, () => api.get('/vendors')))

const succeeded = (outcomes: readonly PromiseSettledResult<unknown>[]): number =>
  outcomes.filter(({ status }) => status === 'fulfilled').length

/** A request whose first answer, a 401, has come. */
function rejected(api: AxiosInstance): Promise<[Promise<AxiosResponse>]> {
  return new Promise((resolve) => {
    const request = api.get('/vendors', {
      validateStatus(status) {
        // The interceptor is called right after this.
        if (status === 401) void setImmediate().then(() => resolve([request]))
        return status === 200
      },
    })
  })
}

/** What becomes of a request whose 401 comes while another one's refresh is under way, which then fails. */
async function secondOfTwo(
  one: AxiosInstance,
  two: AxiosInstance,
  { simulator, hold }: Pick<BitizeForTest, 'simulator' | 'hold'>,
) {
  simulator.revoke()
  simulator.faults.next({ kind: 'status', status: 500, operation: 'refreshAccessToken' })
  const held = hold('/auth')
  const first = one.get('/vendors')
  const release = await held
  const [second] = await rejected(two)
  release()
  await expect(first).rejects.toMatchObject({ status: 500 })
  return Promise.race([second, setImmediate('still waiting')])
}

/** A host of someone else's, and what it was sent. */
async function foreignHost(): Promise<{ url: string; received: IncomingHttpHeaders[] }> {
  const received: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    received.push(request.headers)
    response.end()
  }).listen(0)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return { url: urlOf(server), received }
}

describe('the interceptor', () => {
  it('1: keeps an account waiting for ever when the refresh of another one fails', async () => {
    const { api, another, simulator, hold } = await interceptorWorld()
    simulator.register(OTHER_KEYS)
    const other = another(OTHER_KEYS)
    await api.get('/vendors')
    await other.get('/vendors')
    expect(await secondOfTwo(api, other, { simulator, hold })).toBe('still waiting')
  })

  it('2: loses the only good refresh token when saving fails once', async () => {
    const { api, row, simulator } = await interceptorWorld()
    await api.get('/vendors')
    simulator.revoke()
    row.failures = 1
    await expect(api.get('/vendors')).rejects.toThrow('the database is away')
    await expect(api.get('/vendors')).rejects.toMatchObject({ status: 401 })
    expect(simulator.reuses).toBe(1)
  })

  it('3: logs in once for each of the first requests', async () => {
    const { api, simulator } = await interceptorWorld()
    await ten(api)
    expect(simulator.count('authenticate')).toBe(10)
  })

  it('4: sends one single-use refresh token ten times when it has expired', async () => {
    const { api, row, simulator, hold } = await interceptorWorld()
    await api.get('/vendors')
    if (row.tokens) row.tokens.expiresAt = 0
    const held = hold('/auth')
    // Most of them never end, by fault 7.
    void ten(api)
    const release = await held
    await vi.waitFor(() => expect(simulator.reuses).toBeGreaterThanOrEqual(9), { timeout: 50_000 })
    release()
  })

  it('5: never logs in again once the refresh token has ended, although it has the keys', async () => {
    const { api, row, simulator } = await interceptorWorld()
    row.tokens = { accessToken: 'ended', refreshToken: 'ended', expiresAt: 0 }
    await expect(api.get('/vendors')).rejects.toMatchObject({ status: 401 })
    await expect(api.get('/vendors')).rejects.toMatchObject({ status: 401 })
    expect(simulator.count('authenticate')).toBe(0)
  })

  it('6: sends the token to whatever host an absolute URL names', async () => {
    const { api, row } = await interceptorWorld()
    const foreign = await foreignHost()
    await api.get(foreign.url)
    expect(foreign.received[0]?.authorization).toBe(`Bearer ${row.tokens?.accessToken}`)
  })

  it('7: keeps requests waiting for ever when a refresh fails', async () => {
    const { api, simulator, hold } = await interceptorWorld()
    await api.get('/vendors')
    expect(await secondOfTwo(api, api, { simulator, hold })).toBe('still waiting')
  })

  it('8: refreshes a second time for an answer that comes late', async () => {
    const { api, simulator, hold } = await interceptorWorld()
    await api.get('/vendors')
    simulator.revoke()
    const held = hold('/vendors')
    const late = api.get('/vendors')
    const release = await held
    await api.get('/vendors')
    release()
    await late
    expect(simulator.count('refreshAccessToken')).toBe(2)
  })

  it('9: fails in all processes but one, when several refresh at once', async () => {
    const { api, elsewhere, simulator } = await interceptorWorld()
    await api.get('/vendors')
    const other = await elsewhere()
    simulator.revoke()
    const outcomes = await Promise.allSettled([api.get('/vendors'), other.get('/vendors')])
    expect([succeeded(outcomes), simulator.reuses]).toEqual([1, 1])
  })

  it('10: creates a vendor twice when the answer is lost', async () => {
    const { api, simulator } = await interceptorWorld()
    simulator.faults.next({ kind: 'reset', processed: true, operation: 'createVendor' })
    await api.post('/vendors', { name: 'Padaria São João' })
    expect(simulator.vendors.map(({ name }) => name)).toEqual(['Padaria São João', 'Padaria São João'])
  })

  it('11: calls four times within the minute that the server asked for', async () => {
    const { api, simulator } = await interceptorWorld()
    simulator.faults.next({ kind: 'status', status: 503, retryAfter: 60, operation: 'listVendors', times: 4 })
    await expect(api.get('/vendors')).rejects.toMatchObject({ status: 503 })
    expect(simulator.count('listVendors')).toBe(4)
  })

  it('12: has the token in the error that it throws', async () => {
    const { api, row } = await interceptorWorld()
    const error: unknown = await api.get('/vendors/unknown').catch((error: unknown) => error)
    expect(inspect(error, { depth: null })).toContain(row.tokens?.accessToken)
  })
})

/** What replaces it: axios over an account's fetch. */
async function replaced(options: Partial<BitizeOptions> = {}): Promise<BitizeForTest & { api: AxiosInstance }> {
  const world = await bitizeForTest()
  const bitize = createBitize({ ...world.options, ...options })
  onTestFinished(() => bitize.close())
  return { ...world, api: axiosFor(bitize) }
}

describe('axios over an account’s fetch, in the same moments', () => {
  it('3 and 9: obtains one token for the first requests, in however many processes that share a store', async () => {
    const store = shared(memoryStore())
    const { api, simulator, url } = await replaced({ store })
    const other = createBitize({ server: url, ...simulator.credentials, store })
    onTestFinished(() => other.close())
    const outcomes = [...(await ten(api)), ...(await ten(axiosFor(other)))]
    expect([succeeded(outcomes), simulator.count('authenticate')]).toEqual([20, 1])
  })

  it('4, 8 and 9: refreshes once for ten requests whose token is rejected, and not again for a late answer', async () => {
    const { api, simulator, hold } = await replaced()
    await api.get('/vendors')
    simulator.revoke()
    const held = hold('/vendors')
    const late = api.get('/vendors')
    const release = await held
    const outcomes = await ten(api)
    release()
    await late
    expect([succeeded(outcomes), simulator.count('refreshAccessToken'), simulator.reuses]).toEqual([10, 1, 0])
  })

  it('5 and 7: logs in again when the refresh token has ended, and answers every request', async () => {
    const { api, simulator } = await replaced()
    await api.get('/vendors')
    simulator.revoke()
    simulator.faults.next({ kind: 'status', status: 401, operation: 'refreshAccessToken' })
    expect([succeeded(await ten(api)), simulator.count('authenticate')]).toEqual([10, 2])
  })

  it('6: sends no token to another host', async () => {
    const { api } = await replaced()
    const foreign = await foreignHost()
    await expect(api.get(foreign.url)).rejects.toMatchObject({ cause: { code: 'origin' } })
    expect(foreign.received).toEqual([])
  })

  it('10: does not repeat a POST that may have been applied', async () => {
    const { api, simulator } = await replaced()
    simulator.faults.next({ kind: 'reset', processed: true, operation: 'createVendor' })
    await expect(api.post('/vendors', { name: 'Padaria São João' })).rejects.toBeDefined()
    expect(simulator.vendors).toHaveLength(1)
  })

  it('11: leaves a server alone that asks for two minutes', async () => {
    const { api, simulator } = await replaced()
    simulator.faults.next({ kind: 'status', status: 503, retryAfter: 120, operation: 'listVendors' })
    await expect(api.get('/vendors')).rejects.toMatchObject({ status: 503 })
    expect(simulator.count('listVendors')).toBe(1)
  })

  it('12: has no secret in the error that it throws', async () => {
    const { api, simulator } = await replaced()
    const error: unknown = await api.get('/vendors/unknown').catch((error: unknown) => error)
    const text = inspect(error, { depth: null })
    for (const secret of simulator.revealSecrets()) expect(text).not.toContain(secret)
  })
})
