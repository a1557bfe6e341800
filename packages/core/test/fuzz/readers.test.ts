import { isChaveiroError } from '@chaveiro/core'
import {
  checkGrant,
  epoch,
  type IssuedToken,
  type Reading,
  readTokenList,
  rfc3339,
  seconds,
  zoned,
} from '@chaveiro/core/provider'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { retryAfterMs } from '../../src/http/retry-after.ts'
import { localExpiry } from '../../src/token/expiry.ts'
import { corpus, garbled } from './garbled.ts'

const CENTURY_MS = 100 * 365.25 * 86_400_000
const NOW = Date.UTC(2026, 0, 1)
// The last instant that RFC 3339 can write, in the farthest zone.
const LAST_WRITABLE = Date.parse('9999-12-31T23:59:59.999-23:59')

const zones = fc.constantFrom<unknown>(
  'UTC',
  'Z',
  '+03:00',
  '-23:59',
  '+24:00',
  '+00:60',
  'America/Sao_Paulo',
  'EST',
  'a/b',
  3,
)
const texts = fc.oneof(
  garbled('2026-06-01T12:34:56.789-03:00'),
  garbled('2026-06-01 12:34:56'),
  garbled('2026-06-01 12:34:56.123456'),
  garbled('1767225600'),
  fc.double().map(String),
)
const values = fc.oneof(texts, fc.double(), fc.maxSafeInteger(), fc.anything())

describe('readers of a token’s end', () => {
  const readings = (value: unknown, zone: unknown): Reading[] => [
    seconds(value),
    epoch(value, 'seconds'),
    epoch(value, 'milliseconds'),
    rfc3339(value),
    zoned(value, 'YYYY-MM-DD HH:mm:ss', zone),
    zoned(value, 'YYYY-MM-DD HH:mm:ss.ffffff', zone),
  ]

  /** A life of at most a century, or an instant that can be written; and, brought onto our clock, one ahead of it. */
  function isBounded(reading: Reading): boolean {
    const outcome = localExpiry(reading, NOW, 0)
    const isAhead = !('at' in outcome) || reading.kind === 'absent' || (outcome.at ?? 0) > NOW
    if (reading.kind === 'lasting') return isAhead && reading.ms >= 0 && reading.ms <= CENTURY_MS
    return isAhead && (reading.kind !== 'server' || Math.abs(reading.at) <= LAST_WRITABLE)
  }

  test('neither crash nor make a life forever of anything', () => {
    fc.assert(
      fc.property(values, zones, (value, zone) => {
        expect(readings(value, zone).filter((reading) => !isBounded(reading))).toEqual([])
      }),
      { numRuns: 2_000, examples: corpus('expiry').map((value) => [value, 'UTC']) },
    )
  })

  test('accept only what they would write themselves: no day, hour or offset that does not exist', () => {
    fc.assert(
      fc.property(fc.oneof(texts, fc.constantFrom(...corpus('expiry'))), zones, (given, zone) => {
        const text = String(given)
        const whole = text.slice(0, 19).toUpperCase()
        expect(written(rfc3339(given), text) ?? whole).toBe(whole)
        const fixed = typeof zone === 'string' && !zone.includes('/') ? zone : undefined
        expect(written(zoned(given, 'YYYY-MM-DD HH:mm:ss', fixed), fixed)?.replace('T', ' ') ?? text).toBe(text)
      }),
      { numRuns: 2_000 },
    )
  })

  /** The wall time that was read, to the second, in the zone that the text ends with; nothing where nothing was read. */
  function written(reading: Reading, zone = ''): string | undefined {
    return reading.kind === 'server' ? wall(reading.at, offsetIn(zone)) : undefined
  }

  /** The wall time at an instant, to the second, in a zone of so many minutes. */
  function wall(at: number, minutes: number): string {
    return new Date(at + minutes * 60_000).toISOString().slice(0, 19)
  }

  function offsetIn(text: string): number {
    const [, sign, hours = '0', minutes = '0'] = /([+-])(\d{2}):(\d{2})$/.exec(text) ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  }
})

test('Retry-After reads as a wait from now, or as nothing, whatever its value', () => {
  const header = fc.oneof(
    garbled('Sun, 06 Nov 2094 08:49:37 GMT'),
    garbled('Sunday, 06-Nov-94 08:49:37 GMT'),
    garbled('Sun Nov  6 08:49:37 2094'),
    garbled('120'),
    fc.string(),
  )
  fc.assert(
    fc.property(header, header, (value, date) => {
      fc.pre(isHeader(value) && isHeader(date))
      const wait = retryAfterMs(new Headers({ 'retry-after': value, date }), NOW)
      expect(wait ?? 0).toBeGreaterThanOrEqual(0)
      expect(wait ?? 0).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER)
      // What is taken for a date names a time that exists.
      const isDate = wait !== undefined && /[A-Za-z]/.test(value)
      expect(isDate ? value : '00:00:00').toMatch(/\b([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)\b/)
    }),
    { numRuns: 2_000, examples: corpus('retry-after').map((value) => [String(value), '']) },
  )
})

function isHeader(text: string): boolean {
  try {
    return new Headers({ x: text }).has('x')
  } catch {
    return false
  }
}

describe('a list of tokens in HAL, with PHP’s dates', () => {
  /** As a provider reads it. */
  function read(document: unknown): readonly IssuedToken[] {
    const items = field(field(document, '_embedded'), 'tokens')
    return readTokenList(Array.isArray(items) ? items : undefined, (item) => {
      const expires = field(item, 'expires')
      const end = zoned(field(expires, 'date'), 'YYYY-MM-DD HH:mm:ss.ffffff', field(expires, 'timezone'))
      return { id: field(item, 'id'), expiresAt: end.kind === 'server' ? end.at : undefined }
    })
  }

  function field(value: unknown, name: string): unknown {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
  }

  const date = fc.record(
    { date: garbled('2027-01-01 00:00:00.000000'), timezone: zones, timezone_type: fc.nat(4) },
    { requiredKeys: [] },
  )
  const item = fc.record(
    {
      id: fc.oneof(fc.maxSafeInteger(), fc.double(), fc.string(), fc.jsonValue()),
      expires: fc.oneof(date, fc.jsonValue()),
    },
    { requiredKeys: [] },
  )
  const documents = fc.oneof(fc.jsonValue(), fc.record({ _embedded: fc.record({ tokens: fc.array(item) }) }))

  function outcomeOf(document: unknown): string {
    try {
      const odd = read(document).find(
        ({ id, expiresAt = 0 }) => /^(|-?Infinity|NaN)$/.test(id) || Math.abs(expiresAt) > LAST_WRITABLE,
      )
      return odd ? `read ${JSON.stringify(odd)}` : 'as it should be'
    } catch (error) {
      return isChaveiroError(error) && error.code === 'malformed-response'
        ? 'as it should be'
        : `threw ${String(error)}`
    }
  }

  test('is read whole, each token under its own handle, or refused as malformed', () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(outcomeOf(document)).toEqual('as it should be')
      }),
      { numRuns: 1_000, examples: corpus('listing').map((document) => [document]) },
    )
  })

  // Two numbers that JSON tells apart and JavaScript does not would have a stranger's token revoked.
  test.each([2 ** 53, Number.POSITIVE_INFINITY, Number.NaN, 1.5])('a handle like %d names nothing', (id) => {
    const refused = expect.objectContaining({ code: 'malformed-response' })
    expect(() => readTokenList([{ id }], (one) => one)).toThrow(refused)
    expect(() => checkGrant({ accessToken: 't', id })).toThrow(refused)
  })
})
