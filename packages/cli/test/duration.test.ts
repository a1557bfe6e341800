import { expect, it } from 'vitest'
import { bar } from '../src/output/bar.ts'
import { formatDuration } from '../src/output/duration.ts'

it.each([
  [-5, '0 s'],
  [999, '0 s'],
  [45_000, '45 s'],
  [725_000, '12 min 5 s'],
  [3_600_000, '1 h'],
  [97_200_000, '1 d 3 h'],
])('%d ms reads as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

it.each([
  [undefined, '··········'],
  [0, '░░░░░░░░░░'],
  [0.5, '█████░░░░░'],
  [0.56, '█████▋░░░░'],
  [2, '██████████'],
])('a share of %s is %s', (share, text) => {
  expect(bar(share)).toBe(text)
})
