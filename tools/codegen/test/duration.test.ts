import { expect, test } from 'vitest'
import { durationInWords, durationMs } from '../src/spec/duration.ts'

test.each([
  ['P7D', 604_800_000, '7 days'],
  ['P1W', 604_800_000, '1 week'],
  ['PT15M', 900_000, '15 minutes'],
  ['P1DT2H3M4S', 93_784_000, '1 day 2 hours 3 minutes 4 seconds'],
])('%s is %i ms, in words %s', (duration, ms, words) => {
  expect(durationMs(duration)).toBe(ms)
  expect(durationInWords(duration)).toBe(words)
})

test.each(['P1M', 'P1Y', '7 days', 'P1.5D'])(
  '%s is refused: its length is not fixed, or it is not a duration',
  (duration) => {
    expect(() => durationMs(duration)).toThrow(RangeError)
  },
)
