import type { SimulatorClock } from '../clock.ts'
import type { TokenRef, TokenSelection, TokenState } from '../issued-token.ts'
import { base64url } from '../random-text.ts'

/** What a token was issued for. */
export type CorreiosTokenKind = 'user' | 'posting card' | 'contract'

/** A token as the simulator lists it: its state, never its string. A family is of a user. */
export interface CorreiosToken extends TokenRef {
  /** What it is for. */
  readonly kind: CorreiosTokenKind
  /** Whose token it is. */
  readonly username: string
  /** Epoch milliseconds on the simulator's clock. */
  readonly issuedAt: number
  /** Epoch milliseconds on the simulator's clock. */
  readonly expiresAt: number
  /** Its state now. */
  readonly state: Exclude<TokenState, 'spent'>
}

export interface CorreiosTokensOptions {
  readonly clock: SimulatorClock
  readonly random: () => number
  readonly lifetimeMs: number
  readonly earlierAccessTokens: 'kept' | 'ended'
}

export interface CorreiosTokens {
  issue(kind: CorreiosTokenKind, username: string): { readonly value: string; readonly expiresAt: number }
  isLive(value: string | undefined): boolean
  find(value: string): TokenRef | undefined
  list(): readonly CorreiosToken[]
  /** Both return how many tokens they ended. */
  revoke(selection?: Omit<TokenSelection, 'which'>): number
  expire(selection?: Omit<TokenSelection, 'which'>): number
  secrets(): readonly string[]
  /** Forgets every token. */
  clear(): void
}

interface Issued extends Omit<CorreiosToken, 'state' | 'expiresAt'> {
  expiresAt: number
  revoked: boolean
}

/** The tokens of Correios, whose families are those of its users. */
export const createCorreiosTokens = (options: CorreiosTokensOptions): CorreiosTokens => {
  const { clock, random } = options
  const issued = new Map<string, Issued>()
  const families = new Map<string, number>()

  const listed = ({ revoked, ...token }: Issued): CorreiosToken => ({
    ...token,
    state: revoked ? 'revoked' : clock.now() < token.expiresAt ? 'live' : 'expired',
  })
  const end = ({ family, generation }: Omit<TokenSelection, 'which'>, how: (token: Issued) => void): number => {
    const live = [...issued.values()]
      .filter((token) => family === undefined || token.family === family)
      .filter((token) => generation === undefined || token.generation === generation)
      .filter((token) => listed(token).state === 'live')
    for (const token of live) how(token)
    return live.length
  }
  const revoke = (selection: Omit<TokenSelection, 'which'> = {}): number =>
    end(selection, (token) => {
      token.revoked = true
    })

  return {
    issue: (kind, username) => {
      const family = families.get(username) ?? families.size + 1
      families.set(username, family)
      if (options.earlierAccessTokens === 'ended') revoke({ family })
      const generation = [...issued.values()].filter((token) => token.family === family).length + 1
      const value = `access-${issued.size + 1}-${base64url(random, 32)}`
      const issuedAt = clock.now()
      const expiresAt = issuedAt + options.lifetimeMs
      issued.set(value, { kind, username, family, generation, issuedAt, expiresAt, revoked: false })
      return { value, expiresAt }
    },
    isLive: (value) => {
      const token = issued.get(value ?? '')
      return token !== undefined && listed(token).state === 'live'
    },
    find: (value) => issued.get(value),
    list: () => [...issued.values()].map(listed),
    revoke,
    expire: (selection = {}) =>
      end(selection, (token) => {
        token.expiresAt = clock.now()
      }),
    secrets: () => [...issued.keys()],
    clear: () => {
      issued.clear()
      families.clear()
    },
  }
}
