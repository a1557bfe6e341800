import type { TokenRef, TokenState } from '../issued-token.ts'

/** Tokens that were issued together, as the simulator lists them: whose, and until when, never what they are. */
export interface OAuthToken extends TokenRef {
  /** The client that got them. */
  readonly clientId: string
  /** The person who agreed; undefined: they are the client's own. */
  readonly account: string | undefined
  /** What the access token is good for. */
  readonly scopes: readonly string[]
  /** Epoch milliseconds on the simulator's clock, as are the others. */
  readonly issuedAt: number
  /** The access token: when it ends, and its state. */
  readonly access: { readonly expiresAt: number; readonly state: TokenState }
  /** The refresh token that came with it, if one did. Without `expiresAt` it doesn't end by itself. */
  readonly refresh: { readonly expiresAt: number | undefined; readonly state: TokenState } | undefined
}

/** Which issued tokens are meant. */
export interface OAuthTokenSelection {
  /** @default 'access' */
  readonly which?: 'access' | 'refresh' | 'both' | undefined
  /** @default all clients */
  readonly clientId?: string | undefined
  /** @default all accounts, and the clients' own */
  readonly account?: string | undefined
  /** @default all families */
  readonly family?: number | undefined
  /** @default all generations */
  readonly generation?: number | undefined
}
