import { expect, it } from 'vitest'
import { indentJson, jsonTokens } from '../src/json/json-tokens.ts'
import { pickJson, readPointer } from '../src/json/pick-json.ts'

const DOCUMENTS = [
  '{}',
  '[]',
  '"a \\" b"',
  '12345678901234567890',
  '[1, 2 ,[ ], {"a":{}}]',
  '{"a": [ {"b" : "x:,{}[]", "c": null} ], "d": -1.50e+3, "e": true}',
  '[[[]],"\\\\"]',
]

it.each(DOCUMENTS)('%s is indented, and says the same', (text) => {
  const indented = indentJson(jsonTokens(text) ?? [])
  expect(JSON.parse(indented)).toEqual(JSON.parse(text))
})

it.each(['{}', '[1, 2 ,[ ], {"a":{}}]', '{"a": [ {"b" : "x:,{}[]", "c": null} ], "e": true}', '[[[]],"\\\\"]'])(
  '%s is indented as JSON.stringify does it',
  (text) => {
    expect(indentJson(jsonTokens(text) ?? [])).toBe(JSON.stringify(JSON.parse(text), undefined, 2))
  },
)

it('changes no number, which JavaScript would round', () => {
  const text = '{"id":12345678901234567890,"price":1.10}'
  expect(indentJson(jsonTokens(text) ?? [])).toBe('{\n  "id": 12345678901234567890,\n  "price": 1.10\n}')
})

it.each(['', '{', '{"a":1,}', 'NaN', "{'a':1}", '[1] [2]'])('%j is not JSON', (text) => {
  expect(jsonTokens(text)).toBe(undefined)
})

// The document and the pointers of RFC 6901, section 5.
const RFC = '{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\\\j":5,"k\\"l":6," ":7,"m~n":8}'

it.each([
  ['/foo', '["bar","baz"]'],
  ['/foo/0', '"bar"'],
  ['/', '0'],
  ['/a~1b', '1'],
  ['/c%d', '2'],
  ['/e^f', '3'],
  ['/g|h', '4'],
  ['/i\\j', '5'],
  ['/k"l', '6'],
  ['/ ', '7'],
  ['/m~0n', '8'],
  ['', RFC],
])('%s points to %s', (pointer, value) => {
  expect(pickJson(jsonTokens(RFC) ?? [], pointer)).toEqual({ tokens: jsonTokens(value) })
})

it('takes the last of two members with one name, as JSON.parse does', () => {
  expect(pickJson(jsonTokens('{"a":1,"a":{"b":2}}') ?? [], '/a/b')).toEqual({ tokens: ['2'] })
})

it.each([
  ['/none', { missing: '', kind: 'object', size: 10 }],
  ['/foo/2', { missing: '/foo', kind: 'array', size: 2 }],
  ['/foo/00', { missing: '/foo', kind: 'array', size: 2 }],
  ['/foo/-', { missing: '/foo', kind: 'array', size: 2 }],
  ['/foo/0/x', { missing: '/foo/0', kind: 'value', size: 0 }],
  ['/a~1b/x', { missing: '/a~1b', kind: 'value', size: 0 }],
])('%s points to nothing, and says how far it led', (pointer, outcome) => {
  expect(pickJson(jsonTokens(RFC) ?? [], pointer)).toEqual(outcome)
})

it.each(['foo', '#/foo', '/a~', '/a~2'])('%s is not a pointer', (text) => {
  expect(readPointer(text)).toBe(undefined)
})
