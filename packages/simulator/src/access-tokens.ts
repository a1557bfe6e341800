import type { SimulatorClock } from './clock.ts'
import type { TokenRef, TokenSelection, TokenState } from './issued-token.ts'

/** A token that no refresh token came with, as a simulator lists it: when it ends, never what it is. */
export interface LoneToken extends TokenRef {
  /** Epoch milliseconds on the simulator's clock, as is the other. */
  readonly issuedAt: number
  /** When it ends. */
  readonly expiresAt: number
  /** Its state now. */
  readonly state: Exclude<TokenState, 'spent'>
}

/** Which tokens are meant, by whatever the list says of them. */
type LoneTokenSelection<Facts> = Omit<TokenSelection, 'which'> & {
  readonly [Name in keyof Facts]?: Facts[Name] | undefined
}

export interface AccessTokensOptions {
  readonly clock: SimulatorClock
  /** Makes a value, unique by the number of tokens issued so far. */
  readonly writeValue: (number: number) => string
  /** @default 'kept' */
  readonly earlierAccessTokens?: 'kept' | 'ended' | undefined
}

/** The access tokens of a provider without refresh tokens. `Facts` is what the list says of each besides its life. */
export interface AccessTokens<Facts> {
  /** Issues one and returns its value. The tokens of an owner are a family. */
  issue(owner: string, facts: Facts, expiresAt: number): string
  /** What is known about a value. */
  find(value: string): (Facts & LoneToken) | undefined
  isLive(value: string | undefined): boolean
  list(selection?: LoneTokenSelection<Facts>): readonly (Facts & LoneToken)[]
  /** Both return how many tokens they ended. */
  revoke(selection?: LoneTokenSelection<Facts>): number
  expire(selection?: LoneTokenSelection<Facts>): number
  secrets(): readonly string[]
  /** Forgets every token. */
  clear(): void
}

interface Token<Facts> extends Omit<LoneToken, 'state' | 'expiresAt'> {
  readonly facts: Facts
  expiresAt: number
  revoked: boolean
}

export const createAccessTokens = <Facts extends object>(options: AccessTokensOptions): AccessTokens<Facts> => {
  const { clock, writeValue, earlierAccessTokens = 'kept' } = options
  const byValue = new Map<string, Token<Facts>>()
  const byOwner = new Map<string, Token<Facts>[]>()

  const listed = ({ facts, revoked, ...life }: Token<Facts>): Facts & LoneToken => ({
    ...facts,
    ...life,
    state: revoked ? 'revoked' : clock.now() < life.expiresAt ? 'live' : 'expired',
  })
  const fits = ({ facts, family, generation }: Token<Facts>, selection: LoneTokenSelection<Facts>): boolean =>
    Object.entries({ ...facts, family, generation }).every(([name, value]) => {
      const wanted: unknown = Reflect.get(selection, name)
      return wanted === undefined || wanted === value
    })
  const end = (tokens: Iterable<Token<Facts>>, how: (token: Token<Facts>) => void): number => {
    const live = [...tokens].filter((token) => listed(token).state === 'live')
    for (const token of live) how(token)
    return live.length
  }
  const select = (selection: LoneTokenSelection<Facts> = {}): Token<Facts>[] =>
    [...byValue.values()].filter((token) => fits(token, selection))
  const revoked = (token: Token<Facts>): void => {
    token.revoked = true
  }

  return {
    issue: (owner, facts, expiresAt) => {
      const tokens = byOwner.get(owner) ?? []
      byOwner.set(owner, tokens)
      if (earlierAccessTokens === 'ended') end(tokens, revoked)
      const family = tokens[0]?.family ?? byOwner.size
      const value = writeValue(byValue.size + 1)
      const token = { facts, family, generation: tokens.length + 1, issuedAt: clock.now(), expiresAt, revoked: false }
      tokens.push(token)
      byValue.set(value, token)
      return value
    },
    find: (value) => {
      const token = byValue.get(value)
      return token === undefined ? undefined : listed(token)
    },
    isLive: (value) => {
      const token = byValue.get(value ?? '')
      return token !== undefined && listed(token).state === 'live'
    },
    list: (selection) => select(selection).map(listed),
    revoke: (selection) => end(select(selection), revoked),
    expire: (selection) =>
      end(select(selection), (token) => {
        token.expiresAt = clock.now()
      }),
    secrets: () => [...byValue.keys()],
    clear: () => {
      byValue.clear()
      byOwner.clear()
    },
  }
}
