import type { LoneToken } from '../access-tokens.ts'
import type { TokenSelection } from '../issued-token.ts'

/** An access token as the simulator lists it: whose it is and when it ends, never what it is. */
export interface GenpagToken extends LoneToken {
  /** Whose token it is. */
  readonly sellerId: string
}

/** Which access tokens are meant. */
export interface GenpagTokenSelection extends Pick<TokenSelection, 'family'> {
  /** @default all sellers */
  readonly sellerId?: string | undefined
  /** @default all of the seller's */
  readonly generation?: number | undefined
}
