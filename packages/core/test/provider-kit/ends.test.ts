import { expect, test } from 'vitest'
import { afterDuration, jwtExp, optionalExpiry, rfc3339, zoned } from '../../src/kit/index.ts'
import { base64url } from '../support/base64.ts'
import { recordingIo } from './support.ts'

const jwt = (payload: unknown) => `h.${base64url(JSON.stringify(payload))}.s`

test('the end of a JWT is its exp', () => {
  expect(jwtExp(jwt({ exp: 1_800_000_000, sub: 'é?>~' }))).toEqual({ kind: 'server', at: 1_800_000_000_000 })
  expect(jwtExp(jwt({}))).toEqual({ kind: 'absent' })
  expect(jwtExp(undefined)).toEqual({ kind: 'absent' })
  for (const other of ['opaque', 'a.b.c', 'a.@.c', 7, jwt({ exp: '1' }), jwt(null), jwt({ exp: -1 })]) {
    expect(jwtExp(other)).toEqual({ kind: 'unreadable' })
  }
})

test('an offset in the value wins over the zone, which counts where it has no offset', () => {
  const at = (value: string, zone: string) => zoned(value, 'YYYY-MM-DDTHH:mm:ss', zone)
  const noon = { kind: 'server', at: Date.parse('2027-01-01T12:00:00Z') }
  expect(at('2027-01-01T12:00:00', 'UTC')).toEqual(noon)
  expect(at('2027-01-01T09:00:00', '-03:00')).toEqual(noon)
  expect(at('2027-01-01T09:00:00.000', 'America/Sao_Paulo')).toEqual(noon)
  expect(at('2027-01-01T12:00:00Z', '-03:00')).toEqual(noon)
  expect(at('2027-01-01T14:00:00+02:00', '-03:00')).toEqual(noon)
  expect(at('2027-01-01 12:00:00', 'UTC')).toEqual({ kind: 'unreadable' })
})

test('a refresh token ends when it is unused for too long, or at its own end if that is earlier', () => {
  const io = recordingIo()
  const day = 86_400_000
  expect(optionalExpiry(io, afterDuration(9 * day), { idleMs: 2 * day })).toBe(io.now + 2 * day)
  expect(optionalExpiry(io, afterDuration(day), { idleMs: 2 * day })).toBe(io.now + day)
  expect(optionalExpiry(io, rfc3339(undefined), { idleMs: day })).toBe(io.now + day)
})
