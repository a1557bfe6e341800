import { type AccessToken, ChaveiroError, isChaveiroError } from '@chaveiro/core'
import type { Grant, Secret, TokenProvider } from '@chaveiro/core/provider'

/** What requests of an API carry, the token included. All of it may be secret. */
export interface RequestParts {
  /** By name, in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** By name, decoded. */
  readonly query: Readonly<Record<string, string>>
}

/** What requests carry with this token, as `client.fetch` puts it on. */
export async function requestParts<Inputs>(
  provider: Pick<TokenProvider<Inputs>, 'id' | 'prepare' | 'server' | 'apiServer'>,
  token: AccessToken,
  inputs: Inputs,
): Promise<RequestParts> {
  const headers = new Headers()
  const added = { headers: new Headers(), url: new URL('/', provider.apiServer ?? provider.server) }
  token.authorize(headers)
  try {
    await provider.prepare?.prepare(added, grantBehind(token), inputs)
  } catch (error) {
    if (isChaveiroError(error)) throw error
    // What a header refuses, it quotes in its error.
    throw new ChaveiroError('misconfigured', `prepare() of ${provider.id} failed.`, { provider: provider.id })
  }
  for (const [name, value] of added.headers) headers.set(name, value)
  return { headers: Object.fromEntries(headers), query: Object.fromEntries(added.url.searchParams) }
}

/** What `prepare()` may read of a token. It never sees a refresh token. */
function grantBehind(token: AccessToken): Grant {
  const { expiresAt, scopes, id, meta } = token
  const secrets = Object.entries<Secret | undefined>(token.secrets).flatMap(([name, kept]) =>
    kept === undefined ? [] : [[name, kept.reveal()] as const],
  )
  return { accessToken: token.reveal(), expiresAt, scopes, id, meta, secrets: Object.fromEntries(secrets) }
}
