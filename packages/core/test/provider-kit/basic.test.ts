import { expect, test } from 'vitest'
import { basic } from '../../src/kit/index.ts'

test('the examples of RFC 7617 are written as it writes them', () => {
  expect(basic('Aladdin', 'open sesame')).toEqual({ authorization: 'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==' })
  expect(basic('test', '123£')).toEqual({ authorization: 'Basic dGVzdDoxMjPCow==' })
})

test('a pair that is encoded first is encoded as a form', () => {
  const { authorization } = basic('a:b c', 'é&=%', { encoded: true })
  expect(atob(authorization.slice('Basic '.length))).toBe('a%3Ab+c:%C3%A9%26%3D%25')
})

test.each([
  ['a:b', 'c'],
  ['a', 'b\n'],
])('%j with %j cannot be carried', (username, password) => {
  expect(() => basic(username, password)).toThrow(expect.objectContaining({ code: 'misconfigured' }))
})
