import { type AccountShelf, credentialFields } from '../account-shelf.ts'
import { base64url } from '../random-text.ts'

/** The keys of a seller, as Genpag's dashboard shows them. */
export interface GenpagCredentials {
  /** "Meu ID". */
  readonly sellerId: string
  /** Permanent; good for the token endpoint and for nothing else. */
  readonly refreshToken: string
  /** For the customer's device. A seller without one cannot have cards tokenized. */
  readonly clientToken?: string | undefined
}

export interface SellersOptions {
  readonly random: () => number
  readonly earlierRefreshTokens: 'kept' | 'ended'
}

export interface Sellers extends AccountShelf {
  register(credentials: GenpagCredentials): void
  deactivate(sellerId: string): void
  /** A new refresh token for a seller. */
  regenerate(sellerId: string): string
  /** Whether this refresh token opens the token endpoint for this seller. */
  accepts(sellerId: string, refreshToken: string): boolean
  hasClientToken(clientToken: string): boolean
  secrets(): readonly string[]
  /** Forgets every seller. */
  clear(): void
}

interface Seller {
  readonly refreshTokens: Set<string>
  readonly clientToken: string | undefined
}

/** The sellers that have registered, and what their dashboards can do. */
export const createSellers = ({ random, earlierRefreshTokens }: SellersOptions): Sellers => {
  const sellers = new Map<string, Seller>()
  const clientTokens = new Set<string>()
  const secrets = new Set<string>()

  const deactivate = (sellerId: string): void => {
    clientTokens.delete(sellers.get(sellerId)?.clientToken ?? '')
    sellers.delete(sellerId)
  }

  const register = ({ sellerId, refreshToken, clientToken }: GenpagCredentials): void => {
    if (sellerId === '') throw new TypeError('sellerId: expected the id of a seller')
    if (refreshToken === '') throw new TypeError('refreshToken: expected a token')
    if (clientToken === '') throw new TypeError('clientToken: expected a token, or none')
    deactivate(sellerId)
    sellers.set(sellerId, { refreshTokens: new Set([refreshToken]), clientToken })
    secrets.add(refreshToken)
    if (clientToken === undefined) return
    clientTokens.add(clientToken)
    secrets.add(clientToken)
  }

  return {
    register,
    deactivate,
    names: () => [...sellers.keys()],
    add: (credentials) => {
      const { text, optionalText } = credentialFields(credentials, ['sellerId', 'refreshToken', 'clientToken'])
      const sellerId = text('sellerId')
      register({ sellerId, refreshToken: text('refreshToken'), clientToken: optionalText('clientToken') })
      return sellerId
    },
    end: deactivate,
    clear: () => {
      for (const known of [sellers, clientTokens, secrets]) known.clear()
    },
    regenerate: (sellerId) => {
      const seller = sellers.get(sellerId)
      if (seller === undefined) throw new TypeError(`sellerId: no seller ${sellerId} is registered`)
      const refreshToken = tokenValue('refresh', secrets.size + 1, random)
      if (earlierRefreshTokens === 'ended') seller.refreshTokens.clear()
      seller.refreshTokens.add(refreshToken)
      secrets.add(refreshToken)
      return refreshToken
    },
    accepts: (sellerId, refreshToken) => sellers.get(sellerId)?.refreshTokens.has(refreshToken) ?? false,
    hasClientToken: (clientToken) => clientTokens.has(clientToken),
    secrets: () => [...secrets],
  }
}

/** Opaque and unique by its number. It begins as every example does (`SFMyNTY.`); nothing tells clients to look further. */
export const tokenValue = (kind: 'access' | 'refresh', number: number, random: () => number): string =>
  `SFMyNTY.${kind}-${number}-${base64url(random, 32)}.${base64url(random, 43)}`
