import { expect, it } from 'vitest'
import { parseEnv } from '../src/files/parse-env.ts'

it.each([
  ['NAME=value', 'value'],
  ['export NAME=value', 'value'],
  ['  export   NAME = value  ', 'value'],
  ['NAME="a value"', 'a value'],
  ["NAME='a value' # why", 'a value'],
  ['NAME=`it\'s "quoted"`', 'it\'s "quoted"'],
  ['NAME="a\\nb\\"c\\\\d\\$e\\x"', 'a\nb"c\\d$e\\x'],
  ["NAME='a\\nb'", 'a\\nb'],
  ['NAME="line one\nline two"', 'line one\nline two'],
  ['NAME=value # a comment', 'value'],
  ['NAME=# a comment\n', '# a comment'],
  ['NAME= # a comment\n', ''],
  ['NAME=pass#word', 'pass#word'],
  ['NAME="pass # word"', 'pass # word'],
  ['NAME=it"s', 'it"s'],
  ['NAME==padded==', '=padded=='],
  ['# first\n\n  # second\nNAME=value\n\n', 'value'],
  ['NAME=value\r\n', 'value'],
  ['NAME=', ''],
  ['NAME=""', ''],
  ['NAME=$HOME', '$HOME'],
])('%j has the value %j', (text, value) => {
  expect(parseEnv(text, refuse)).toEqual([['NAME', value]])
})

it('reads line after line, in the order of the file', () => {
  expect(parseEnv('A=1\r\nexport B="2"\r# none\nC=\'3\'', refuse)).toEqual([
    ['A', '1'],
    ['B', '2'],
    ['C', '3'],
  ])
})

it.each([
  ['A=1\nsecret-without-a-name', 2, false],
  ['A=1\nexport B', 2, false],
  ['A="1"x', 1, false],
  ['A=1\n\nB="never closed\nC=2', 3, true],
  ["A='1\n", 1, true],
])('%j is refused in line %d', (text, line, isUnclosed) => {
  expect(() => parseEnv(text, refuse)).toThrow(`${line} ${isUnclosed}`)
})

function refuse({ line, isUnclosed }: { line: number; isUnclosed: boolean }): Error {
  return new Error(`${line} ${isUnclosed}`)
}
