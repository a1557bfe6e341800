import { describe, expect, it } from 'vitest'
import { document, examples } from '../src/generated/bitize.ts'
import { type BitizeCredentials, simulateBitize } from '../src/index.ts'
import { isJsonObject } from '../src/json.ts'
import type { DocumentedExample } from '../src/openapi-document.ts'
import { createClient } from './bitize-client.ts'
import { requestLine } from './request-line.ts'
import { shapeOf } from './shape-of.ts'

const keysOf = ({ request: { body } }: DocumentedExample): BitizeCredentials | undefined => {
  if (!isJsonObject(body)) return undefined
  const { consumer_key: consumerKey, secret_key: secretKey } = body
  return typeof consumerKey === 'string' && typeof secretKey === 'string' ? { consumerKey, secretKey } : undefined
}

/** Sends a documented request; a refresh token that is to succeed must be one that this simulator issued. */
const replay = async (example: DocumentedExample): Promise<Response> => {
  const succeeds = example.response.status === 200
  const bitize = simulateBitize({ credentials: succeeds ? keysOf(example) : undefined })
  const { method, path } = requestLine(document, example.operation)
  const url = new URL(path, bitize.url)
  for (const [name, value] of Object.entries(example.request.query ?? {})) {
    const issued = succeeds && name === 'refresh_token'
    const { refresh_token } = await createClient(bitize.fetch, bitize.url, bitize.credentials).tokens()
    url.searchParams.set(name, issued ? refresh_token : value)
  }
  const { headers, body } = example.request
  return bitize.fetch(url, {
    method,
    headers: { ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

describe('a documented example', () => {
  it.each(examples.map((example) => [`${example.operation}: ${example.name}`, example] as const))(
    'is answered as documented (%s)',
    async (_, example) => {
      const response = await replay(example)
      expect(response.status).toBe(example.response.status)
      expect(response.headers.get('content-type')).toMatch(/^application\/json/)
      expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(example.response.body))
    },
  )

  it('exists for every documented operation', () => {
    const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
    expect(new Set(examples.map(({ operation }) => operation))).toEqual(
      new Set(operations.map(({ operationId }) => operationId)),
    )
  })
})
