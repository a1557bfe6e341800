import type { OAuthSimulator, OAuthSimulatorOptions } from '../../src/index.ts'
import { isJsonObject, type JsonObject } from '../../src/json.ts'
import type { DocumentedExample, OpenApiDocument } from '../../src/openapi-document.ts'
import { requestLine } from '../request-line.ts'
import { applicationOf } from './application.ts'

/** What the examples have in place of an application's own. */
const EXAMPLE = {
  clientId: 'example-client-id',
  clientSecret: 'example-client-secret',
  redirectUris: ['https://shop.example/callback'],
}

/**
 * Sends a documented token call to a provider that knows the application of the examples: with a code, or a refresh token,
 * that is good, in place of the placeholder. `spent` in its name leaves it as it is.
 */
export async function replayTokenCall(
  simulate: (options: OAuthSimulatorOptions) => OAuthSimulator<string>,
  page: string,
  document: OpenApiDocument,
  { operation, request }: DocumentedExample,
): Promise<Response> {
  const simulator = simulate({ credentials: EXAMPLE })
  const { method, path } = requestLine(document, operation)
  const { headers = {}, body } = request
  const isJson = headers['content-type'] === 'application/json'
  const { authorization, 'content-type': _, ...others } = headers
  const application = await applicationOf(simulator, {
    page,
    headers: others,
    client: authorization === undefined ? 'body' : 'basic',
    content: isJson ? 'json' : 'form',
  })
  const fields = texts(isJsonObject(body) ? body : {})
  if (fields['code'] === 'example-code') fields['code'] = application.code
  // Bling takes a code without it. The simulator is as strict as the standard, and the client sends it.
  if (fields['code'] !== undefined) fields['redirect_uri'] ??= EXAMPLE.redirectUris[0] ?? ''
  if (fields['refresh_token'] === 'example-refresh-token') {
    fields['refresh_token'] = (await application.exchange()).refresh_token ?? ''
  }
  return simulator.fetch(new URL(path, simulator.url), {
    method,
    headers,
    body: isJson ? JSON.stringify(fields) : new URLSearchParams(fields),
  })
}

const texts = (body: JsonObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
