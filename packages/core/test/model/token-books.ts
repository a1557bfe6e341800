import type { Host } from './host.ts'
import type { TokenCall } from './model-issuer.ts'
import { ACCOUNTS, type Account, canRefresh, LIFE_SECONDS, NEIGHBOURS, SECRET, type Setup } from './setup.ts'

/** One sign-in and all tokens that came of it. */
interface Family {
  readonly account: Account
  refreshToken: string
  isDead: boolean
}

/** The maker of a token: a client that asked, a person who hands it to one, or a stranger. */
export type Maker = 'client' | 'person' | 'stranger'

/** An access token, as its issuer knows it. */
interface Issued {
  readonly accessToken: string
  readonly family: Family
  readonly maker: Maker
  readonly endsAt: number
  /** When it was made, counted in tokens and lists. */
  readonly madeAt: number
  isDelivered: boolean
  isRevoked: boolean
}

/** What an issuer knows of the tokens that it has issued. */
export interface TokenBooks {
  begin(account: Account): Family
  newToken(family: Family, maker: Maker, end?: number): string
  /** Does what a token call asks for. Returns the fields of the answer; `undefined`: it is denied. */
  apply(call: TokenCall, keepsRefreshToken: boolean): Record<string, unknown> | undefined
  /** An answer has arrived whose token was to end then. */
  deliver(end: number): void
  /** The token that its text or its handle names. */
  find(given: string): Issued | undefined
  list(host: Host, key: string): readonly Issued[]
  isGood: (accessToken: string) => boolean
  accountOf: (accessToken: string) => Account | undefined
  accountOfRefreshToken(refreshToken: string | undefined): Account | undefined
  accountOfKey(key: string): Account | undefined
  /** There is a token with this end that was neither delivered nor revoked, and this host could have seen it. */
  isOrphan: (host: Host, end: number) => boolean
  /** Would a refresh with this refresh token succeed? */
  isInForce: (refreshToken: string) => boolean
}

export function tokenBooks(setup: Setup, now: () => number): TokenBooks {
  const families = new Map<string, Family>()
  const issued = new Map<string, Issued>()
  const listedAt = new Map<Host, number>()
  let count = 0

  const newRefreshToken = (family: Family): string => {
    count += 1
    family.refreshToken = `${SECRET}-refresh-${count}`
    families.set(family.refreshToken, family)
    return family.refreshToken
  }
  const answer = (family: Family, refreshToken: string | undefined): Record<string, unknown> => ({
    access_token: books.newToken(family, 'client'),
    expires_in: LIFE_SECONDS,
    refresh_token: refreshToken,
  })
  const books: TokenBooks = {
    begin(account) {
      const family: Family = { account, refreshToken: '', isDead: false }
      if (canRefresh(setup.issuer)) newRefreshToken(family)
      return family
    },
    newToken(family, maker, end) {
      count += 1
      const accessToken = `${SECRET}-access-${count}`
      const endsAt = end ?? now() + LIFE_SECONDS * 1_000
      issued.set(accessToken, {
        accessToken,
        family,
        maker,
        endsAt,
        madeAt: count,
        isDelivered: false,
        isRevoked: false,
      })
      return accessToken
    },
    apply({ account, refreshToken, end }, keepsRefreshToken) {
      if (refreshToken === undefined) {
        const family = books.begin(account)
        if (end === undefined) return answer(family, family.refreshToken || undefined)
        const accessToken = books.newToken(family, 'client', end)
        return { access_token: accessToken, id: idOf(accessToken), expires_at: end }
      }
      const family = families.get(refreshToken)
      if (family === undefined || family.isDead) return undefined
      if (setup.issuer === 'reusable') return answer(family, keepsRefreshToken ? undefined : family.refreshToken)
      if (family.refreshToken !== refreshToken) {
        family.isDead = true
        return undefined
      }
      return answer(family, newRefreshToken(family))
    },
    deliver(end) {
      for (const token of issued.values()) if (token.endsAt === end) token.isDelivered = true
    },
    find: (given) => issued.get(given) ?? [...issued.values()].find(({ accessToken }) => idOf(accessToken) === given),
    list(host, key) {
      count += 1
      listedAt.set(host, count)
      const account = books.accountOfKey(key)
      return [...issued.values()].filter(({ isRevoked, family }) => !isRevoked && family.account === account)
    },
    isGood(accessToken) {
      const known = issued.get(accessToken)
      return known !== undefined && !known.isRevoked && !known.family.isDead && now() < known.endsAt
    },
    accountOf: (accessToken) => issued.get(accessToken)?.family.account,
    accountOfRefreshToken: (refreshToken) => families.get(refreshToken ?? '')?.account,
    accountOfKey: (key) => [...ACCOUNTS, ...NEIGHBOURS].find((account) => keyOf(account) === key),
    isOrphan: (host, end) =>
      [...issued.values()].some(({ endsAt, madeAt, isDelivered, isRevoked }) => {
        const isOpen = endsAt === end && !isDelivered && !isRevoked && now() < end
        return isOpen && madeAt < (listedAt.get(host) ?? Number.POSITIVE_INFINITY)
      }),
    isInForce(refreshToken) {
      const family = families.get(refreshToken)
      return family !== undefined && !family.isDead && family.refreshToken === refreshToken
    },
  }
  for (const account of ACCOUNTS) books.newToken(books.begin(account), 'stranger', now() + 10 * LIFE_SECONDS * 1_000)
  return books
}

/** What an account signs in with. */
export function keyOf(account: Account): string {
  return `${SECRET}-key-${account}`
}

/** The handle of a token: not secret. */
export function idOf(accessToken: string): string {
  return accessToken.replace(`${SECRET}-access`, 'id')
}
