import { type Assertion, assertionSigner, byServer } from '@chaveiro/core/assertion'
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { ALGORITHMS, keysFor } from './keys.ts'

const NOW = Date.parse('2026-11-22T12:00:00.900Z')
const AT = { now: NOW, clockOffsetMs: 0 }
const MINUTES_5 = 300_000

/** An assertion by ES256, unless the test says otherwise. */
async function assertionWith(fields: Partial<Assertion>): Promise<string> {
  const { key = (await keysFor('ES256')).pem } = fields
  return assertionSigner()(AT, { alg: 'ES256', lifetimeMs: MINUTES_5, claims: { iss: 'shop' }, ...fields, key })
}

describe('an assertion', () => {
  test.each(ALGORITHMS)('signed by %s verifies elsewhere, from a PEM and from a JWK', async (alg) => {
    const { publicKey, pem, jwk } = await keysFor(alg)
    const named = JSON.stringify({ ...jwk, kid: 'key-1', use: 'sig', key_ops: ['sign'], alg })
    for (const key of [pem, pem.replaceAll('\n', '\\n'), named]) {
      const assertion = await assertionWith({ alg, key, claims: { iss: 'shop', aud: ['a', 'b'], admin: true } })
      const { payload, protectedHeader } = await jwtVerify(assertion, publicKey, { currentDate: new Date(NOW) })
      const iat = Math.floor(NOW / 1000)
      expect(payload).toEqual({
        iss: 'shop',
        aud: ['a', 'b'],
        admin: true,
        iat,
        exp: iat + 300,
        jti: expect.stringMatching(/^[\w-]{16}$/),
      })
      expect(protectedHeader).toEqual({ alg, typ: 'JWT', ...(key === named && { kid: 'key-1' }) })
    }
  })

  test('has an id of its own, and none of the claims that were left out', async () => {
    const { pem: key } = await keysFor('ES256')
    const assertions = await Promise.all([1, 2].map(() => assertionWith({ key, claims: { iss: 'é', sub: undefined } })))
    const [one, other] = assertions.map((assertion) => decodeJwt(assertion))
    expect(one?.jti).not.toBe(other?.jti)
    expect(one).not.toHaveProperty('sub')
    expect(one?.iss).toBe('é')
  })

  test('cannot be given another time by its claims', async () => {
    const { iat, exp } = decodeJwt(await assertionWith({ claims: { iat: 1, exp: 2, jti: 'x' } }))
    expect([iat, exp]).toEqual([Math.floor(NOW / 1000), Math.floor(NOW / 1000) + 300])
  })

  test('is dated by the clock of the provider', async () => {
    const { pem: key } = await keysFor('ES256')
    const early = { now: NOW, clockOffsetMs: -3_600_000 }
    const options: Assertion = { alg: 'ES256', key, lifetimeMs: MINUTES_5, claims: {} }
    expect(decodeJwt(await assertionSigner()(early, options)).iat).toBe(Math.floor(NOW / 1000) - 3600)
  })
})

describe('a key', () => {
  test('that could not be imported is tried again', async () => {
    const sign = assertionSigner()
    const options: Assertion = { alg: 'ES256', key: 'x', lifetimeMs: MINUTES_5, claims: {} }
    for (const _ of [1, 2]) await expect(sign(AT, options)).rejects.toMatchObject({ code: 'misconfigured' })
  })

  const labelled = async (label: string) => (await keysFor('ES256')).pem.replaceAll('PRIVATE KEY', label)

  test.each([
    [
      'PKCS #1',
      () => labelled('RSA PRIVATE KEY'),
      /\("BEGIN RSA PRIVATE KEY"\)\. Convert it: openssl pkcs8 -topk8 -nocrypt -in/,
    ],
    ['SEC 1', () => labelled('EC PRIVATE KEY'), /\("BEGIN EC PRIVATE KEY"\)\. Convert it: openssl pkcs8/],
    ['a passphrase', () => labelled('ENCRYPTED PRIVATE KEY'), /is encrypted with a passphrase\. Convert it: openssl/],
    [
      'a public key',
      async () => (await keysFor('ES256')).publicPem,
      /the public half of a key \("BEGIN PUBLIC KEY"\)\. Pass/,
    ],
    [
      'a public JWK',
      async () => JSON.stringify((await keysFor('ES256')).publicJwk),
      /has no "d", so it is a public key/,
    ],
    ['no key', async () => 'secret', /neither a PEM that begins with "-----BEGIN PRIVATE KEY-----" nor a JWK/],
    ['half a JWK', async () => '{"kty":', /looks like a JWK but can't be parsed/],
    ['half a PEM', async () => '-----BEGIN PRIVATE KEY-----\n(((\n-----END PRIVATE KEY-----', /is a damaged PEM/],
    [
      'a key on another curve',
      async () => (await keysFor('ES384')).pem,
      /doesn't fit ES256, which signs with an EC key on P-256/,
    ],
    ['a JWK on another curve', async () => JSON.stringify((await keysFor('ES384')).jwk), /doesn't fit ES256/],
    ['a key of RSA', async () => (await keysFor('RS256')).pem, /doesn't fit ES256/],
  ])('from %s is refused in words', async (_, load, message) => {
    const key = await load()
    const error: unknown = await assertionWith({ key }).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'misconfigured', message: expect.stringMatching(message) })
    const lines = key.split('\n').filter((line) => line.length > 20 && !line.startsWith('-----'))
    for (const line of lines) expect(JSON.stringify(error) + String(error)).not.toContain(line)
  })

  test('of fewer than 2048 bits is refused', async () => {
    const { privateKey } = await crypto.subtle.generateKey(
      { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ['sign', 'verify'],
    )
    const key = JSON.stringify(await crypto.subtle.exportKey('jwk', privateKey))
    await expect(assertionWith({ alg: 'RS256', key })).rejects.toThrow('The private key has fewer than 2048 bits.')
  })
})

test('the header names the key of a JWK only', async () => {
  expect(decodeProtectedHeader(await assertionWith({}))).toEqual({ alg: 'ES256', typ: 'JWT' })
})

test('a claim may differ by server; one that is given as a URL has the first', () => {
  const values = { production: 'https://api.example/token', sandbox: 'https://test.example/token' }
  expect([
    byServer('production', values),
    byServer('sandbox', values),
    byServer(new URL('http://127.0.0.1'), values),
  ]).toEqual([values.production, values.sandbox, values.production])
})
