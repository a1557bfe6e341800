// What each `grant_type` gives: RFC 6749 §4.1.3, §4.4.2 and §6, and RFC 7523 §2.1.

import type { Assertion } from './assertions.ts'
import type { RegisteredClient } from './clients.ts'
import type { Codes } from './codes.ts'
import type { OAuthGrant } from './facts.ts'
import { OAuthError } from './oauth-error.ts'
import type { Issued, OAuthTokens } from './oauth-tokens.ts'
import type { Parameters } from './parameters.ts'
import { challengeOfVerifier, type Pkce } from './pkce.ts'
import type { Scopes } from './scopes.ts'

export interface GrantsOptions {
  readonly tokens: OAuthTokens
  readonly codes: Codes
  readonly scopes: Scopes
  readonly hasAccount: (account: string) => boolean
  readonly pkce: Pkce
  /** Does a consent to these scopes bring a refresh token? */
  readonly bringsRefreshToken: (scopes: readonly string[]) => boolean
}

/** A request of a client that is known. */
export interface GrantRequest {
  readonly parameters: Parameters
  readonly client: RegisteredClient
  /** The certificate that the tokens are bound to. */
  readonly certificate: string | undefined
  readonly assertion: Assertion | undefined
}

export type Grants = Readonly<Record<OAuthGrant, (request: GrantRequest) => Promise<Issued>>>

const invalid = (detail: string): OAuthError => new OAuthError('invalid_grant', detail)

export const createGrants = (options: GrantsOptions): Grants => {
  const { tokens, codes, scopes, hasAccount } = options
  return {
    client_credentials: async ({ parameters, client: { clientId }, certificate }) => {
      const asked = scopes.asked(parameters.get('scope'))
      // RFC 6749 §4.4.3: without a refresh token.
      return tokens.start({ clientId, account: undefined, scopes: asked, certificate }, false)
    },

    authorization_code: async ({ parameters, client: { clientId }, certificate }) => {
      const code = parameters.demand('code')
      const redirectUri = parameters.demand('redirect_uri')
      const verifier = options.pkce === 'unsupported' ? undefined : parameters.get('code_verifier')
      const challenge = await challengeOfVerifier(verifier)
      // From here on nothing waits: of two exchanges at once, one is the second.
      const outcome = codes.redeem(code, { clientId, redirectUri, challenge }, ({ account, scopes: agreed }) => {
        const owner = { clientId, account, scopes: agreed, certificate }
        return tokens.start(owner, options.bringsRefreshToken(agreed))
      })
      if (typeof outcome === 'string') throw invalid(`body.code: ${outcome}`)
      return outcome
    },

    refresh_token: async ({ parameters, client: { clientId }, certificate }) => {
      const value = parameters.demand('refresh_token')
      const { kind, owner } = tokens.find(value) ?? {}
      if (kind !== 'refresh' || owner?.clientId !== clientId)
        throw invalid('body.refresh_token: unknown, or issued to another client')
      if (owner.certificate !== certificate) throw invalid('body.refresh_token: bound to another certificate')
      const outcome = tokens.refresh(value, (granted) => scopes.narrowed(parameters.get('scope'), granted))
      if (typeof outcome === 'string') throw invalid(`body.refresh_token: ${outcome}`)
      return outcome
    },

    'jwt-bearer': async ({ parameters, client: { clientId }, certificate, assertion }) => {
      const subject = assertion?.subject ?? ''
      // RFC 7523 §3: the account, or the client itself.
      if (subject !== clientId && !hasAccount(subject))
        throw invalid('body.assertion: sub is neither an account nor the client')
      const account = subject === clientId ? undefined : subject
      return tokens.start({ clientId, account, scopes: scopes.asked(parameters.get('scope')), certificate }, false)
    },
  }
}
