import { type AccessTokens, createAccessTokens, type LoneToken } from '../access-tokens.ts'
import type { SimulatorClock } from '../clock.ts'
import type { TokenSelection } from '../issued-token.ts'
import { hex } from '../random-text.ts'

/** A token as the simulator lists it: whose it is and when it ends, never what it is. */
export interface AssineOnlineToken extends LoneToken, TokenFacts {}

/** What the list says of a token besides its life. */
interface TokenFacts {
  /** What it can be revoked by. Sessions and application tokens are numbered together. */
  readonly id: string
  /** Opened by a login, or made for an application. */
  readonly kind: 'session' | 'application'
  /** Whose token it is. */
  readonly username: string
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

export interface Tokens extends Omit<AccessTokens<TokenFacts>, 'issue'> {
  issue(kind: AssineOnlineToken['kind'], username: string, expiresAt: number): NewToken
  /** Forty hex digits, as all tokens are. They are not an access token. */
  loneValue(): string
}

// The session token of the guide's example has this id.
const FIRST_ID = 5320

/** Assine Online's tokens of both kinds: they differ in who asks for them and in how long they live. */
export const createTokens = ({ clock, random }: { clock: SimulatorClock; random: () => number }): Tokens => {
  let issued = 0
  const values: string[] = []

  /** Unique by its number, which stands at the end. */
  const newValue = (): string => {
    const value = hex(random, 32) + (values.length + 1).toString(16).padStart(8, '0')
    values.push(value)
    return value
  }
  const tokens = createAccessTokens<TokenFacts>({ clock, writeValue: newValue })
  return {
    ...tokens,
    issue: (kind, username, expiresAt) => {
      const id = String(FIRST_ID + issued)
      issued += 1
      return { id, value: tokens.issue(username, { id, kind, username }, expiresAt) }
    },
    loneValue: newValue,
    secrets: () => values,
    clear: () => {
      tokens.clear()
      values.length = 0
      issued = 0
    },
  }
}
