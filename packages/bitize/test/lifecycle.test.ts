import type { TokenEvent } from '@chaveiro/core'
import { describe, expect, it } from 'vitest'
import { inProcess } from './support/bitize-at-simulator.ts'

const HOUR = 3_600_000

describe('the life of a Bitize token', () => {
  it('begins with the two keys, and ends when the answer says, read as UTC (B04, B06, B07)', async () => {
    await using pair = inProcess()
    const token = await pair.bitize.getToken()
    const issued = pair.simulator.tokens[0]
    expect(token.expiresAt).toBe(issued?.access.expiresAt)
    expect(await pair.bitize.status()).toEqual({
      state: 'fresh',
      generation: 1,
      expiresAt: issued?.access.expiresAt,
      refreshExpiresAt: issued?.refresh.expiresAt,
      persisted: true,
    })
  })

  it('goes on by GET while the refresh token lives, and by the keys when both have ended (B08, B09) [PV02]', async () => {
    await using pair = inProcess()
    await pair.bitize.getToken()
    await pair.clock.advance(25 * HOUR)
    expect((await pair.bitize.getToken()).generation).toBe(2)
    expect([pair.simulator.count('authenticate'), pair.simulator.count('refreshAccessToken')]).toEqual([1, 1])
    await pair.clock.advance(49 * HOUR)
    expect((await pair.bitize.getToken()).generation).toBe(3)
    expect([pair.simulator.count('authenticate'), pair.simulator.count('refreshAccessToken')]).toEqual([2, 1])
  })

  it('sends each refresh token once, the newest each time', async () => {
    await using pair = inProcess({}, { reuse: 'revoke-family' })
    for (let day = 0; day < 5; day += 1) {
      await pair.bitize.getToken()
      await pair.clock.advance(25 * HOUR)
    }
    expect(pair.simulator.count('refreshAccessToken')).toBe(4)
    expect(pair.simulator.reuses).toBe(0)
  })

  it('goes on by the keys when the refresh token is refused (B10)', async () => {
    await using pair = inProcess()
    await pair.bitize.getToken()
    pair.simulator.revoke({ which: 'both' })
    await pair.clock.advance(25 * HOUR)
    expect((await pair.bitize.getToken()).generation).toBe(2)
    expect([pair.simulator.count('authenticate'), pair.simulator.count('refreshAccessToken')]).toEqual([2, 1])
  })

  it('does not send a refresh token again whose answer was lost: the keys get a new pair', async () => {
    await using pair = inProcess()
    await pair.bitize.getToken()
    await pair.clock.advance(25 * HOUR)
    pair.simulator.faults.next({ kind: 'reset', processed: true, operation: 'refreshAccessToken' })
    expect((await pair.bitize.getToken()).generation).toBe(2)
    expect([pair.simulator.count('authenticate'), pair.simulator.count('refreshAccessToken')]).toEqual([2, 1])
    expect(pair.simulator.reuses).toBe(0)
  })

  it('is judged by the provider’s clock when ours is wrong', async () => {
    await using pair = inProcess({}, { accessTokenLifetimeMs: HOUR })
    const events: TokenEvent[] = []
    pair.bitize.on((event) => events.push(event))
    pair.clock.setNow(pair.clock.now() + 2 * HOUR)
    const ours = pair.clock.now()
    // Both share one clock here, so the provider's answer is moved instead.
    pair.simulator.faults.next({ kind: 'skewed-date', byMs: -600_000, operation: 'authenticate' })
    const token = await pair.bitize.getToken()
    expect(token.expiresAt).toBeGreaterThan(ours + HOUR + 590_000)
    expect(token.expiresAt).toBeLessThan(ours + HOUR + 610_000)
  })

  it('lasts fifteen minutes when the answer’s date cannot be read', async () => {
    await using pair = inProcess()
    pair.simulator.faults.next({
      kind: 'altered-field',
      field: 'expiration_access_token',
      value: '2026-01-16 12:00:00',
      operation: 'authenticate',
    })
    const token = await pair.bitize.getToken()
    expect(token.expiresAt).toBe(pair.clock.now() + 900_000)
  })
})

describe('wrong keys', () => {
  it('make exactly one call, and an error that says what to do (B12)', async () => {
    await using pair = inProcess({ secretKey: 'not-the-key' })
    for (let caller = 0; caller < 10; caller += 1) {
      await expect(pair.bitize.getToken()).rejects.toMatchObject({
        code: 'credentials-rejected',
        action: 'reauthorize',
        status: 400,
        message: expect.stringContaining('Check the inputs'),
      })
      await pair.clock.advance(60_000)
    }
    expect(pair.simulator.count('authenticate')).toBe(1)
    expect((await pair.bitize.status()).state).toBe('credentials-rejected')
  })

  it('are tried at once when they change', async () => {
    const keys = { secretKey: 'not-the-key' }
    await using pair = inProcess({ secretKey: () => keys.secretKey })
    await expect(pair.bitize.getToken()).rejects.toMatchObject({ code: 'credentials-rejected' })
    keys.secretKey = pair.simulator.credentials.secretKey
    expect((await pair.bitize.getToken()).generation).toBe(1)
    expect(pair.simulator.count('authenticate')).toBe(2)
  })
})
