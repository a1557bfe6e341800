import { inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { simulateBitize } from '../src/index.ts'
import { createClient } from './bitize-client.ts'
import { createFakeClock } from './fake-clock.ts'

describe('the request log', () => {
  it('tells what was received, by whom it was signed, and what became of it', async () => {
    const clock = createFakeClock(1_000)
    const bitize = simulateBitize({ clock })
    const client = createClient(bitize.fetch, bitize.url, bitize.credentials)
    const { access_token, refresh_token } = await client.tokens()
    clock.advance(5)
    await client.refresh(refresh_token)
    bitize.faults.next({ kind: 'status', status: 503, operation: 'listVendors' })
    await client.api('/vendors?deleted=true', access_token)
    await client.api('/projects', undefined, { method: 'POST' })

    const common = { fault: undefined, processed: true, outcome: 'answered', token: undefined, exposed: [] }
    expect(bitize.requests).toEqual([
      {
        ...common,
        id: 1,
        method: 'POST',
        path: '/auth',
        operation: 'authenticate',
        receivedAt: 1_000,
        answeredAt: 1_000,
        issued: { family: 1, generation: 1 },
        status: 200,
      },
      {
        ...common,
        id: 2,
        method: 'GET',
        path: '/auth?refresh_token=[redacted]',
        operation: 'refreshAccessToken',
        receivedAt: 1_005,
        answeredAt: 1_005,
        issued: { family: 1, generation: 2 },
        token: { family: 1, generation: 1 },
        status: 200,
      },
      {
        ...common,
        id: 3,
        method: 'GET',
        path: '/vendors?deleted=[redacted]',
        operation: 'listVendors',
        receivedAt: 1_005,
        answeredAt: 1_005,
        token: { family: 1, generation: 1 },
        fault: 'status',
        processed: false,
        status: 503,
      },
      {
        ...common,
        id: 4,
        method: 'POST',
        path: '/projects',
        operation: undefined,
        receivedAt: 1_005,
        answeredAt: 1_005,
        status: 404,
        detail: 'path: no operation of this method and path',
      },
    ])
  })

  it('counts by operation and in all', async () => {
    const bitize = simulateBitize()
    const client = createClient(bitize.fetch, bitize.url, bitize.credentials)
    const { access_token } = await client.tokens()
    await client.api('/vendors', access_token)
    await client.api('/vendors', access_token)
    expect([bitize.count('authenticate'), bitize.count('listVendors'), bitize.count('createVendor')]).toEqual([1, 2, 0])
    expect(bitize.count()).toBe(3)
  })
})

describe('secrets', () => {
  it('appear in nothing that can be printed (B03)', async () => {
    const credentials = { consumerKey: '33333333-3333-4333-8333-333333333333', secretKey: 'canary-secret-key' }
    const bitize = simulateBitize({ credentials })
    const client = createClient(bitize.fetch, bitize.url, bitize.credentials)
    const { access_token, refresh_token } = await client.tokens()
    await client.refresh(refresh_token)
    await client.refresh(refresh_token)
    await client.api(`/vendors?leak=${encodeURIComponent(access_token)}`, access_token)
    bitize.faults.next({ kind: 'status', status: 500 })

    const printed = [
      inspect(bitize, { depth: Infinity, getters: true }),
      JSON.stringify(bitize),
      inspect([bitize.requests, bitize.tokens, bitize.vendors, bitize.faults.unused()], { depth: Infinity }),
    ].join('\n')
    const secrets = bitize.revealSecrets()
    expect(secrets).toEqual(expect.arrayContaining([credentials.secretKey, access_token, refresh_token]))
    expect(secrets).toHaveLength(5)
    for (const secret of secrets) {
      expect(printed).not.toContain(secret)
      expect(printed).not.toContain(encodeURIComponent(secret))
    }
  })

  it('can be spread into the options of a client', () => {
    const { credentials } = simulateBitize()
    expect({ ...credentials }).toEqual({ consumerKey: expect.any(String), secretKey: expect.any(String) })
  })

  it('must look like those of the provider', () => {
    const credentials = { consumerKey: 'not-a-uuid', secretKey: 'x' }
    expect(() => simulateBitize({ credentials })).toThrow('consumerKey: expected a UUID')
  })

  it('are the same for the same random numbers, and never repeat within a simulator', async () => {
    const open = () => {
      const bitize = simulateBitize({ random: () => 0.5 })
      return createClient(bitize.fetch, bitize.url, bitize.credentials)
    }
    const client = open()
    const first = await client.tokens()
    const second = await client.tokens()
    expect(second.access_token).not.toBe(first.access_token)
    expect((await open().tokens()).access_token).toBe(first.access_token)
  })
})
