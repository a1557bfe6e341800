import { describe, expect, it, vi } from 'vitest'
import { simulateBitize } from '../src/index.ts'
import {
  assertHoldsNoSecret,
  assertMetAllFaults,
  assertReceived,
  assertReusedNoRefreshToken,
  assertSentNoSecret,
  matchers,
  type SimulatorMatchers,
} from '../src/testing.ts'
import { createClient } from './bitize-client.ts'

declare module 'vitest' {
  interface Matchers<T> extends SimulatorMatchers<T> {}
}

expect.extend(matchers)

const open = () => {
  const bitize = simulateBitize()
  return { bitize, client: createClient(bitize.fetch, bitize.url, bitize.credentials) }
}

describe('matchers', () => {
  it('count requests, of an operation or of any description', async () => {
    const { bitize, client } = open()
    await client.tokens()
    await client.api('/vendors', 'unknown')
    expect(bitize).toHaveReceived('authenticate')
    expect(bitize).toHaveReceived('authenticate', 1)
    expect(bitize).toHaveReceived({ operation: 'listVendors', status: 401 }, { atMost: 2 })
    expect(bitize).not.toHaveReceived('createVendor')
    expect(() => expect(bitize).toHaveReceived('authenticate', 2)).toThrow(
      'Expected 2 requests of {"operation":"authenticate"}, received 1.\n  1. POST /auth 200 authenticate\n  2. GET /vendors 401 listVendors',
    )
    expect(() => expect(bitize).not.toHaveReceived('authenticate')).toThrow('Expected not at least 1')
  })

  it('name operations that there are, and no others', () => {
    const { bitize } = open()
    // @ts-expect-error There is no such operation.
    expect(bitize).not.toHaveReceived('pay')
  })

  it('see a secret in an address, in a fault that met nothing, and in an output', async () => {
    const { bitize, client } = open()
    const { access_token, refresh_token } = await client.tokens()
    await client.refresh(refresh_token)
    bitize.faults.next({ kind: 'reset' })
    expect(bitize).toHaveSentNoSecret()
    expect(() => expect(bitize).toHaveMetAllFaults()).toThrow('Unused: reset (1 more).')
    bitize.faults.clear()
    expect(bitize).toHaveMetAllFaults()
    await client.refresh(refresh_token)
    expect(() => expect(bitize).toHaveReusedNoRefreshToken()).toThrow('It happened 1 times')
    await client.api(`/vendors?access_token=${encodeURIComponent(access_token)}`, undefined)
    expect(() => expect(bitize).toHaveSentNoSecret()).toThrow('(a secret in query.access_token)')
    expect('GET /vendors').toHoldNoSecretOf(bitize)
    for (const spelled of [access_token, encodeURIComponent(refresh_token), btoa(access_token)]) {
      expect(() => expect({ log: [`token=${spelled}`] }).toHoldNoSecretOf(bitize)).toThrow(
        /^Expected no secret in the output/,
      )
    }
  })
})

describe('assertions for other runners', () => {
  it('pass and throw as the matchers do, and never with a secret', async () => {
    const { bitize, client } = open()
    const { access_token } = await client.tokens()
    assertReceived(bitize, 'authenticate', 1)
    assertSentNoSecret(bitize)
    assertMetAllFaults(bitize)
    assertReusedNoRefreshToken(bitize)
    assertHoldsNoSecret('nothing', bitize)
    expect(() => assertReceived(bitize, { method: 'DELETE' })).toThrow('Expected at least 1 requests')
    const leaks = (): void => assertHoldsNoSecret(access_token, bitize)
    expect(leaks).toThrow('It contains the secrets number 2 of revealSecrets()')
    expect(leaks).not.toThrow(access_token)
  })
})

describe('a simulator under fake timers', () => {
  it('lives by them: a day passes, and the token has ended', async () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1) })
    const { bitize, client } = open()
    const { access_token } = await client.tokens()
    vi.advanceTimersByTime(86_400_000)
    expect((await client.api('/vendors', access_token)).status).toBe(401)
    bitize.reset()
    expect(bitize).not.toHaveReceived({})
    vi.useRealTimers()
  })
})
