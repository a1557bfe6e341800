import { expect, it } from 'vitest'
import { NOTHING, table } from '../src/terminal/table.ts'

const WHOLE = {
  titles: ['who', 'state', 'failure', 'next'],
  rows: [
    ['bitize', 'valid', NOTHING, 'in 5 s'],
    ['genpag', 'expired', NOTHING, NOTHING],
  ],
  dim: (text: string) => text,
}

it('shows every column where there is room, and in a pipe', () => {
  const lines = [
    '  who     state    failure  next',
    '  bitize  valid    –        in 5 s',
    '  genpag  expired  –        –',
  ]
  expect(table(WHOLE, undefined)).toEqual(lines)
  expect(table(WHOLE, 34)).toEqual(lines)
})

it('drops columns without a value where that is enough', () => {
  expect(table(WHOLE, 33)).toEqual(['  who     state    next', '  bitize  valid    in 5 s', '  genpag  expired  –'])
})

it('stacks its rows where it is still too wide, and leaves out what has no value', () => {
  expect(table(WHOLE, 20)).toEqual([
    '  bitize',
    '    state    valid',
    '    next     in 5 s',
    '',
    '  genpag',
    '    state    expired',
  ])
})
