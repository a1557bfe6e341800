import { expect, test } from 'vitest'
import { askedScopes, checkGrant, grantedScopes, keptFields } from '../../src/kit/index.ts'

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

test('granted scopes are separated as the asked ones are, where that is not by spaces', () => {
  expect(grantedScopes('read,write', { separator: ',' })).toEqual(['read', 'write'])
  expect(grantedScopes('read, write all', { separator: ',' })).toEqual(['read', 'write', 'all'])
  expect(grantedScopes('read.all|write', { separator: '|' })).toEqual(['read.all', 'write'])
  expect(grantedScopes('read,write')).toEqual(['read,write'])
})

test('an answer that names no scopes has granted those that were asked for (RFC 6749 §5.1)', () => {
  for (const silent of [undefined, null, '']) expect(grantedScopes(silent, { asked: 'a b' })).toEqual(['a', 'b'])
  expect(grantedScopes(undefined, { asked: 'a,b', separator: ',' })).toEqual(['a', 'b'])
  expect(grantedScopes('a', { asked: 'a b' })).toEqual(['a'])
  expect(grantedScopes(undefined, { asked: undefined })).toBeUndefined()
})

test('what an answer leaves out is kept from the token before', () => {
  const answer: { id?: number; name?: string } = JSON.parse('{"name":"new","id":[1]}')
  expect(keptFields({ id: answer.id, name: answer.name }, { id: 7, name: 'old' })).toEqual({ id: 7, name: 'new' })
  expect(keptFields({ id: undefined })).toBeUndefined()
})

test('a secret without which the token is of no use has to be there', () => {
  const fields = { accessToken: 't', requiredSecrets: ['jwt'] }
  expect(checkGrant({ ...fields, secrets: { jwt: 'j', pin: null } })).toEqual({
    accessToken: 't',
    secrets: { jwt: 'j' },
  })
  for (const secrets of [{ jwt: undefined }, { jwt: null }, { jwt: '' }, { pin: 'p' }, undefined]) {
    expect(() => checkGrant({ ...fields, secrets })).toThrow(
      expect.objectContaining({
        code: 'malformed-response',
        message: expect.stringContaining('no jwt with the token'),
      }),
    )
  }
})
