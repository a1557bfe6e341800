/** How an issued token stands. Refresh tokens only are `spent`. */
export type TokenState = 'live' | 'expired' | 'revoked' | 'spent'
