import { expect, it } from 'vitest'
import { columns } from '../src/terminal/table.ts'

const LAYOUT = [{ width: 5 }, { width: 4, right: true }, { width: 3 }]

it('puts numbers on the right and text on the left', () => {
  expect(columns(LAYOUT, ['ab', '7', 'ok'])).toBe('  ab        7  ok')
})

it('does not count colours', () => {
  const red = `${String.fromCharCode(27)}[31mab${String.fromCharCode(27)}[39m`
  expect(columns(LAYOUT, [red, '7', 'ok'])).toBe(`  ${red}        7  ok`)
})

it('keeps what is too long', () => {
  expect(columns(LAYOUT, ['abcdefgh', '7', 'ok'])).toBe('  abcdefgh     7  ok')
})
