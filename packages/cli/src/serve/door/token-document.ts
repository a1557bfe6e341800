import type { AccessToken } from '@chaveiro/core'
import type { RequestParts } from '../../providers/request-parts.ts'

/** What the token door says of a token. */
export interface TokenDocument {
  readonly access_token: string
  /** The scheme in `Authorization`; `N_A` where the token is elsewhere (RFC 8693 §2.2.1). */
  readonly token_type: string
  /** ISO 8601; `null`: unknown. */
  readonly expires_at: string | null
  /** Whole seconds; `null`: unknown. */
  readonly expires_in: number | null
  readonly account: string
  /** All that a request carries, the token included. */
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
}

/** A token, and what to send with it. `now` is epoch milliseconds. */
export function tokenDocument(
  account: string,
  token: AccessToken,
  { headers, query }: RequestParts,
  now: number,
): TokenDocument {
  const { expiresAt } = token
  const [, scheme] = /^(\S+) \S+$/.exec(headers['authorization'] ?? '') ?? []
  return {
    access_token: token.reveal(),
    token_type: scheme ?? 'N_A',
    expires_at: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    expires_in: expiresAt === undefined ? null : Math.max(0, Math.floor((expiresAt - now) / 1_000)),
    account,
    ...(Object.keys(headers).length > 0 && { headers }),
    ...(Object.keys(query).length > 0 && { query }),
  }
}
