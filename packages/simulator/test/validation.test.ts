import { describe, expect, it } from 'vitest'
import { document } from '../src/generated/bitize.ts'
import type { Call } from '../src/incoming-request.ts'
import { simulateBitize } from '../src/index.ts'
import { documentedRoute } from '../src/route.ts'
import { createRequestValidator } from '../src/validate-request.ts'

const json = { 'content-type': 'application/json' }
const consumerKey = '22222222-2222-4222-8222-222222222222'
const canary = 'canary-secret'

const answerTo = async (path: string, init?: RequestInit) => {
  const bitize = simulateBitize({ credentials: { consumerKey, secretKey: canary } })
  const response = await bitize.fetch(new URL(path, bitize.url), init)
  return { status: response.status, text: await response.text() }
}

describe('a request that the document does not allow', () => {
  it.each([
    ['no body', { headers: json }, 'body: required, but missing'],
    [
      'a form',
      { body: new URLSearchParams({ consumer_key: consumerKey }) },
      'header.content-type: expected application/json',
    ],
    ['no content type', { body: new TextEncoder().encode('{}') }, 'header.content-type: expected application/json'],
    ['text that is not JSON', { headers: json, body: `{"secret_key":"${canary}"` }, 'body: expected JSON'],
    ['an array', { headers: json, body: '[]' }, 'body: Instance type "array" is invalid. Expected "object"'],
    [
      'a missing key',
      { headers: json, body: JSON.stringify({ consumer_key: consumerKey }) },
      'body: Instance does not have required property "secret_key"',
    ],
    [
      'a number for a key',
      { headers: json, body: JSON.stringify({ consumer_key: consumerKey, secret_key: 7 }) },
      'body.secret_key: Instance type "number" is invalid. Expected "string"',
    ],
    [
      'a consumer key that is not a UUID',
      { headers: json, body: JSON.stringify({ consumer_key: canary, secret_key: canary }) },
      'body.consumer_key: String does not match format "uuid"',
    ],
  ])('%s is answered with 400 and the reason (B04, B12)', async (_, init, detail) => {
    const { status, text } = await answerTo('/auth', { method: 'POST', ...init })
    expect(status).toBe(400)
    expect(JSON.parse(text)).toEqual({ status: 400, title: 'Requisição inválida', detail, validation: null })
    expect(text).not.toContain(canary)
  })

  it.each([
    ['/auth', 'query.refresh_token: required, but missing'],
    [`/auth?refresh_token=${canary}&refresh_token=${canary}`, 'query.refresh_token: given more than once'],
    [`/auth?refresh_token=${canary}&scope=${canary}`, 'query.scope: not documented'],
  ])('GET %s is answered with 400 and the reason (B09, B12)', async (path, detail) => {
    const { status, text } = await answerTo(path)
    expect(status).toBe(400)
    expect(JSON.parse(text)).toMatchObject({ detail })
    expect(text).not.toContain(canary)
  })

  it('is a 404 where the method is not documented', async () => {
    expect((await answerTo('/auth', { method: 'DELETE' })).status).toBe(404)
  })

  it('does not mind parameters and case in the content type', async () => {
    const body = JSON.stringify({ consumer_key: consumerKey, secret_key: canary })
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await answerTo('/auth', { method: 'POST', headers, body })).status).toBe(200)
  })

  it('spends nothing', async () => {
    const bitize = simulateBitize()
    await bitize.fetch(new URL('/auth', bitize.url), { method: 'POST', headers: json, body: '{}' })
    expect(bitize.tokens).toEqual([])
  })
})

describe('the validator', () => {
  const call = (path: string, params: Record<string, string> = {}, headers: Record<string, string> = {}): Call => ({
    method: 'GET',
    url: new URL(path, 'https://example.test'),
    headers: new Headers(headers),
    text: '',
    params,
    body: undefined,
  })

  it('reads numbers and booleans in parameters, wherever they stand', () => {
    const problem = createRequestValidator({
      operationId: 'read',
      parameters: [
        { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 10 } },
        { name: 'deep', in: 'query', schema: { type: 'boolean' } },
        { name: 'x-page', in: 'header', required: true, schema: { type: 'number' } },
        { name: 'Content-Type', in: 'header', required: true, schema: { type: 'string' } },
      ],
      responses: {},
    })
    expect(problem(call('/12?deep=true', { id: '12' }, { 'x-page': '1.5' }))).toBeUndefined()
    expect(problem(call('/3', { id: '3' }, { 'x-page': '1' }))).toBe('path.id: does not satisfy "minimum"')
    expect(problem(call('/x', { id: 'x' }, { 'x-page': '1' }))).toMatch(/^path\.id: .*"string".*"integer"/)
    expect(problem(call('/12?deep=si', { id: '12' }, { 'x-page': '1' }))).toMatch(/^query\.deep: /)
    expect(problem(call('/12', { id: '12' }))).toBe('header.x-page: required, but missing')
  })

  it('leaves the document as it is', () => {
    const before = JSON.stringify(document)
    for (const item of Object.values(document.paths)) {
      for (const operation of Object.values(item)) createRequestValidator(operation)(call('/auth'))
    }
    expect(JSON.stringify(document)).toBe(before)
  })

  it('does not start with an operation that the document does not have', () => {
    expect(() => documentedRoute(document, 'revoke', () => ({ status: 200 }))).toThrow('no operation "revoke"')
  })
})
