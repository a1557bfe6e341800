import type { ProviderIo, TypedAnswer } from '@chaveiro/core/provider'
import { authenticateClient, type ClientAuthentication, type OAuthClient } from './client-authentication.ts'

/**
 * Posts a form as an authenticated client (RFC 6749 §3.2, RFC 7009 §2.1). The parameters go into the body, because URLs
 * are kept in logs. `T` is what the standard promises, not what came: whoever reads it checks.
 */
export async function postForm<T>(
  io: ProviderIo,
  endpoint: URL,
  authentication: ClientAuthentication,
  client: OAuthClient,
  parameters: Readonly<Record<string, string>>,
): Promise<TypedAnswer<T>> {
  const headers = new Headers({ accept: 'application/json' })
  const form = new URLSearchParams(parameters)
  await authenticateClient(authentication, client, { headers, form })
  const response = await io.fetch(endpoint, { method: 'POST', headers, body: form })
  // The engine has read what an error says, and hands it to `classify`.
  return response.ok ? { response, data: await response.json() } : { response }
}
