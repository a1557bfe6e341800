import { getEventListeners } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { simulated } from '../support/simulated-bitize.ts'

describe('10 000 calls on one signal [CX05]', () => {
  test.each([
    ['that wait for one flight', true],
    ['that are served from memory', false],
  ])('%s leave no listener behind and cause no warning', async (_name, wait) => {
    const warn = vi.fn<(warning: Error) => void>()
    process.on('warning', warn)
    const { bitize, source } = await simulated()
    if (!wait) await source.getToken()
    const { signal } = new AbortController()
    const calls = Array.from({ length: 10_000 }, () => source.getToken({ signal }))
    expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(1)
    expect(new Set((await Promise.all(calls)).map(({ generation }) => generation))).toEqual(new Set([1]))
    await setImmediate()
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(bitize.count('authenticate')).toBe(1)
    process.off('warning', warn)
    expect(warn).not.toHaveBeenCalled()
  })

  test('that fail leave none behind either', async () => {
    const { bitize, source } = await simulated()
    bitize.deactivate(bitize.credentials.consumerKey)
    const { signal } = new AbortController()
    const calls = Array.from({ length: 10_000 }, () => source.getToken({ signal }))
    const outcomes = await Promise.allSettled(calls)
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']))
    await setImmediate()
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(bitize.count('authenticate')).toBe(1)
  })
})

describe('a caller’s own timeout, shorter than the flight', () => {
  test('is a ChaveiroError `timeout` where there is no token, and the flight goes on for the others [CX06]', async () => {
    const { bitize, source, clock } = await simulated()
    const hang = bitize.faults.next({ kind: 'hang', operation: 'authenticate' })
    const hurried = source.getToken({ timeoutMs: 1_000 }).catch((error: unknown) => error)
    const patient = source.getToken()
    await hang.met
    await clock.advance(1_000)
    expect(await hurried).toMatchObject({ name: 'ChaveiroError', code: 'timeout' })
    hang.release()
    expect((await patient).generation).toBe(1)
    expect(bitize.count('authenticate')).toBe(1)
  })

  test('returns the old token while it is still valid [CX06]', async () => {
    const { bitize, source, clock } = await simulated()
    const old = await source.getToken()
    // Within the margin of a day's token: the last minute.
    await clock.advance(86_400_000 - 30_000)
    const hang = bitize.faults.next({ kind: 'hang', operation: 'refreshAccessToken' })
    const hurried = source.getToken({ timeoutMs: 1_000 })
    await hang.met
    await clock.advance(1_000)
    expect(await hurried).toBe(old)
    hang.release()
    expect((await source.getToken({ newerThan: old })).generation).toBe(2)
    expect(bitize.count('refreshAccessToken')).toBe(1)
  })
})
