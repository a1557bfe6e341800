import { describe, expect, it } from 'vitest'
import { document, examples } from '../../src/generated/genpag.ts'
import { simulateGenpag } from '../../src/index.ts'
import type { DocumentedExample } from '../../src/openapi-document.ts'
import { requestLine } from '../request-line.ts'
import { shapeOf } from '../shape-of.ts'

const sellerId = '329cb12b-e87b-4159-bc74-fa40b027c207'

/** Sends a documented request to a Genpag that knows the keys of the examples. */
const replay = ({ operation, request }: DocumentedExample): Promise<Response> => {
  const genpag = simulateGenpag({
    credentials: { sellerId, refreshToken: 'example-refresh-token', clientToken: 'example-client-token' },
  })
  const { method, path } = requestLine(document, operation)
  return genpag.fetch(new URL(path.replace('{sellerId}', sellerId), genpag.url), {
    method,
    headers: { ...request.headers },
    body: JSON.stringify(request.body),
  })
}

describe('a documented example', () => {
  it.each(examples.map((example) => [`${example.operation}: ${example.name}`, example] as const))(
    'is answered as documented (%s) [G07, G14]',
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
