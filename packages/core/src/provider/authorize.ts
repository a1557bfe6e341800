import { ChaveiroError } from '../errors.ts'
import { bearerHeader } from '../token/access-token.ts'
import type { Grant } from '../token/grant.ts'
import type { TokenProvider } from './token-provider.ts'

/** What a header refuses, it quotes in its error: that error stays here. */
export function authorizeQuietly<Inputs, M>(
  provider: Pick<TokenProvider<Inputs, M>, 'id' | 'authorize'>,
  headers: Headers,
  token: Grant<M>,
): void {
  try {
    if (provider.authorize) provider.authorize(headers, token)
    else bearerHeader(headers, token)
  } catch {
    const { id } = provider
    throw new ChaveiroError('misconfigured', `authorize() of ${id} failed, so the request has no token.`, {
      provider: id,
    })
  }
}
