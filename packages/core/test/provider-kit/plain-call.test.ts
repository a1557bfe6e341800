import { describe, expect, test } from 'vitest'
import { plainCall } from '../../src/http/fetch.ts'

const URL_OF_TOKENS = 'https://provider.example/tokens'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

// A body that is known is not read back from a Request, so each case is compared with what a Request makes of it.
describe.each<[string, RequestInit]>([
  ['a text of a stated type', { method: 'POST', headers: FORM, body: 'grant_type=client_credentials' }],
  ['a text of no stated type', { method: 'POST', body: 'olá' }],
  ['a text with half a surrogate pair', { method: 'POST', headers: FORM, body: 'a\uD800b' }],
  ['an empty text', { method: 'POST', headers: FORM, body: '' }],
  ['a text that is put', { method: 'PUT', headers: FORM, body: 'a=b' }],
  ['a method in small letters', { method: 'post', headers: FORM, body: 'a=b' }],
  ['bytes', { method: 'POST', headers: FORM, body: new Uint8Array([97, 61, 98]) }],
  ['a form', { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token' }) }],
  ['no body', { method: 'POST', headers: { Accept: 'application/json' } }],
])('%s', (_, init) => {
  test.each<[string, () => Parameters<typeof plainCall>]>([
    ['given with a URL', () => [URL_OF_TOKENS, init]],
    ['given as a Request', () => [new Request(URL_OF_TOKENS, init)]],
    ['given as a Request with another header', () => [new Request(URL_OF_TOKENS), init]],
  ])('%s, is what a Request makes of it', async (_, call) => {
    const { url, plain } = await plainCall(...call())
    const expected = new Request(URL_OF_TOKENS, init)
    expect(url).toBe(URL_OF_TOKENS)
    expect(plain.method).toBe(expected.method)
    expect(plain.headers).toEqual(Object.fromEntries(expected.headers))
    expect(await sent(plain)).toEqual(new Uint8Array(await expected.arrayBuffer()))
  })
})

test('a body that a method cannot have is refused before anything is sent', async () => {
  await expect(plainCall(URL_OF_TOKENS, { method: 'GET', body: 'a=b' })).rejects.toThrow(TypeError)
})

test('a signal in the init or in the Request is passed on', async () => {
  const { signal } = new AbortController()
  const withInit = await plainCall(URL_OF_TOKENS, { signal })
  const request = new Request(URL_OF_TOKENS, { signal })
  expect(withInit.plain.signal).toBe(signal)
  expect((await plainCall(request)).plain.signal).toBe(request.signal)
})

test('an empty text replaces the body of a Request', async () => {
  const request = new Request(URL_OF_TOKENS, { method: 'POST', headers: FORM, body: 'a=b' })
  expect((await plainCall(request, { body: '' })).plain.body).toBeNull()
})

async function sent({ method = '', headers = {}, body = null }: RequestInit): Promise<Uint8Array> {
  return new Uint8Array(await new Request(URL_OF_TOKENS, { method, headers, body }).arrayBuffer())
}
