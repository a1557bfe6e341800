import { describe, expect, it } from 'vitest'
import { document, examples } from '../../src/generated/assine-online.ts'
import { type JsonObject, simulateAssineOnline } from '../../src/index.ts'
import type { DocumentedExample } from '../../src/openapi-document.ts'
import { createFakeClock } from '../fake-clock.ts'
import { requestLine } from '../request-line.ts'
import { shapeOf } from '../shape-of.ts'
import { createAssineClient } from './scene.ts'

const account = { username: 'user@example.com', password: 'example-password' }

/** The answer of an Assine Online in which what the example tells has happened before. */
const replay = async ({ operation, request, response }: DocumentedExample): Promise<Response> => {
  const assine = simulateAssineOnline({
    credentials: account,
    clock: createFakeClock(Date.parse('2020-02-20T13:29:31Z')),
    expiresIn: isQuickStart(response.body) ? 'string' : 'number',
    sessionLifetimeMs: isQuickStart(response.body) ? 86_400_000 : 3_600_000,
    unlistedTokens: 1,
  })
  const client = createAssineClient(assine.fetch, assine.url, account)
  const session = await client.session()
  const { id } = operation === 'createApplicationToken' ? { id: '' } : assine.createByPerson()
  const { method, path } = requestLine(document, operation)
  const url = new URL(path.replace('{id}', id), assine.url)
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value)
  const { authorization, ...others } = request.headers ?? {}
  return assine.fetch(url, {
    method,
    headers: { ...others, ...(authorization === undefined ? {} : { authorization: `Bearer ${session}` }) },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  })
}

const isQuickStart = (body: DocumentedExample['response']['body']): boolean =>
  JSON.stringify(body ?? {}).includes('"86400"')

/** Tokens, persons and dates are the simulator's own; the rest is as documented, word for word. */
const OWN = new Set([
  'access_token',
  'refresh_token',
  'accessToken',
  'id',
  'href',
  'name',
  'address',
  'zipCode',
  'date',
])

const wordsOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null), (key, inner: unknown) =>
    OWN.has(key) && inner !== '***** HIDDEN *****' ? typeof inner : inner,
  )

describe('a documented example', () => {
  it.each(examples.map((example) => [`${example.operation}: ${example.name}`, example] as const))(
    'is answered as documented (%s) [A05, A09, A12, A18, A22, A23]',
    async (_, example) => {
      const response = await replay(example)
      expect(response.status).toBe(example.response.status)
      const text = await response.text()
      const body: JsonObject | undefined = text === '' ? undefined : JSON.parse(text)
      expect(shapeOf(body)).toEqual(shapeOf(example.response.body))
      expect(wordsOf(body)).toEqual(wordsOf(example.response.body))
    },
  )

  it('exists for every operation whose answer is documented', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
    expect(new Set(examples.map(({ operation }) => operation))).toEqual(
      new Set(operations.map(({ operationId }) => operationId).filter((id) => id !== 'revokeToken')),
    )
  })
})
