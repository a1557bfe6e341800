import { ChaveiroError, type InsecureHttpOption } from '@chaveiro/core'
import type { Endpoints, KnownServer } from './endpoints.ts'
import { urlOption } from './url-option.ts'

/** Endpoints that the user names. */
export interface GivenEndpoints {
  /** Where tokens come from (RFC 6749 §3.2). */
  tokenUrl: URL | string
  /** Where refresh tokens are sent, where that is elsewhere. @default `tokenUrl` */
  refreshUrl?: URL | string | undefined
  /** Where tokens are revoked (RFC 7009). @default `end()` only forgets them */
  revocationUrl?: URL | string | undefined
  issuer?: undefined
  endpointOrigins?: undefined
}

/** @throws {TypeError} for a URL to which a secret must not be sent. */
export function givenEndpoints(given: GivenEndpoints & InsecureHttpOption): KnownServer {
  if (given.endpointOrigins !== undefined) throw new TypeError('Option endpointOrigins works only with issuer.')
  const token = urlOption('tokenUrl', given.tokenUrl, given)
  const refresh = given.refreshUrl === undefined ? token : urlOption('refreshUrl', given.refreshUrl, given)
  const revocation =
    given.revocationUrl === undefined ? undefined : urlOption('revocationUrl', given.revocationUrl, given)
  const endpoints: Endpoints = {
    token,
    refresh,
    revocation: () => revocation ?? missing('revocationUrl'),
    page: () => missing('authorizationCode({ url })'),
    audience: token.href,
    checkClient: () => {},
  }
  return {
    server: token,
    operationServers: { refresh, ...(revocation && { revocation }) },
    find: async () => endpoints,
    mayRevoke: revocation !== undefined,
  }
}

function missing(option: string): never {
  throw new ChaveiroError('misconfigured', `The endpoint is unknown. Pass ${option}.`)
}
