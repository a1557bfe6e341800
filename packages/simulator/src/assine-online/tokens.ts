import type { SimulatorClock } from '../clock.ts'
import type { TokenRef, TokenSelection, TokenState } from '../issued-token.ts'
import { hex } from '../random-text.ts'
import type { Account } from './accounts.ts'

/** A token as the simulator lists it: whose it is and when it ends, never what it is. */
export interface AssineOnlineToken extends TokenRef {
  /** What it can be revoked by. Sessions and application tokens are numbered together. */
  readonly id: string
  /** Opened by a login, or made for an application. */
  readonly kind: 'session' | 'application'
  /** Whose token it is. */
  readonly username: string
  /** Epoch milliseconds on the simulator's clock, as is the other. */
  readonly issuedAt: number
  /** When it ends. */
  readonly expiresAt: number
  /** Its state now. */
  readonly state: Exclude<TokenState, 'spent'>
}

/** Which tokens are meant. */
export interface AssineOnlineTokenSelection extends Pick<TokenSelection, 'family' | 'generation'> {
  /** @default all of them */
  readonly id?: string | undefined
  /** @default both */
  readonly kind?: 'session' | 'application' | undefined
  /** @default all accounts */
  readonly username?: string | undefined
}

/** A token that was just made: the one time that its value can be seen. */
interface NewToken {
  readonly id: string
  readonly value: string
}

export interface Tokens {
  issue(kind: AssineOnlineToken['kind'], account: Account, expiresAt: number): NewToken
  /** What is known about a value. */
  find(value: string): AssineOnlineToken | undefined
  list(selection?: AssineOnlineTokenSelection): readonly AssineOnlineToken[]
  /** Both return how many tokens they ended. */
  revoke(selection?: AssineOnlineTokenSelection): number
  expire(selection?: AssineOnlineTokenSelection): number
  /** Forty hex digits, as all tokens are. They are not an access token. */
  loneValue(): string
  secrets(): readonly string[]
  /** Forgets every token. */
  clear(): void
}

interface Token extends Omit<AssineOnlineToken, 'state' | 'expiresAt'> {
  expiresAt: number
  revoked: boolean
}

// The session token of the guide's example has this id.
const FIRST_ID = 5320

/** Assine Online's tokens of both kinds: they differ in who asks for them and in how long they live. */
export const createTokens = ({ clock, random }: { clock: SimulatorClock; random: () => number }): Tokens => {
  const byValue = new Map<string, Token>()
  const generations = new Map<number, number>()
  const secrets: string[] = []

  /** Unique by its number, which stands at the end. */
  const newValue = (): string => {
    const value = hex(random, 32) + (secrets.length + 1).toString(16).padStart(8, '0')
    secrets.push(value)
    return value
  }

  const listed = ({ revoked, ...token }: Token): AssineOnlineToken => ({
    ...token,
    state: revoked ? 'revoked' : clock.now() < token.expiresAt ? 'live' : 'expired',
  })

  const select = ({ id, kind, username, family, generation }: AssineOnlineTokenSelection): readonly Token[] =>
    [...byValue.values()].filter(
      (token) =>
        (family === undefined || token.family === family) &&
        (generation === undefined || token.generation === generation) &&
        (id === undefined || token.id === id) &&
        (kind === undefined || token.kind === kind) &&
        (username === undefined || token.username === username),
    )

  const end = (selection: AssineOnlineTokenSelection, how: (token: Token) => void): number => {
    const live = select(selection).filter((token) => listed(token).state === 'live')
    for (const token of live) how(token)
    return live.length
  }

  return {
    issue: (kind, { number: family, username }, expiresAt) => {
      const generation = (generations.get(family) ?? 0) + 1
      generations.set(family, generation)
      const id = String(FIRST_ID + byValue.size)
      const value = newValue()
      const issuedAt = clock.now()
      byValue.set(value, { id, kind, username, family, generation, issuedAt, expiresAt, revoked: false })
      return { id, value }
    },
    find: (value) => {
      const token = byValue.get(value)
      return token === undefined ? undefined : listed(token)
    },
    list: (selection = {}) => select(selection).map(listed),
    revoke: (selection = {}) =>
      end(selection, (token) => {
        token.revoked = true
      }),
    expire: (selection = {}) =>
      end(selection, (token) => {
        token.expiresAt = clock.now()
      }),
    loneValue: newValue,
    secrets: () => secrets,
    clear: () => {
      byValue.clear()
      generations.clear()
      secrets.length = 0
    },
  }
}
