import { expect, it } from 'vitest'
import { judgeBearer } from '../../oauth/bearer-challenge.ts'

it.each([
  [401, undefined, 'refused'],
  [401, 'Bearer', 'refused'],
  [401, 'Bearer realm="shop"', 'refused'],
  [401, 'Bearer error="invalid_token", error_description="The token expired"', 'refused'],
  [401, 'Bearer error="insufficient_scope"', 'insufficient-scope'],
  [403, 'Bearer error="insufficient_scope", scope="vendors:write"', 'insufficient-scope'],
  [403, 'Bearer error=insufficient_scope', 'insufficient-scope'],
  [403, 'Bearer error="invalid_token"', undefined],
  [403, undefined, undefined],
  [400, 'Bearer error="invalid_request"', undefined],
  [200, undefined, undefined],
])('%i with %s says %s of the token', (status, challenge, verdict) => {
  const headers = challenge === undefined ? {} : { 'www-authenticate': challenge }
  expect(judgeBearer(new Response(null, { status, headers }))).toBe(verdict)
})
