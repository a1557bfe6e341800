/** Which issued token a request carried, as the simulator's `tokens` list it. */
export interface TokenRef {
  /**
   * Tokens that belong together, counted from 1: with Bitize those that go back to one use of the keys, with Genpag those
   * of a seller, with Assine Online those of an account.
   */
  readonly family: number
  /** Counts the tokens of a family, from 1. */
  readonly generation: number
}

/** The state of an issued token. Refresh tokens only are `spent`. */
export type TokenState = 'live' | 'expired' | 'revoked' | 'spent'

/** What the lists of all simulators have in common: whose token it is and when it ends, never what it is. */
export interface ListedToken extends TokenRef {
  /** Epoch milliseconds on the simulator's clock. */
  readonly issuedAt: number
  /** When the access token ends, where the list has no `access`. */
  readonly expiresAt?: number | undefined
  /** Its state, where the list has no `access`. */
  readonly state?: TokenState | undefined
  /** The access token, of a provider that issues pairs. */
  readonly access?: { readonly expiresAt: number; readonly state: TokenState } | undefined
  /** The refresh token that came with it. Without `expiresAt` it doesn't end by itself. */
  readonly refresh?: { readonly expiresAt: number | undefined; readonly state: TokenState } | undefined
}

/** Which issued tokens are meant. */
export interface TokenSelection {
  /** @default 'access' */
  readonly which?: 'access' | 'refresh' | 'both' | undefined
  /** @default all families */
  readonly family?: number | undefined
  /** @default all generations */
  readonly generation?: number | undefined
}
