import { attemptsOf } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { apiServer } from '../support/api-server.ts'
import { simulated } from '../support/simulated-bitize.ts'

/** Answers with these statuses in turn, then 200. */
function answering(...statuses: number[]) {
  return apiServer({ answer: (response, _request, nth) => void response.writeHead(statuses[nth - 1] ?? 200).end() })
}

describe('the retry policy is independent of the token', () => {
  test.each<[number[], number, number, number]>([
    [[503, 401], 200, 2, 2],
    [[401, 503], 200, 2, 2],
    [[401, 503, 401], 200, 2, 3],
    [[500, 502, 401], 200, 3, 2],
    [[503, 503, 503], 503, 3, 1],
    [[401, 401], 401, 1, 2],
    [[401, 401, 200], 401, 1, 2],
    [[503, 401, 401], 401, 2, 2],
    [[401, 500, 401, 500, 401, 500], 500, 3, 4],
  ])('%j ends with %d after %d attempts and %d token calls', async (statuses, last, attempts, renewals) => {
    const api = await answering(...statuses)
    const response = await api.source.fetch('/x')
    expect(response.status).toBe(last)
    expect(attemptsOf(response)).toMatchObject({ attempts })
    expect(api.renewals()).toBe(renewals)
  })

  test('a replay costs no attempt: the history tells the outcome of each', async () => {
    const { source } = await answering(503, 401)
    const response = await source.fetch('/x')
    expect(attemptsOf(response)?.history.map(({ status }) => status)).toEqual([503, 200])
  })

  test('every attempt carries the newest token', async () => {
    const { source, received, clock } = await apiServer({
      answer: async (response, _request, nth) => {
        // The first token has ended when the second attempt begins.
        if (nth === 1) await clock.advance(3_600_000)
        response.writeHead(nth === 1 ? 503 : 200).end()
      },
      manager: { attemptTimeoutMs: false, timeoutMs: false },
    })
    expect((await source.fetch('/x')).status).toBe(200)
    expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  test('retry: false sends once, and a replay does not count as a retry', async () => {
    const { source, received } = await answering(401, 503)
    const response = await source.fetch.with({ retry: false })('/x')
    expect(response.status).toBe(503)
    expect(received).toHaveLength(2)
  })

  test('with() adds to what was said before, and undefined changes nothing', async () => {
    const { source, received } = await answering(...Array<number>(9).fill(503))
    const patient = source.fetch
      .with({ retry: { maxAttempts: 5 } })
      .with({ retry: { capMs: 0, maxAttempts: undefined } })
    await patient.with({ retry: undefined, timeoutMs: undefined })('/x')
    expect(received).toHaveLength(5)
  })

  test('a POST is not sent again after a 503, but after a refusal and a 429', async () => {
    const { source, received } = await answering(401, 429, 503)
    expect((await source.fetch('/x', { method: 'POST', body: 'x' })).status).toBe(503)
    expect(received.map(({ body }) => body.toString())).toEqual(['x', 'x', 'x'])
  })
})

describe('a token that cannot be had', () => {
  test('before sending is a ChaveiroError that is not retried', async () => {
    const { bitize, source } = await simulated()
    bitize.faults.next({ kind: 'status', status: 500, operation: 'authenticate', times: Infinity })
    const error = await source.fetch('/vendors').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'unavailable', action: 'retry', retryAfterMs: expect.any(Number) })
    const calls = bitize.count('authenticate')
    // In the cool-down the same error comes at once, without a call.
    await expect(source.fetch('/vendors')).rejects.toMatchObject({ code: 'unavailable' })
    expect(bitize.count('authenticate')).toBe(calls)
    expect(bitize.count('listVendors')).toBe(0)
  })

  test('within the call’s own time is a ChaveiroError `timeout`', async () => {
    const { bitize, source, clock } = await simulated()
    const hang = bitize.faults.next({ kind: 'hang', operation: 'authenticate' })
    const call = source.fetch
      .with({ timeoutMs: 5_000 })('/vendors')
      .catch((thrown: unknown) => thrown)
    await hang.met
    await clock.advance(5_000)
    expect(await call).toMatchObject({ name: 'ChaveiroError', code: 'timeout' })
    hang.release()
    // The token call went on for the next caller.
    expect((await source.fetch('/vendors')).status).toBe(200)
    expect(bitize.count('authenticate')).toBe(1)
  })

  test('in time after a 401 leaves the caller that 401, with its body', async () => {
    const { bitize, source, clock } = await simulated()
    await source.getToken()
    bitize.revoke()
    const hang = bitize.faults.next({ kind: 'hang', operation: 'refreshAccessToken' })
    const call = source.fetch.with({ timeoutMs: 5_000 })('/vendors')
    await hang.met
    await clock.advance(5_000)
    const response = await call
    expect([response.status, (await response.text()).includes('revoked')]).toEqual([401, true])
  })
})

describe('the caller’s abort', () => {
  test('while a new token is fetched surfaces by identity, frees the refused body, and leaves the refresh alone [CX09]', async () => {
    const { bitize, source } = await simulated()
    await source.getToken()
    bitize.revoke()
    const hang = bitize.faults.next({ kind: 'hang', operation: 'refreshAccessToken' })
    const abort = new AbortController()
    const call = source.fetch('/vendors', { signal: abort.signal }).catch((thrown: unknown) => thrown)
    await hang.met
    const reason = { my: 'reason' }
    abort.abort(reason)
    expect(await call).toBe(reason)
    hang.release()
    expect((await source.fetch('/vendors')).status).toBe(200)
    expect(bitize.count('refreshAccessToken')).toBe(1)
    expect(bitize.count('authenticate')).toBe(1)
  })

  test('during a replay surfaces by identity too, and the new token stays [CX09]', async () => {
    const { bitize, source } = await simulated()
    await source.getToken()
    bitize.revoke()
    bitize.faults.next({ kind: 'status', status: 401, operation: 'listVendors' })
    const hang = bitize.faults.next({ kind: 'hang', operation: 'listVendors' })
    const abort = new AbortController()
    const call = source.fetch('/vendors', { signal: abort.signal }).catch((thrown: unknown) => thrown)
    await hang.met
    const reason = new Error('enough')
    abort.abort(reason)
    expect(await call).toBe(reason)
    expect((await source.getToken()).generation).toBe(2)
    expect(bitize.count('refreshAccessToken')).toBe(1)
  })

  test('on a Request counts like one in the init', async () => {
    const { source, server } = await simulated()
    const reason = new Error('enough')
    const request = new Request(new URL('/vendors', server), { signal: AbortSignal.abort(reason) })
    expect(await source.fetch(request).catch((thrown: unknown) => thrown)).toBe(reason)
  })
})

describe('what lasts longer than a token', () => {
  test('asks getToken() for enough validity, and fetch for nothing [RJ15]', async () => {
    const { source, clock, renewals } = await apiServer({})
    await source.getToken()
    await clock.advance(1_800_000)
    const socketToken = await source.getToken({ minValidityMs: 3_000_000 })
    expect(socketToken.generation).toBe(2)
    expect((socketToken.expiresAt ?? 0) - clock.now()).toBeGreaterThanOrEqual(3_000_000)
    expect(renewals()).toBe(2)
    await expect(source.getToken({ minValidityMs: 7_200_000 })).rejects.toMatchObject({ code: 'misconfigured' })
  })
})
