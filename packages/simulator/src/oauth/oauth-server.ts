// The authorization server under every provider that follows the standards: RFC 6749, 6750, 7009, 7523, 7636, 8705, 9207
// and 9700. A provider adds its facts, and the operations of its API.

import { finiteMs } from '../clock.ts'
import type { Basics } from '../issuing-simulator.ts'
import type { Answering, Route } from '../route.ts'
import { accessTokenWriter } from './access-token-text.ts'
import { createAssertions } from './assertions.ts'
import { authorizationEndpoint } from './authorization-endpoint.ts'
import { createClientAuthentication } from './client-authentication.ts'
import { type Clients, createClients, type OAuthClient } from './clients.ts'
import { type Codes, createCodes } from './codes.ts'
import type { OAuthGrant, OAuthRefreshTokenFacts } from './facts.ts'
import { createGrants } from './grants.ts'
import { createGuard, type Guarded } from './guard.ts'
import { createErrorModel, type ErrorModel, OAuthError, standardError } from './oauth-error.ts'
import { createOAuthTokens, type OAuthTokens, type RefreshTokenRules } from './oauth-tokens.ts'
import type { OAuthSimulatorOptions } from './options.ts'
import { problemOfHeaders } from './required-headers.ts'
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
  readonly servedAt: (url: URL) => void
  readonly pageOrigin: string
  readonly apiOrigin: string
  readonly clients: Clients
  readonly codes: Codes
  readonly scopes: Scopes
  readonly tokens: OAuthTokens
  /** Forgets clients, codes and assertions. */
  readonly clear: () => void
}

const GRANTS: readonly OAuthGrant[] = ['client_credentials', 'authorization_code', 'refresh_token', 'jwt-bearer']

/** Builds the server from the facts about a provider. */
export const createOAuthServer = (options: OAuthSimulatorOptions, basics: Basics<OAuthClient>): OAuthServer => {
  const { clock, random, url } = basics
  const { accounts = ['ana'], grants = GRANTS } = options
  const { pkce = 'required', unknownParameters = 'refused', certificate, refreshToken = {} } = options
  const { authorizationPath = '/authorize', tokenPath = '/token', refreshPath = tokenPath } = options
  const { revocationPath = '/revoke', scopeSeparator = ' ', tokenHeaders = {} } = options
  const { origin: pageOrigin } = options.authorizationUrl ?? url
  let address = url
  const issuer = (): string => options.issuer ?? address.origin
  const isStrict = unknownParameters === 'refused'
  const accessTokenLifetimeMs = finiteMs('accessTokenLifetimeMs', options.accessTokenLifetimeMs ?? 3_600_000)
  const known = options.scopes ?? ['read', 'write']

  const clients = createClients([options.client ?? 'basic-encoded'].flat())
  const scopes = createScopes({ known, byDefault: options.scopesByDefault ?? known, separator: scopeSeparator })
  const tokens = createOAuthTokens({
    clock,
    random,
    accessTokenLifetimeMs,
    writeAccessToken: accessTokenWriter(options.accessToken ?? {}, random),
    earlierAccessTokens: options.earlierAccessTokens ?? 'kept',
    refreshToken: rulesOf(refreshToken === false ? {} : refreshToken),
  })
  const codes = createCodes({
    clock,
    random,
    lifetimeMs: finiteMs('codeLifetimeMs', options.codeLifetimeMs ?? 60_000),
    onReuse: (family) => tokens.revokeFamily(family),
  })
  const assertions = createAssertions({
    clients,
    clock,
    audiences: () => options.audiences ?? [issuer(), new URL(tokenPath, address).href],
    longestMs: options.assertionLifetimeMs ?? 3_600_000,
  })
  const takeAssertion = assertions.take
  const authenticate = createClientAuthentication({
    clients,
    takeAssertion,
    needsCertificate: certificate !== undefined,
  })
  const { answering, refuse } = createErrorModel({
    statuses: options.errorStatus ?? {},
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
    issuer: () => (options.issuerInCallback === 'never' ? undefined : issuer()),
    moreParameters: isStrict ? (options.authorizationParameters ?? []) : undefined,
  })
  const token = (taken: readonly OAuthGrant[]) =>
    tokenEndpoint(taken, {
      clock,
      authenticate,
      takeAssertion,
      content: [options.content ?? 'form'].flat(),
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
  const asking = { path: authorizationPath, origin: pageOrigin }
  const isOnePath = refreshPath === tokenPath
  const post = (operation: OAuthOperation, path: string, answer: Answering) => ({
    operation,
    method: 'POST',
    path,
    answer: answering((call) => {
      const problem = problemOfHeaders(call.headers, tokenHeaders)
      if (problem !== undefined) throw new OAuthError('invalid_request', problem)
      return answer(call)
    }),
  })
  return {
    routes: [
      { ...asking, operation: 'showConsent', method: 'GET', answer: page.ask },
      { ...asking, operation: 'decideConsent', method: 'POST', answer: page.decide },
      post('issueToken', tokenPath, token(isOnePath ? grants : grants.filter((grant) => grant !== 'refresh_token'))),
      ...(isOnePath ? [] : [post('refreshToken', refreshPath, token(['refresh_token']))]),
      ...(revocationPath === false
        ? []
        : [
            post(
              'revokeToken',
              revocationPath,
              revocationEndpoint({
                tokens,
                authenticate,
                content: [options.revocationContent ?? 'form'].flat(),
                isStrict,
              }),
            ),
          ]),
    ],
    refuse,
    guarded: createGuard({
      tokens,
      headers: options.apiHeaders ?? {},
      errorBody: options.apiErrorBody ?? ((error) => (error === '' ? {} : { error })),
    }),
    servedAt: (served) => {
      address = served
    },
    pageOrigin,
    apiOrigin: (options.apiUrl ?? url).origin,
    clients,
    codes,
    scopes,
    tokens,
    clear: () => {
      for (const forgetful of [clients, codes, assertions]) forgetful.clear()
    },
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
