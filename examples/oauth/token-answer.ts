import { ChaveiroError } from '@chaveiro/core'
import { checkGrant, expiry, type Grant, type ProviderIo, seconds } from '@chaveiro/core/provider'

/** A successful answer of the token endpoint (RFC 6749 §5.1), before anything in it is believed. */
export interface TokenAnswer {
  access_token?: unknown
  token_type?: unknown
  expires_in?: unknown
  refresh_token?: unknown
  scope?: unknown
}

/**
 * Reads an answer of the token endpoint.
 * @throws {ChaveiroError} `malformed-response` when it is not one.
 */
export function toGrant(
  io: ProviderIo,
  answer: TokenAnswer,
  { lifetimeMs }: { lifetimeMs?: number | undefined },
): Grant {
  requireBearer(answer.token_type)
  return checkGrant({
    accessToken: answer.access_token,
    // A number by the standard, a numeric string by some servers; `seconds` reads both.
    expiresAt: expiry(io, seconds(answer.expires_in), { otherwiseMs: lifetimeMs }),
    refreshToken: answer.refresh_token,
    scopes: scopesOf(answer.scope),
  })
}

/** Names without regard to case (RFC 6749 §5.1), and a type that is not understood must not be used (§7.1). */
function requireBearer(type: unknown): void {
  if (typeof type === 'string' && type.toLowerCase() === 'bearer') return
  throw new ChaveiroError('malformed-response', 'The token endpoint answered with a token that is no bearer token.')
}

/** Names between spaces (RFC 6749 §3.3), at least one: some servers send an empty text where they mean to say nothing. */
function scopesOf(scope: unknown): readonly string[] | undefined {
  return typeof scope === 'string' && scope !== '' ? scope.split(' ') : undefined
}
