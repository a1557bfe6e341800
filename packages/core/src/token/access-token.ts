import { ChaveiroError } from '../errors.ts'
import { TOKEN_MASK } from '../secret.ts'
import type { Grant } from './grant.ts'
import type { Held } from './held.ts'
import { maskedSecrets, type SecretsOf } from './kept-secrets.ts'

/** What a caller holds. It prints without the token; `authorize()` and `reveal()` are the only ways to use it. */
export interface AccessToken<M = unknown> {
  /** Changes when the account signs in again (`seed`) or out (`end`). */
  readonly lineage: string
  /** Grows with each new token of a lineage. */
  readonly generation: number
  /** Epoch milliseconds on the local clock. Absent: unknown, used until it is refused. */
  readonly expiresAt: number | undefined
  /** What it may do, where the provider says so. */
  readonly scopes: readonly string[] | undefined
  /** The provider's own handle, where it has one. */
  readonly id: string | undefined
  /** Not secret: what the provider remembers with the token. */
  readonly meta: M | undefined
  /** Secrets that came with the token, by the provider's names. */
  readonly secrets: SecretsOf<M>
  /** Puts the token on a request's headers, the way the provider wants it. */
  authorize(headers: Headers): void
  /** The string itself. */
  reveal(): string
}

export type Authorize<M> = (headers: Headers, token: Grant<M>) => void

/**
 * Adds a token to a request in the provider's way, or as RFC 6750 §2.1 says. A header's error quotes the value it
 * refuses, so that error isn't passed on.
 */
export function authorizeQuietly<M>(
  provider: { readonly id: string; authorize?(headers: Headers, token: Grant<M>): void },
  headers: Headers,
  token: Grant<M>,
): void {
  try {
    if (provider.authorize) provider.authorize(headers, token)
    else headers.set('authorization', `Bearer ${token.accessToken}`)
  } catch {
    const { id } = provider
    const message = `authorize() of ${id} failed, so the request has no token.`
    throw new ChaveiroError('misconfigured', message, { provider: id })
  }
}

class RevealableToken<M> implements AccessToken<M> {
  readonly lineage: string
  readonly generation: number
  readonly #grant: Grant<M>
  readonly #authorize: Authorize<M>

  constructor({ lineage, generation, token }: Held<M>, authorize: Authorize<M>) {
    this.lineage = lineage
    this.generation = generation
    this.#grant = token
    this.#authorize = authorize
  }

  // Read from the grant, not copied: a manager holds one of these for each of its accounts.
  get expiresAt(): number | undefined {
    return this.#grant.expiresAt
  }

  get scopes(): readonly string[] | undefined {
    return this.#grant.scopes
  }

  get id(): string | undefined {
    return this.#grant.id
  }

  get meta(): M | undefined {
    return this.#grant.meta
  }

  get secrets(): SecretsOf<M> {
    return maskedSecrets<M>(this.#grant.secrets)
  }

  authorize(headers: Headers): void {
    this.#authorize(headers, this.#grant)
  }

  reveal(): string {
    return this.#grant.accessToken
  }

  static grantOf<M>(token: AccessToken<M>): Grant<M> | undefined {
    return token instanceof RevealableToken ? token.#grant : undefined
  }

  toString(): string {
    return TOKEN_MASK
  }

  toJSON(): Omit<AccessToken<M>, 'authorize' | 'reveal' | 'secrets'> {
    const { lineage, generation, expiresAt, scopes, id, meta } = this
    return { lineage, generation, expiresAt, scopes, id, meta }
  }
}

/** What a token of ours was made of. */
export function grantOf<M>(token: AccessToken<M>): Grant<M> {
  const grant = RevealableToken.grantOf(token)
  if (grant === undefined) throw new TypeError('This is not a token of this package.')
  return grant
}

export function accessToken<M>(held: Held<M>, authorize: Authorize<M>): AccessToken<M> {
  return new RevealableToken(held, authorize)
}
