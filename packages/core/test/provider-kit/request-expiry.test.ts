import { expect, test } from 'vitest'
import { requestExpiry } from '../../src/kit/index.ts'
import { zoned } from '../../src/token/expiry.ts'
import { recordingIo } from './support.ts'

const format = 'YYYY-MM-DD HH:mm:ss'
const DAY = 86_400_000
const never = () => 0

test('a life of 30 days ends 30 days from now, to the second', async () => {
  expect(await requestExpiry(recordingIo(), 30 * DAY, format, 'UTC', never)).toBe('2026-12-22 12:00:00')
})

test('the end is written down before it is sent, as exactly what will be read back', async () => {
  const io = recordingIo({ now: Date.parse('2026-11-22T12:00:00.789Z') })

  const text = await requestExpiry(io, 30 * DAY, format, 'UTC', () => 0.5)

  expect(text).toBe('2026-12-22 11:30:00')
  expect(io.requested).toEqual([Date.parse('2026-12-22T11:30:00Z')])
  expect(zoned(text, format, 'UTC')).toEqual({ kind: 'server', at: io.requested[0] })
})

test('the random part is up to an hour, and at most 5% of the life', async () => {
  const almostOne = () => 0.999_999

  expect(await requestExpiry(recordingIo(), 30 * DAY, format, 'UTC', almostOne)).toBe('2026-12-22 11:00:00')
  expect(await requestExpiry(recordingIo(), 600_000, format, 'UTC', almostOne)).toBe('2026-11-22 12:09:30')
})

test('two ends asked for at the same instant differ', async () => {
  const ends = await Promise.all(
    Array.from({ length: 20 }, () => requestExpiry(recordingIo(), 30 * DAY, format, 'UTC')),
  )

  expect(new Set(ends).size).toBeGreaterThan(10)
})

test('another zone shows its own clock', async () => {
  const io = recordingIo()

  expect(await requestExpiry(io, DAY, format, 'America/Sao_Paulo', never)).toBe('2026-11-23 09:00:00')
  expect(io.requested).toEqual([Date.parse('2026-11-23T12:00:00Z')])
})

test('an hour that a zone repeats is noted as it will be read', async () => {
  // 2027-11-07 06:30 UTC is 01:30 in New York for the second time; read back, it counts as the first.
  const io = recordingIo({ now: Date.parse('2027-11-06T06:30:00Z') })

  expect(await requestExpiry(io, DAY, format, 'America/New_York', never)).toBe('2027-11-07 01:30:00')
  expect(io.requested).toEqual([Date.parse('2027-11-07T05:30:00Z')])
})

test('midnight is hour 00', async () => {
  expect(await requestExpiry(recordingIo(), DAY / 2, format, 'UTC', never)).toBe('2026-11-23 00:00:00')
})

test('a requested expiry that cannot be noted stops the call', async () => {
  const io = recordingIo({ noteRequestedExpiry: () => Promise.reject(new Error('the store is gone')) })

  await expect(requestExpiry(io, DAY, format, 'UTC')).rejects.toThrow('the store is gone')
})

test.each([0, -1, 999, Number.NaN, Number.POSITIVE_INFINITY, 1e18])(
  'a life of %d ms is refused',
  async (lifetimeMs) => {
    const io = recordingIo()

    await expect(requestExpiry(io, lifetimeMs, format, 'UTC')).rejects.toMatchObject({ code: 'misconfigured' })
    expect(io.requested).toEqual([])
  },
)

test.each(['BRT', 'Mars/Olympus', ''])('the zone %j is refused', async (zone) => {
  await expect(requestExpiry(recordingIo(), DAY, format, zone)).rejects.toMatchObject({ code: 'misconfigured' })
})
