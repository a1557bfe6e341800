import { expect, test } from 'vitest'
import { wrapComments } from '../src/emit/wrap-comments.ts'

test('a one-line doc comment that is too long becomes a block', () => {
  expect(wrapComments('  /** one two three four */', 20)).toBe(
    ['  /**', '   * one two three', '   * four', '   */'].join('\n'),
  )
})

test('a line within a block goes on under its own text', () => {
  expect(wrapComments(' * - one two three four', 16)).toBe([' * - one two', ' *   three four'].join('\n'))
})

test('a word that is too long stays whole', () => {
  expect(wrapComments(' * https://example.com/a/long/address here', 16)).toBe(
    [' * https://example.com/a/long/address', ' * here'].join('\n'),
  )
})

test('code is left alone', () => {
  const code = `const text = 'a string that is longer than the width'`
  expect(wrapComments(code, 20)).toBe(code)
})
