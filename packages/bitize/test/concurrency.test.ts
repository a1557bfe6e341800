import { describe, expect, it } from 'vitest'
import { inProcess, overHttp } from './support/bitize-at-simulator.ts'

const CROWD = 1_000
const crowd = <T>(ask: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: CROWD }, ask))

describe('a thousand concurrent callers, over HTTP', () => {
  it('cause one token call when none of them has a token (B01, B11)', async () => {
    await using pair = await overHttp()
    const tokens = await crowd(() => pair.bitize.getToken())
    expect(new Set(tokens.map((token) => token.generation))).toEqual(new Set([1]))
    expect(pair.simulator.count('authenticate')).toBe(1)
    expect(pair.simulator.count()).toBe(1)
  })

  it('cause one refresh when all of them are answered 401, and every request succeeds', async () => {
    await using pair = await overHttp()
    const call = async () => {
      const response = await pair.bitize.fetch('/vendors')
      await response.text()
      return response.status
    }
    await call()
    pair.simulator.revoke()
    const statuses = await crowd(call)
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(pair.simulator.count('refreshAccessToken')).toBe(1)
    expect(pair.simulator.count('authenticate')).toBe(1)
    expect(pair.simulator.count('listVendors')).toBe(1 + 2 * CROWD)
    expect(pair.simulator.reuses).toBe(0)
  })
})

describe('a thousand concurrent callers, in process', () => {
  it('get the old token at once while one of them refreshes it in the background', async () => {
    await using pair = inProcess()
    const first = await pair.bitize.getToken()
    await pair.clock.advance(20 * 3_600_000)
    const held = await crowd(() => pair.bitize.getToken())
    expect(new Set(held.map((token) => token.reveal()))).toEqual(new Set([first.reveal()]))
    const next = await pair.bitize.getToken({ newerThan: first })
    expect(next.generation).toBe(2)
    expect(pair.simulator.count('refreshAccessToken')).toBe(1)
  })
})
