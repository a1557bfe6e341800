import type { SimulatorClock } from '../clock.ts'
import type { TokenRef, TokenSelection, TokenState } from '../issued-token.ts'

/** A pair of tokens as the simulator lists it: whose it is and when it ends, never what it is. */
export interface IssuedToken extends TokenRef {
  /** Epoch milliseconds on the simulator's clock, as are the others. */
  readonly issuedAt: number
  /** The consumer key that it was issued for. */
  readonly account: string
  /** The access token: when it ends, and its state. */
  readonly access: { readonly expiresAt: number; readonly state: TokenState }
  /** The refresh token: when it ends, and its state. */
  readonly refresh: { readonly expiresAt: number; readonly state: TokenState }
}

/** What an integration gets for its keys, or for a refresh token. */
export interface IssuedPair {
  readonly accessToken: string
  readonly refreshToken: string
  readonly accessExpiresAt: number
  readonly refreshExpiresAt: number
}

export interface TokenFamiliesOptions {
  readonly clock: SimulatorClock
  readonly random: () => number
  readonly accessTokenLifetimeMs: number
  readonly refreshTokenLifetimeMs: number
  readonly rotation: 'single-use' | 'reusable'
  readonly reuse: 'reject' | 'revoke-family'
  readonly earlierAccessTokens: 'kept' | 'ended'
}

export interface TokenFamilies {
  /** Starts a family. */
  acquire(owner: string): IssuedPair
  /** Continues the family of a refresh token, or says why not. */
  refresh(refreshToken: string): IssuedPair | Exclude<TokenState, 'live'> | 'unknown'
  accessState(accessToken: string): TokenState | 'unknown'
  /** Which token this is, of either kind. */
  find(token: string): TokenRef | undefined
  list(): readonly IssuedToken[]
  /** Both return how many tokens they ended. */
  revoke(selection?: TokenSelection): number
  expire(selection?: TokenSelection): number
  /** How often a spent refresh token came back. */
  reuses(): number
  secrets(): readonly string[]
  /** Forgets every token. */
  clear(): void
}

interface Token {
  readonly value: string
  expiresAt: number
  ended: 'revoked' | 'spent' | undefined
}

interface Pair extends TokenRef {
  readonly owner: string
  readonly issuedAt: number
  readonly access: Token
  readonly refresh: Token
}

/** Bitize's tokens. Undocumented behaviour is an option; `simulate-bitize.ts` explains the defaults. */
export const createTokenFamilies = (options: TokenFamiliesOptions): TokenFamilies => {
  const { clock, random } = options
  const pairs: Pair[] = []
  const byAccess = new Map<string, Pair>()
  const byRefresh = new Map<string, Pair>()
  const generations = new Map<number, number>()
  let reuses = 0

  const stateOf = ({ ended, expiresAt }: Token): TokenState => ended ?? (clock.now() < expiresAt ? 'live' : 'expired')

  const issue = (owner: string, family: number): IssuedPair => {
    const generation = (generations.get(family) ?? 0) + 1
    generations.set(family, generation)
    if (options.earlierAccessTokens === 'ended') {
      for (const pair of pairs) if (pair.owner === owner) pair.access.ended = 'revoked'
    }
    const issuedAt = clock.now()
    const token = (kind: string, lifetimeMs: number): Token => ({
      value: tokenValue(kind, pairs.length + 1, random),
      expiresAt: issuedAt + lifetimeMs,
      ended: undefined,
    })
    const pair: Pair = {
      owner,
      family,
      generation,
      issuedAt,
      access: token('access', options.accessTokenLifetimeMs),
      refresh: token('refresh', options.refreshTokenLifetimeMs),
    }
    pairs.push(pair)
    byAccess.set(pair.access.value, pair)
    byRefresh.set(pair.refresh.value, pair)
    return {
      accessToken: pair.access.value,
      refreshToken: pair.refresh.value,
      accessExpiresAt: pair.access.expiresAt,
      refreshExpiresAt: pair.refresh.expiresAt,
    }
  }

  const reused = (family: number): 'spent' => {
    reuses += 1
    if (options.reuse === 'revoke-family') revoke({ which: 'both', family })
    return 'spent'
  }

  const end = (selection: TokenSelection, how: (token: Token) => void): number => {
    const { which = 'access', family, generation } = selection
    const live = pairs
      .filter((pair) => family === undefined || pair.family === family)
      .filter((pair) => generation === undefined || pair.generation === generation)
      .flatMap(({ access, refresh }) =>
        which === 'both' ? [access, refresh] : [which === 'access' ? access : refresh],
      )
      .filter((token) => stateOf(token) === 'live')
    for (const token of live) how(token)
    return live.length
  }

  const revoke = (selection: TokenSelection = {}): number =>
    end(selection, (token) => {
      token.ended = 'revoked'
    })

  return {
    acquire: (owner) => issue(owner, generations.size + 1),
    refresh: (refreshToken) => {
      const pair = byRefresh.get(refreshToken)
      if (pair === undefined) return 'unknown'
      const state = stateOf(pair.refresh)
      if (state === 'spent') return reused(pair.family)
      if (state !== 'live') return state
      if (options.rotation === 'single-use') pair.refresh.ended = 'spent'
      return issue(pair.owner, pair.family)
    },
    accessState: (accessToken) => {
      const pair = byAccess.get(accessToken)
      return pair === undefined ? 'unknown' : stateOf(pair.access)
    },
    find: (token) => {
      const pair = byAccess.get(token) ?? byRefresh.get(token)
      return pair === undefined ? undefined : { family: pair.family, generation: pair.generation }
    },
    list: () =>
      pairs.map(({ owner, family, generation, issuedAt, access, refresh }) => ({
        family,
        generation,
        account: owner,
        issuedAt,
        access: { expiresAt: access.expiresAt, state: stateOf(access) },
        refresh: { expiresAt: refresh.expiresAt, state: stateOf(refresh) },
      })),
    revoke,
    expire: (selection = {}) =>
      end(selection, (token) => {
        token.expiresAt = clock.now()
      }),
    reuses: () => reuses,
    secrets: () => pairs.flatMap(({ access, refresh }) => [access.value, refresh.value]),
    clear: () => {
      pairs.length = 0
      for (const index of [byAccess, byRefresh, generations]) index.clear()
      reuses = 0
    },
  }
}

/**
 * Opaque, unique by its number, and no JWT although the vendor's example shows one: nothing tells clients to look inside.
 * It ends in characters that are legal in a Bearer token (RFC 6750 §2.1) and mean something else in a query, so that a
 * refresh token sent without percent-encoding is refused.
 */
const tokenValue = (kind: string, number: number, random: () => number): string => {
  const digits = Array.from({ length: 3 }, () =>
    Math.floor(random() * 36 ** 8)
      .toString(36)
      .padStart(8, '0'),
  )
  return `${kind}-${number}-${digits.join('')}+/==`
}
