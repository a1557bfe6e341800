import { expect, test } from 'vitest'
import { pathSegment, typedClient } from '../../src/kit/index.ts'

interface Paths {
  '/accounts/{id}/tokens': {
    get: { parameters: { path: { id: string } }; responses: { 200: { content: { 'application/json': object } } } }
  }
}

async function sentTo(id: string): Promise<string> {
  let url = ''
  const client = typedClient<Paths>(new URL('https://api.example'), {
    async fetch(input) {
      url = input instanceof Request ? input.url : String(input)
      return Response.json({})
    },
  })
  await client.GET('/accounts/{id}/tokens', { params: { path: { id: pathSegment(id) } } })
  return new URL(url).pathname
}

test.each(['', '.', '..'])('%j is not a path segment', (value) => {
  expect(() => pathSegment(value)).toThrow(expect.objectContaining({ code: 'misconfigured' }))
})

test.each([
  ['42', '/accounts/42/tokens'],
  ['...', '/accounts/.../tokens'],
  ['a/../b', '/accounts/a%2F..%2Fb/tokens'],
  ['a?b#c', '/accounts/a%3Fb%23c/tokens'],
  ['%2e%2e', '/accounts/%252e%252e/tokens'],
  ['é', '/accounts/%C3%A9/tokens'],
])('%j stays within its segment', async (value, path) => {
  expect(await sentTo(value)).toBe(path)
})

test('the mistaken value is not quoted', () => {
  expect(() => pathSegment('..')).toThrow('A value in the path of a token call is empty, "." or "..".')
})
