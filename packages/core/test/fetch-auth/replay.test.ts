import { attemptsOf, type TokenSource } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { simulated } from '../support/simulated-bitize.ts'

const VENDOR = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"Ana"}' }

async function statuses(responses: Promise<Response>[]): Promise<Set<number>> {
  const found = new Set<number>()
  for (const response of await Promise.all(responses)) {
    found.add(response.status)
    await response.text()
  }
  return found
}

async function generationOf(source: TokenSource): Promise<number> {
  return (await source.getToken()).generation
}

describe('a refused token', () => {
  test('refused late, after its successor was minted, causes no second refresh [RJ01]', async () => {
    const { bitize, source } = await simulated()
    await source.getToken()
    const late = bitize.faults.next({ kind: 'hang', operation: 'listVendors' })
    const slow = source.fetch('/vendors')
    await late.met
    bitize.revoke()
    expect((await source.fetch('/vendors')).status).toBe(200)
    late.release()
    expect((await slow).status).toBe(200)
    expect(bitize.count('refreshAccessToken')).toBe(1)
    expect(await generationOf(source)).toBe(2)
    expect(
      bitize.requests.filter(({ operation }) => operation === 'listVendors').map(({ token }) => token?.generation),
    ).toEqual([1, 1, 2, 2])
  })

  test('a thousand requests refused at once cause one refresh, and all succeed [RJ02]', async () => {
    const { bitize, source } = await simulated()
    await source.getToken()
    bitize.revoke()
    expect(await statuses(Array.from({ length: 1_000 }, () => source.fetch('/vendors')))).toEqual(new Set([200]))
    expect(bitize.count('refreshAccessToken')).toBe(1)
    expect(bitize.count('listVendors')).toBe(2_000)
  })

  test('a replay that is refused too is returned, not sent a third time, and told [RJ03]', async () => {
    const { bitize, source, events } = await simulated()
    bitize.faults.next({ kind: 'status', status: 401, operation: 'listVendors', times: 2 })
    const response = await source.fetch('/vendors')
    expect(response.status).toBe(401)
    expect(await response.text()).toContain('prepared by the test')
    expect(bitize.count('listVendors')).toBe(2)
    expect(events.filter(({ type }) => type === 'token.rejected').map(({ generation }) => generation)).toEqual([1, 2])
    expect(attemptsOf(response)).toMatchObject({ attempts: 1 })
  })

  test.each([
    ['an invalid_token challenge', 'Bearer error="invalid_token"'],
    ['no challenge', undefined],
    ['the challenge of another scheme', 'Basic realm="x"'],
    ['a challenge that cannot be read', 'Bearer error="invalid_token'],
  ])('of a 401 with %s is refreshed [RJ04]', async (_name, challenge) => {
    const { bitize, source } = await simulated()
    const headers = challenge === undefined ? {} : { 'www-authenticate': challenge }
    bitize.faults.next({ kind: 'status', status: 401, headers, operation: 'listVendors' })
    expect((await source.fetch('/vendors')).status).toBe(200)
    expect(bitize.count('refreshAccessToken')).toBe(1)
  })

  test('that the provider’s judge does not call refused is left alone, and the answer returned as it came [RJ04]', async () => {
    const { bitize, source } = await simulated({
      provider: { judge: ({ status }) => (status === 419 ? 'refused' : undefined) },
    })
    bitize.faults.next({ kind: 'status', status: 401, operation: 'listVendors' })
    expect((await source.fetch('/vendors')).status).toBe(401)
    expect(bitize.count('refreshAccessToken')).toBe(0)
    bitize.faults.next({ kind: 'status', status: 419, operation: 'listVendors' })
    expect((await source.fetch('/vendors')).status).toBe(200)
    expect(bitize.count('refreshAccessToken')).toBe(1)
  })

  test.each([
    ['a 403', 403, {}],
    ['a 403 for insufficient_scope', 403, { 'www-authenticate': 'Bearer error="insufficient_scope"' }],
    [
      'a 401 for insufficient_scope',
      401,
      { 'www-authenticate': 'Basic realm="a", bearer Error="insufficient_scope", scope="x"' },
    ],
  ])('%s is returned as it is and spends no refresh token [RJ06]', async (_name, status, headers) => {
    const { bitize, source, heard } = await simulated()
    bitize.faults.next({ kind: 'status', status, headers, operation: 'listVendors' })
    expect((await source.fetch('/vendors')).status).toBe(status)
    expect(bitize.count('refreshAccessToken')).toBe(0)
    expect(bitize.count('listVendors')).toBe(1)
    expect(heard()).not.toContain('token.rejected')
  })

  test('insufficient_scope reported by hand spends none either [RJ06]', async () => {
    const { source } = await simulated()
    const token = await source.getToken()
    expect(await source.reject(token, 'insufficient-scope')).toBe(false)
    expect(await source.getToken()).toBe(token)
  })
})

describe('what may be replayed', () => {
  const refuse = async (init: RequestInit, replay?: 'all' | 'idempotent', operation?: string) => {
    const { bitize, source } = await simulated()
    await source.fetch('/vendors', VENDOR)
    const [vendor] = bitize.vendors
    bitize.revoke()
    const before = bitize.requests.length
    const path = init.method === 'PUT' ? `/vendors/${vendor?.id}` : '/vendors'
    const response = await source.fetch.with({ replay, operation })(path, init)
    const sent = bitize.requests.slice(before).filter(({ operation: name }) => name?.includes('Vendor'))
    return { status: response.status, sent: sent.length, bitize, source, text: await response.text() }
  }

  test.each(['GET', 'PUT', 'POST'])('%s is, by default [RJ09]', async (method) => {
    const { status, sent, bitize } = await refuse(method === 'GET' ? {} : { ...VENDOR, method })
    expect([status, sent]).toEqual([200, 2])
    // The refused POST was not applied, its replay was, once.
    expect(bitize.vendors).toHaveLength(method === 'POST' ? 2 : 1)
  })

  test('a POST is not where replay says idempotent: its 401 is returned as it came [RJ09]', async () => {
    const { status, sent, text, bitize, source } = await refuse(VENDOR, 'idempotent')
    expect([status, sent]).toEqual([401, 1])
    expect(text).toContain('revoked')
    // It caused no refresh, but the next call knows that the token is dead.
    expect(bitize.count('refreshAccessToken')).toBe(0)
    expect((await source.fetch('/vendors')).status).toBe(200)
    expect(bitize.count('refreshAccessToken')).toBe(1)
  })

  test('a PUT is, also where replay says idempotent [RJ09]', async () => {
    expect(await refuse({ ...VENDOR, method: 'PUT' }, 'idempotent')).toMatchObject({ status: 200, sent: 2 })
  })

  test('an operation whose class is never is not [RJ09]', async () => {
    expect(await refuse(VENDOR, 'all', 'createVendor')).toMatchObject({ status: 401, sent: 1 })
  })

  test('an operation or a replay mode that does not exist is a TypeError', async () => {
    const { source } = await simulated()
    expect(() => source.fetch.with({ operation: 'constructor' })).toThrow(TypeError)
    expect(() => source.fetch.with({ operation: 'nope' })).toThrow(/listVendors, createVendor, authenticate/)
    expect(() => source.fetch.with(JSON.parse('{"replay":"never"}'))).toThrow(TypeError)
  })
})

describe('a refresh that fails', () => {
  test('after the 401 was received leaves that 401, readable [RJ16]', async () => {
    const { bitize, source } = await simulated()
    await source.getToken()
    bitize.revoke({ which: 'both' })
    bitize.deactivate(bitize.credentials.consumerKey)
    const response = await source.fetch('/vendors', VENDOR)
    expect(response.status).toBe(401)
    expect(response.bodyUsed).toBe(false)
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('revoked') })
  })

  test('before anything was sent is a ChaveiroError, and not one for the retry policy [RJ16]', async () => {
    const { bitize, source } = await simulated()
    bitize.deactivate(bitize.credentials.consumerKey)
    const error = await source.fetch('/vendors').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'ChaveiroError', code: 'credentials-rejected', action: 'reauthorize' })
    expect(attemptsOf(error)).toMatchObject({ attempts: 1, giveUp: 'not-retryable' })
    expect(bitize.count('authenticate')).toBe(1)
    expect(bitize.count('listVendors')).toBe(0)
  })
})
