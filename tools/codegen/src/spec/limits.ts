/** A new token is issued only so close to the end of the old one. */
export interface Renew {
  readonly within: string
}

/** How many token calls of all kinds a client may make. */
export interface Limit {
  readonly calls: number
  readonly per: string
}
