import { expect, test } from 'vitest'
import { askedScopes, grantedScopes, keptFields } from '../../src/kit/index.ts'

test('scopes are those of the account and those that are always asked for, each once', () => {
  const account = { tenant: 'one', scopes: ['read', 'write'] }
  expect(askedScopes({ account })).toBe('read write')
  expect(askedScopes({ account }, { always: ['offline', 'read'], separator: ',' })).toBe('offline,read,write')
  expect(askedScopes({ account: { tenant: 'one' } })).toBeUndefined()
  expect(() => askedScopes({ account: { tenant: 'one' } }, { demanded: true })).toThrow(
    expect.objectContaining({ code: 'misconfigured' }),
  )
})

test('granted scopes are a list or a text', () => {
  expect(grantedScopes(' read  write ')).toEqual(['read', 'write'])
  expect(grantedScopes(['read'])).toEqual(['read'])
  for (const other of [undefined, null, 7, [7], {}, '', ' ']) expect(grantedScopes(other)).toBeUndefined()
})

test('what an answer leaves out is kept from the token before', () => {
  const answer: { id?: number; name?: string } = JSON.parse('{"name":"new","id":[1]}')
  expect(keptFields({ id: answer.id, name: answer.name }, { id: 7, name: 'old' })).toEqual({ id: 7, name: 'new' })
  expect(keptFields({ id: undefined })).toBeUndefined()
})
