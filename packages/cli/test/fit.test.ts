import { expect, it } from 'vitest'
import { cells, fit, widthOf } from '../src/terminal/fit.ts'

it('breaks a line at spaces, and indents what follows like it', () => {
  expect(fit('  one two three four', 11)).toBe('  one two\n  three\n  four')
  expect(fit('name  one two three', 14, 6)).toBe('name  one two\n      three')
})

it('keeps a word that is too long, and a command to copy', () => {
  const url = 'https://example.test/a/long/path'
  expect(fit(`See ${url} for more`, 20)).toBe(`See\n${url}\nfor more`)
  expect(fit('Sign in again: chaveiro login bitize', 30)).toBe('Sign in again:\nchaveiro login bitize')
  expect(fit('Remove it with chaveiro logout and sign in', 26)).toBe('Remove it with\nchaveiro logout and sign\nin')
})

it('leaves every line whole where there is no width', () => {
  const line = 'a word '.repeat(100)
  expect(fit(line, undefined)).toBe(line)
})

it('counts what a terminal shows', () => {
  expect(cells(`${String.fromCharCode(27)}[31mab${String.fromCharCode(27)}[39m`)).toBe(2)
  expect(cells('日本')).toBe(4)
  expect(cells('ação')).toBe(4)
})

it('knows a width from the terminal, else from COLUMNS', () => {
  expect(widthOf({ columns: 70 }, { COLUMNS: '90' })).toBe(70)
  expect(widthOf({}, { COLUMNS: '90' })).toBe(90)
  expect(widthOf({}, { COLUMNS: 'wide' })).toBe(undefined)
  expect(widthOf({}, {})).toBe(undefined)
})
