import type { SimulatorClock } from '../clock.ts'
import type { TokenRef, TokenSelection, TokenState } from '../issued-token.ts'
import { tokenValue } from './sellers.ts'

/** An access token as the simulator lists it: whose it is and when it ends, never what it is. */
export interface GenpagToken extends TokenRef {
  /** Whose token it is. */
  readonly sellerId: string
  /** Epoch milliseconds on the simulator's clock, as is the other. */
  readonly issuedAt: number
  /** When it ends. */
  readonly expiresAt: number
  /** Its state now. */
  readonly state: Exclude<TokenState, 'spent'>
}

/** Which access tokens are meant. */
export interface GenpagTokenSelection extends Pick<TokenSelection, 'family'> {
  /** @default all sellers */
  readonly sellerId?: string | undefined
  /** @default all of the seller's */
  readonly generation?: number | undefined
}

export interface AccessTokensOptions {
  readonly clock: SimulatorClock
  readonly random: () => number
  readonly lifetimeMs: number
  readonly earlierAccessTokens: 'kept' | 'ended'
}

export interface AccessTokens {
  /** Issues one and returns its value. */
  issue(sellerId: string): string
  /** What is known about a value. */
  find(value: string): GenpagToken | undefined
  list(): readonly GenpagToken[]
  /** Both return how many tokens they ended. */
  revoke(selection?: GenpagTokenSelection): number
  expire(selection?: GenpagTokenSelection): number
  secrets(): readonly string[]
  /** Forgets every token. */
  clear(): void
}

interface Token extends TokenRef {
  readonly sellerId: string
  readonly issuedAt: number
  expiresAt: number
  revoked: boolean
}

/** Genpag's access tokens. What no document says is an option; `simulate-genpag.ts` explains the defaults. */
export const createAccessTokens = (options: AccessTokensOptions): AccessTokens => {
  const { clock, random } = options
  const byValue = new Map<string, Token>()
  const bySeller = new Map<string, Token[]>()

  const listed = ({ revoked, ...token }: Token): GenpagToken => ({
    ...token,
    state: revoked ? 'revoked' : clock.now() < token.expiresAt ? 'live' : 'expired',
  })

  const end = ({ sellerId, family, generation }: GenpagTokenSelection, how: (token: Token) => void): number => {
    const candidates = sellerId === undefined ? [...byValue.values()] : (bySeller.get(sellerId) ?? [])
    const live = candidates
      .filter((token) => family === undefined || token.family === family)
      .filter((token) => generation === undefined || token.generation === generation)
      .filter((token) => listed(token).state === 'live')
    for (const token of live) how(token)
    return live.length
  }

  const revoke = (selection: GenpagTokenSelection = {}): number =>
    end(selection, (token) => {
      token.revoked = true
    })

  const ofSeller = (sellerId: string): Token[] => {
    const tokens = bySeller.get(sellerId) ?? []
    bySeller.set(sellerId, tokens)
    return tokens
  }

  return {
    issue: (sellerId) => {
      if (options.earlierAccessTokens === 'ended') revoke({ sellerId })
      const tokens = ofSeller(sellerId)
      const issuedAt = clock.now()
      const token: Token = {
        family: tokens[0]?.family ?? bySeller.size,
        generation: tokens.length + 1,
        sellerId,
        issuedAt,
        expiresAt: issuedAt + options.lifetimeMs,
        revoked: false,
      }
      const value = tokenValue('access', byValue.size + 1, random)
      tokens.push(token)
      byValue.set(value, token)
      return value
    },
    find: (value) => {
      const token = byValue.get(value)
      return token === undefined ? undefined : listed(token)
    },
    list: () => [...byValue.values()].map(listed),
    revoke,
    expire: (selection = {}) =>
      end(selection, (token) => {
        token.expiresAt = clock.now()
      }),
    secrets: () => [...byValue.keys()],
    clear: () => {
      byValue.clear()
      bySeller.clear()
    },
  }
}
