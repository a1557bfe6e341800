import { expect, test } from 'vitest'
import { readTokenList, rfc3339, seconds, statedEnd, zoned } from '../../src/kit/index.ts'
import { recordingIo } from './support.ts'

interface Item {
  id?: unknown
  ends?: string
}

const read = (item: Item) => ({ id: item.id })

test('each item is a token, its id a string', () => {
  expect(readTokenList([{ id: '5320' }, { id: 5347 }], read)).toEqual([{ id: '5320' }, { id: '5347' }])
})

test('an end is kept where there is one', () => {
  expect(readTokenList([{ id: '1' }], ({ id }) => ({ id, expiresAt: 7 }))).toEqual([{ id: '1', expiresAt: 7 }])
})

test('an empty list is a list', () => {
  expect(readTokenList([], read)).toEqual([])
})

test.each([undefined, null, '', {}])('an item with the id %j makes the list malformed', (id) => {
  expect(() => readTokenList([{ id: '1' }, { id }], read)).toThrow(
    expect.objectContaining({ code: 'malformed-response' }),
  )
})

test('no list is malformed', () => {
  expect(() => readTokenList(undefined, read)).toThrow(expect.objectContaining({ code: 'malformed-response' }))
})

test('an item that is not an object is malformed', () => {
  const items: readonly Item[] = JSON.parse('[null]')

  expect(() => readTokenList(items, read)).toThrow(expect.objectContaining({ code: 'malformed-response' }))
})

test('a stated end is not moved onto the local clock, nor is a past one forgotten', () => {
  const io = recordingIo({ clockOffsetMs: 3_600_000 })

  expect(statedEnd(io, rfc3339('2020-01-01T00:00:00Z'))).toBe(Date.parse('2020-01-01T00:00:00Z'))
  expect(statedEnd(io, seconds('60'))).toBe(io.now + 60_000)
  expect(statedEnd(io, zoned('2027-01-01 00:00:00', 'YYYY-MM-DD HH:mm:ss', 'BRT'))).toBeUndefined()
  expect(statedEnd(io, rfc3339(undefined))).toBeUndefined()
})
