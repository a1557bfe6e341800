import { expect, test } from 'vitest'
import { afterDuration, checkGrant, expiry, rfc3339, seconds } from '../../src/kit/index.ts'
import type { GrantFields } from '../../src/token/grant.ts'
import { recordingIo } from './support.ts'

const malformed = expect.objectContaining({ code: 'malformed-response' })

test.each([
  ['missing', undefined],
  ['null', null],
  ['empty', ''],
  ['no string', 42],
  ['an object', { access_token: 't' }],
  ['with a line break', 'abc\r\nX-Other: 1'],
  ['with a space', 'abc def'],
  ['with a letter beyond ASCII', 'tokén'],
  ['with a control character', 'abc\u0000'],
])('an access token that is %s is malformed', (_what, accessToken) => {
  expect(() => checkGrant({ accessToken })).toThrow(malformed)
})

test.each(['Bearer', 'bearer', 'BEARER', undefined, null, ''])(
  'a token of the type %j is a bearer token',
  (tokenType) => {
    expect(checkGrant({ accessToken: 't', tokenType })).toEqual({ accessToken: 't' })
  },
)

test.each(['mac', 'DPoP', 'N_A', 7, ['Bearer'], { type: 'Bearer' }])(
  'a token of the type %j must not be used as a bearer token (RFC 6749 §7.1)',
  (tokenType) => {
    const fields = { accessToken: 't', tokenType, refreshToken: 'the-next-one' }
    expect(() => checkGrant(fields)).toThrow(malformed)
    expect(() => checkGrant(fields)).toThrow('The provider answered with a token of a type other than Bearer.')
  },
)

test('a provider may have names of its own for bearer tokens', () => {
  expect(checkGrant({ accessToken: 't', tokenType: 'Bot', bearerNames: ['bot'] })).toEqual({ accessToken: 't' })
  expect(checkGrant({ accessToken: 't', tokenType: 'bearer', bearerNames: ['bot'] })).toEqual({ accessToken: 't' })
  expect(() => checkGrant({ accessToken: 't', tokenType: 'mac', bearerNames: ['bot'] })).toThrow(malformed)
})

test('the message of a malformed token does not quote it', () => {
  expect(() => checkGrant({ accessToken: 's3cr3t value' })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining('s3cr3t') }),
  )
})

test('an access token of visible ASCII is taken as it is', () => {
  expect(checkGrant({ accessToken: 'SFMyNTY.~!#$%&/=-_' })).toEqual({ accessToken: 'SFMyNTY.~!#$%&/=-_' })
})

test.each<[string, Partial<GrantFields>]>([
  ['the id', { id: 'long-enough' }],
  ['a scope', { scopes: ['read', 'of:long-enough'] }],
  ['a value of meta', { meta: { seller: { note: 'It is long-enough.' } } }],
  ['a name in meta', { meta: [{ 'long-enough': 1 }] }],
])('a token that %s shows is refused', (_what, fields) => {
  const refused = expect.objectContaining({
    code: 'misconfigured',
    message: expect.not.stringContaining('long-enough'),
  })
  expect(() => checkGrant({ accessToken: 'long-enough', ...fields })).toThrow(refused)
  expect(() => checkGrant({ accessToken: 'access', refreshToken: 'long-enough', ...fields })).toThrow(refused)
})

test.each(['0', '1', 'of', 'read'.slice(1)])('a token as short as %j is not found in the parts of others', (short) => {
  const fields = { id: 'of:1', scopes: ['read', 'of:10'], meta: [[], 'of 1'] }
  expect(checkGrant({ accessToken: short, ...fields })).toMatchObject({ accessToken: short })
})

test.each(['a b', 7, { a: 'b' }])('a further secret that is %j is malformed, and named', (jwt) => {
  expect(() => checkGrant({ accessToken: 'access', secrets: { jwt } })).toThrow(malformed)
  expect(() => checkGrant({ accessToken: 'access', secrets: { jwt } })).toThrow(/ as jwt\./)
})

test('further secrets that are omitted are not there, and none of them may be shown', () => {
  expect(checkGrant({ accessToken: 'access', secrets: { jwt: null, pin: '' } })).toEqual({ accessToken: 'access' })
  expect(() => checkGrant({ accessToken: 'access', secrets: { jwt: 'long-enough' }, meta: ['long-enough'] })).toThrow(
    expect.objectContaining({ code: 'misconfigured' }),
  )
})

test.each([null, '', undefined])('a refresh token %j counts as omitted', (refreshToken) => {
  expect(checkGrant({ accessToken: 'access', refreshToken })).toEqual({ accessToken: 'access' })
})

test('a refresh token is checked like an access token', () => {
  expect(() => checkGrant({ accessToken: 'access', refreshToken: 'a b' })).toThrow(malformed)
})

test.each([Number.NaN, Number.POSITIVE_INFINITY])('an expiry of %d is malformed', (expiresAt) => {
  expect(() => checkGrant({ accessToken: 'access', expiresAt })).toThrow(malformed)
})

test('an expiry is ahead, or the token has ended now, which is a sign of a wrong clock [E3]', () => {
  let skews = 0
  const io = recordingIo({
    noteSkew: () => {
      skews += 1
    },
  })

  expect(expiry(io, seconds('3600'))).toBe(io.now + 3_600_000)
  expect(expiry(io, rfc3339('2026-11-22T11:59:59Z'))).toBe(io.now)
  expect(expiry(io, rfc3339('2026-11-22T11:59:59Z'), { otherwiseMs: 1000 })).toBe(io.now + 1000)
  expect(skews).toBe(2)
})

test.each(['soon', '', '1e400', '-1', Number.NaN, {}, true])(
  'an expiry of %j seconds cannot be read, so the token has ended now [E3]',
  (value) => {
    const io = recordingIo()
    expect(expiry(io, seconds(value))).toBe(io.now)
  },
)

test('a life that the documents state begins now', () => {
  const io = recordingIo()

  expect(expiry(io, afterDuration(604_800_000))).toBe(io.now + 604_800_000)
})
