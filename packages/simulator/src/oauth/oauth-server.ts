// The authorization server under every provider that follows the standards: RFC 6749, 6750, 7009, 7523, 7636, 8705, 9207
// and 9700. A provider adds its facts, and the operations of its API.

import { finiteMs, systemClock } from '../clock.ts'
import type { Route } from '../route.ts'
import { createAssertions } from './assertions.ts'
import { authorizationEndpoint } from './authorization-endpoint.ts'
import { createClientAuthentication } from './client-authentication.ts'
import { type Clients, createClients } from './clients.ts'
import { type Codes, createCodes } from './codes.ts'
import type { OAuthGrant, OAuthRefreshTokenFacts } from './facts.ts'
import { createGrants } from './grants.ts'
import { createGuard, type Guarded } from './guard.ts'
import { createErrorModel, type ErrorModel, standardError } from './oauth-error.ts'
import { createOAuthTokens, type OAuthTokens, type RefreshTokenRules } from './oauth-tokens.ts'
import type { OAuthSimulatorOptions } from './options.ts'
import { revocationEndpoint } from './revocation-endpoint.ts'
import { createScopes, type Scopes } from './scopes.ts'
import { tokenEndpoint } from './token-endpoint.ts'

/** The operations of the server itself. */
export type OAuthOperation = 'showConsent' | 'decideConsent' | 'issueToken' | 'refreshToken' | 'revokeToken'

export interface OAuthServer {
  readonly routes: readonly Route<OAuthOperation>[]
  readonly refuse: ErrorModel['refuse']
  /** Puts an operation of the API behind an access token. */
  readonly guarded: Guarded
  readonly url: URL
  readonly authorizationPath: string
  readonly clients: Clients
  readonly codes: Codes
  readonly scopes: Scopes
  readonly tokens: OAuthTokens
}

const GRANTS: readonly OAuthGrant[] = ['client_credentials', 'authorization_code', 'refresh_token', 'jwt-bearer']

/** Builds the server from the facts about a provider. */
export const createOAuthServer = (options: OAuthSimulatorOptions): OAuthServer => {
  const { clock = systemClock, random = Math.random, accounts = ['ana'], grants = GRANTS, content = 'form' } = options
  const { pkce = 'required', unknownParameters = 'refused', certificate, refreshToken = {} } = options
  const { authorizationPath = '/authorize', tokenPath = '/token', refreshPath = tokenPath } = options
  const { revocationPath = '/revoke', revocationContent = 'form', scopeSeparator = ' ' } = options
  const url = new URL(options.url?.origin ?? 'https://oauth.simulator.test')
  const issuer = options.issuer ?? url.origin
  const isStrict = unknownParameters === 'refused'
  const accessTokenLifetimeMs = finiteMs('accessTokenLifetimeMs', options.accessTokenLifetimeMs ?? 3_600_000)
  const known = options.scopes ?? ['read', 'write']

  const clients = createClients([options.client ?? 'basic-encoded'].flat())
  const scopes = createScopes({ known, byDefault: options.scopesByDefault ?? known, separator: scopeSeparator })
  const tokens = createOAuthTokens({
    clock,
    random,
    accessTokenLifetimeMs,
    earlierAccessTokens: options.earlierAccessTokens ?? 'kept',
    refreshToken: rulesOf(refreshToken === false ? {} : refreshToken),
  })
  const codes = createCodes({
    clock,
    random,
    lifetimeMs: finiteMs('codeLifetimeMs', options.codeLifetimeMs ?? 60_000),
    onReuse: (family) => tokens.revokeFamily(family),
  })
  const takeAssertion = createAssertions({
    clients,
    clock,
    audiences: options.audiences ?? [issuer, new URL(tokenPath, url).href],
    longestMs: options.assertionLifetimeMs ?? 3_600_000,
  })
  const authenticate = createClientAuthentication({
    clients,
    takeAssertion,
    needsCertificate: certificate !== undefined,
  })
  const { answering, refuse } = createErrorModel({
    invalidClientStatus: options.invalidClientStatus ?? 401,
    errorBody: options.errorBody ?? standardError,
  })

  const page = authorizationEndpoint({
    clients,
    codes,
    scopes,
    accounts,
    grants,
    pkce,
    needsState: options.state !== 'optional',
    issuer: options.issuerInCallback === 'never' ? undefined : issuer,
    moreParameters: isStrict ? (options.authorizationParameters ?? []) : undefined,
  })
  const token = (taken: readonly OAuthGrant[]) =>
    tokenEndpoint(taken, {
      clock,
      authenticate,
      takeAssertion,
      content,
      accessTokenLifetimeMs,
      hasPkce: pkce !== 'unsupported',
      moreParameters: isStrict ? (options.tokenParameters ?? []) : undefined,
      bindsTokens: certificate === 'token-and-api',
      expiresIn: options.expiresIn ?? 'number',
      refreshExpiresInField: refreshToken === false ? undefined : refreshToken.expiresInField,
      writeScopes: scopes.written,
      changeAnswer: options.answer ?? ((body) => body),
      grants: createGrants({
        tokens,
        codes,
        scopes,
        pkce,
        hasAccount: (account) => accounts.includes(account),
        bringsRefreshToken: (agreed) =>
          refreshToken !== false &&
          grants.includes('refresh_token') &&
          (refreshToken.withScope === undefined || agreed.includes(refreshToken.withScope)),
      }),
    })
  const isOnePath = refreshPath === tokenPath
  const post = (operation: OAuthOperation, path: string, answer: Route<OAuthOperation>['answer']) => ({
    operation,
    method: 'POST',
    path,
    answer: answering(answer),
  })
  return {
    routes: [
      { operation: 'showConsent', method: 'GET', path: authorizationPath, answer: page.ask },
      { operation: 'decideConsent', method: 'POST', path: authorizationPath, answer: page.decide },
      post('issueToken', tokenPath, token(isOnePath ? grants : grants.filter((grant) => grant !== 'refresh_token'))),
      ...(isOnePath ? [] : [post('refreshToken', refreshPath, token(['refresh_token']))]),
      ...(revocationPath === false
        ? []
        : [
            post(
              'revokeToken',
              revocationPath,
              revocationEndpoint({ tokens, authenticate, content: revocationContent, isStrict }),
            ),
          ]),
    ],
    refuse,
    guarded: createGuard(tokens),
    url,
    authorizationPath,
    clients,
    codes,
    scopes,
    tokens,
  }
}

const rulesOf = (facts: OAuthRefreshTokenFacts): RefreshTokenRules => {
  const { rotation = 'always', graceMs = 0, reuse = 'revoke-family', idleMs = Infinity, absoluteMs = Infinity } = facts
  const { uses = rotation === 'always' ? 1 : Infinity } = facts
  if (!(uses === Infinity || (Number.isInteger(uses) && uses > 0))) {
    throw new TypeError('refreshToken.uses: expected a whole number above 0, or Infinity')
  }
  return { rotation, uses, graceMs: finiteMs('refreshToken.graceMs', graceMs), reuse, idleMs, absoluteMs }
}
