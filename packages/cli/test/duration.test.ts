import { expect, it } from 'vitest'
import { bar } from '../src/commands/status-table.ts'
import { formatDuration, inUnitOf } from '../src/session/times.ts'

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

it.each([
  [
    '2d',
    'for 172800 s was asked for, but bitize issues tokens of 86399 s.',
    'for 2 d was asked for, but bitize issues tokens of 1 d.',
  ],
  ['1d', 'for 86400 s, but 86399 s', 'for 1 d, but 0.99 d'],
  ['90m', 'for 5400 s, but 3600 s', 'for 90 m, but 60 m'],
  ['100000ms', 'for 100 s, but 5000 ms', 'for 100000 ms, but 5000 ms'],
  ['3d', 'for 259200 s, but 60 s', 'for 3 d, but 60 s'],
])('a question in %s is answered in that unit', (asked, message, answer) => {
  expect(inUnitOf(asked, message)).toBe(answer)
})
