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
