import type { SimulatorClock } from '../clock.ts'
import type { TokenRef, TokenState } from '../issued-token.ts'
import { base64url } from '../random-text.ts'
import { FORM_SENSITIVE, type WriteAccessToken } from './access-token-text.ts'
import type { OAuthToken, OAuthTokenSelection } from './issued-oauth-token.ts'

/** What becomes of refresh tokens, with every default applied. */
export interface RefreshTokenRules {
  readonly rotation: 'always' | 'never'
  readonly uses: number
  readonly graceMs: number
  readonly reuse: 'reject' | 'revoke-family'
  readonly idleMs: number
  readonly absoluteMs: number
}

export interface OAuthTokensOptions {
  readonly clock: SimulatorClock
  readonly random: () => number
  readonly accessTokenLifetimeMs: number
  readonly writeAccessToken: WriteAccessToken
  readonly earlierAccessTokens: 'kept' | 'ended'
  readonly refreshToken: RefreshTokenRules
  /**
   * The number of a new family, for a shelf that isn't the only one.
   *
   * @default counted from 1
   */
  readonly nextFamily?: (() => number) | undefined
}

/** What tokens are issued for. */
interface Owner {
  readonly clientId: string
  readonly account: string | undefined
  readonly scopes: readonly string[]
  /** The certificate that the tokens are bound to. */
  readonly certificate: string | undefined
}

/** Tokens on their way to the client. */
export interface Issued extends TokenRef {
  readonly owner: Owner
  readonly accessToken: string
  /** When the access token ends, in epoch milliseconds. */
  readonly expiresAt: number
  readonly refreshToken: string | undefined
  /** When the refresh token ends, in epoch milliseconds; undefined: there isn't one, or it doesn't end. */
  readonly refreshExpiresAt: number | undefined
}

/** A token that the server finds by its value. */
export interface FoundToken extends TokenRef {
  readonly kind: 'access' | 'refresh'
  readonly owner: Owner
  readonly state: TokenState
}

export interface OAuthTokens {
  /** Starts a family. The client may have chosen the end of the access token, in epoch milliseconds. */
  start(owner: Owner, withRefreshToken: boolean, endsAt?: number): Issued
  /** Continues the family of a refresh token, or says why not. `narrow` chooses the scopes, and may refuse. */
  refresh(
    value: string,
    narrow: (granted: readonly string[]) => readonly string[],
  ): Issued | Exclude<TokenState, 'live'>
  find(value: string): FoundToken | undefined
  list(): readonly OAuthToken[]
  /** Ends one token; a refresh token takes its whole family with it (RFC 7009 §2.1). */
  revokeValue(value: string): void
  /** Ends whatever goes back to one consent. */
  revokeFamily(family: number): void
  /** Both return how many tokens they ended. */
  revoke(selection?: OAuthTokenSelection): number
  expire(selection?: OAuthTokenSelection): number
  /** How often a spent refresh token came back. */
  reuses(): number
  secrets(): readonly string[]
  /** Forgets every token. */
  clear(): void
}

/** What goes back to one consent, or to one use of a client's own keys. */
interface Family {
  readonly family: number
  readonly owner: Owner
  readonly startedAt: number
  generations: number
}

interface Token {
  readonly kind: 'access' | 'refresh'
  readonly value: string
  readonly family: Family
  readonly generation: number
  readonly scopes: readonly string[]
  expiresAt: number
  revoked: boolean
  usesLeft: number
  /** When its last use was spent. */
  spentAt: number
}

interface Pair {
  readonly issuedAt: number
  readonly access: Token
  readonly refresh: Token | undefined
}

/** The tokens of an authorization server. What the standards leave open is a rule; `facts.ts` explains the defaults. */
export const createOAuthTokens = (options: OAuthTokensOptions): OAuthTokens => {
  const { clock, random, refreshToken: rules } = options
  const pairs: Pair[] = []
  const tokens = new Map<string, Token>()
  let families = 0
  let reuses = 0

  const stateOf = ({ kind, revoked, expiresAt, usesLeft, spentAt }: Token): TokenState => {
    if (revoked) return 'revoked'
    if (clock.now() >= expiresAt) return 'expired'
    return kind === 'access' || usesLeft > 0 || clock.now() < spentAt + rules.graceMs ? 'live' : 'spent'
  }

  const create = (fields: Pick<Token, 'kind' | 'family' | 'scopes' | 'expiresAt'>): Token => {
    const {
      kind,
      family: {
        owner: { clientId, account },
      },
      expiresAt,
    } = fields
    const name = `${kind}-${tokens.size + 1}-${base64url(random, 24)}`
    const value =
      kind === 'access'
        ? options.writeAccessToken({ name, clientId, account, issuedAt: clock.now(), expiresAt })
        : `${name}${FORM_SENSITIVE}`
    const generation = fields.family.generations
    const token = { ...fields, value, generation, revoked: false, usesLeft: rules.uses, spentAt: Infinity }
    tokens.set(value, token)
    return token
  }

  const refreshEnd = ({ startedAt }: Family): number =>
    Math.min(clock.now() + rules.idleMs, startedAt + rules.absoluteMs)

  const issue = (
    family: Family,
    scopes: readonly string[],
    withRefreshToken: boolean,
    expiresAt = clock.now() + options.accessTokenLifetimeMs,
  ): Issued => {
    const { clientId, account } = family.owner
    // A client's own tokens are of no account, and `revoke` would take those of all accounts.
    const earlier = pairs.map(({ access }) => access).filter(({ family: { owner } }) => owner.clientId === clientId)
    if (options.earlierAccessTokens === 'ended') {
      for (const token of earlier) token.revoked ||= token.family.owner.account === account
    }
    family.generations += 1
    const access = create({ kind: 'access', family, scopes, expiresAt })
    // A later refresh may ask for all scopes again, so a refresh token keeps them (RFC 6749 §6).
    const refresh = withRefreshToken
      ? create({ kind: 'refresh', family, scopes: family.owner.scopes, expiresAt: refreshEnd(family) })
      : undefined
    pairs.push({ issuedAt: clock.now(), access, refresh })
    return {
      family: family.family,
      generation: access.generation,
      owner: { ...family.owner, scopes },
      accessToken: access.value,
      expiresAt,
      refreshToken: refresh?.value,
      refreshExpiresAt: endOf(refresh),
    }
  }

  const selected = ({ which = 'access', ...wanted }: OAuthTokenSelection): Token[] =>
    [...tokens.values()].filter(
      ({ kind, generation, family: { family, owner } }) =>
        (which === 'both' || which === kind) &&
        (wanted.clientId === undefined || wanted.clientId === owner.clientId) &&
        (wanted.account === undefined || wanted.account === owner.account) &&
        (wanted.family === undefined || wanted.family === family) &&
        (wanted.generation === undefined || wanted.generation === generation),
    )

  const end = (selection: OAuthTokenSelection, how: (token: Token) => void): number => {
    const live = selected(selection).filter((token) => stateOf(token) === 'live')
    for (const token of live) how(token)
    return live.length
  }

  const revokeFamily = (family: number): void => {
    for (const token of selected({ which: 'both', family })) token.revoked = true
  }

  return {
    start: (owner, withRefreshToken, endsAt) => {
      families += 1
      const family: Family = {
        family: options.nextFamily?.() ?? families,
        owner,
        startedAt: clock.now(),
        generations: 0,
      }
      return issue(family, owner.scopes, withRefreshToken, endsAt)
    },
    refresh: (value, narrow) => {
      const token = tokens.get(value)
      if (token?.kind !== 'refresh') return 'revoked'
      const { family } = token
      const state = stateOf(token)
      if (state === 'spent') {
        reuses += 1
        if (rules.reuse === 'revoke-family') revokeFamily(family.family)
      }
      if (state !== 'live') return state
      const scopes = narrow(family.owner.scopes)
      if (token.usesLeft > 0) {
        token.usesLeft -= 1
        if (token.usesLeft === 0) token.spentAt = clock.now()
      }
      if (rules.rotation === 'always') return issue(family, scopes, true)
      token.expiresAt = refreshEnd(family)
      return { ...issue(family, scopes, false), refreshExpiresAt: endOf(token) }
    },
    find: (value) => {
      const token = tokens.get(value)
      if (token === undefined) return undefined
      const { kind, generation, scopes, family } = token
      return { family: family.family, generation, kind, owner: { ...family.owner, scopes }, state: stateOf(token) }
    },
    list: () => pairs.map((pair) => listed(pair, stateOf)),
    revokeValue: (value) => {
      const token = tokens.get(value)
      if (token?.kind === 'refresh') revokeFamily(token.family.family)
      else if (token !== undefined) token.revoked = true
    },
    revokeFamily,
    revoke: (selection = {}) =>
      end(selection, (token) => {
        token.revoked = true
      }),
    expire: (selection = {}) =>
      end(selection, (token) => {
        token.expiresAt = clock.now()
      }),
    reuses: () => reuses,
    secrets: () => [...tokens.keys()],
    clear: () => {
      pairs.length = 0
      tokens.clear()
      families = 0
      reuses = 0
    },
  }
}

const listed = ({ issuedAt, access, refresh }: Pair, stateOf: (token: Token) => TokenState): OAuthToken => {
  const { generation, scopes, family } = access
  const { clientId, account } = family.owner
  return {
    family: family.family,
    generation,
    clientId,
    account,
    scopes,
    issuedAt,
    access: { expiresAt: access.expiresAt, state: stateOf(access) },
    refresh: refresh && { expiresAt: endOf(refresh), state: stateOf(refresh) },
  }
}

const endOf = (token: Token | undefined): number | undefined =>
  token !== undefined && Number.isFinite(token.expiresAt) ? token.expiresAt : undefined
