import { epoch, type Reading } from '@chaveiro/core/provider'
import { expect, test } from 'vitest'

const AT = Date.UTC(2026, 0, 15, 12)

test.each<[unknown, 'seconds' | 'milliseconds', Reading]>([
  [AT / 1000, 'seconds', { kind: 'server', at: AT }],
  [String(AT / 1000), 'seconds', { kind: 'server', at: AT }],
  [AT / 1000 + 0.5, 'seconds', { kind: 'server', at: AT + 500 }],
  [AT, 'milliseconds', { kind: 'server', at: AT }],
  [String(AT), 'milliseconds', { kind: 'server', at: AT }],
  [undefined, 'seconds', { kind: 'absent' }],
  [null, 'milliseconds', { kind: 'absent' }],
  [-1, 'seconds', { kind: 'unreadable' }],
  [Number.NaN, 'seconds', { kind: 'unreadable' }],
  [1e20, 'seconds', { kind: 'unreadable' }],
  ['2026-01-15', 'seconds', { kind: 'unreadable' }],
  [{}, 'milliseconds', { kind: 'unreadable' }],
])('an instant counted since 1970 is exact in its stated unit, or unreadable: %o %s [WN12]', (value, unit, reading) => {
  expect(epoch(value, unit)).toEqual(reading)
})
