import { ChaveiroError, type InsecureHttpOption } from '@chaveiro/core'
import type { Endpoints, KnownServer } from './endpoints.ts'
import { keptDocument } from './kept-document.ts'
import { readServerDocument, type ServerDocument } from './server-document.ts'
import { parsedUrl, urlOption } from './url-option.ts'

/** A server that says itself where its endpoints are. */
export interface IssuerOptions {
  /** The server's own name, exactly as it writes it: a URL, as a text. Its document is read when a token is needed. */
  issuer: string
  /**
   * Other origins at which the document may put endpoints. No secret goes elsewhere than to the issuer's origin and these.
   * @default none
   */
  endpointOrigins?: readonly (URL | string)[] | undefined
  tokenUrl?: undefined
  refreshUrl?: undefined
  revocationUrl?: undefined
}

/** @throws {TypeError} for an issuer that can't be one (RFC 8414 §2), or to which a secret must not be sent. */
export function discoveredEndpoints(options: IssuerOptions & InsecureHttpOption): KnownServer {
  const { issuer, endpointOrigins = [] } = options
  for (const name of ['tokenUrl', 'refreshUrl', 'revocationUrl'] as const)
    if (options[name] !== undefined)
      throw new TypeError(`Option ${name} can't be combined with issuer, whose document provides it.`)
  if (typeof issuer !== 'string')
    throw new TypeError('Option issuer must be a string, exactly as the server writes it.')
  const server = urlOption('issuer', issuer, options)
  if (server.search !== '') throw new TypeError('Option issuer must not have a query (RFC 8414 §2).')
  if (!Array.isArray(endpointOrigins)) throw new TypeError('Option endpointOrigins must be an array of URLs.')
  const others = endpointOrigins.map((one) => urlOption('endpointOrigins', one, options))
  const origins = [server, ...others].map(({ origin }) => origin)
  const read = keptDocument((io) => readServerDocument(io, issuer))
  return {
    server,
    operationServers: Object.fromEntries(others.map((url) => [url.origin, url])),
    find: async (io) => endpointsIn(await read(io), issuer, origins, options),
    // Only the document knows.
    mayRevoke: true,
  }
}

function endpointsIn(
  document: ServerDocument,
  issuer: string,
  origins: readonly string[],
  options: InsecureHttpOption,
): Endpoints {
  const token = secretEndpoint(document, 'token_endpoint', origins)
  return {
    token,
    refresh: token,
    revocation: () => secretEndpoint(document, 'revocation_endpoint', origins),
    page: () => ({
      url: pageIn(document, options),
      // RFC 9207 §2.4 and §3: a server that says so names itself in every callback.
      issuer: {
        url: issuer,
        inCallback: document['authorization_response_iss_parameter_supported'] === true ? 'always' : 'unknown',
      },
    }),
    audience: issuer,
    checkClient(method) {
      const methods = document['token_endpoint_auth_methods_supported']
      // Public clients are often allowed and not listed.
      if (method === 'none' || !Array.isArray(methods) || methods.includes(method)) return
      const words = methods.filter((one) => typeof one === 'string' && /^[a-z_]{1,40}$/.test(one))
      throw new ChaveiroError(
        'misconfigured',
        `The issuer's document doesn't list ${method}, but ${words.join(', ') || 'nothing that is known'}. Pass one of them as client.`,
      )
    },
  }
}

/** An endpoint that gets secrets: only where the user said that they may go. */
function secretEndpoint(document: ServerDocument, name: string, origins: readonly string[]): URL {
  const url = endpoint(document, name)
  if (origins.includes(url.origin)) return url
  throw new ChaveiroError(
    'origin',
    `The issuer's document puts its ${name} at ${url.origin}, but secrets are sent only to ${origins.join(', ')}. ` +
      `If it is the provider's, pass endpointOrigins: ['${url.origin}'].`,
  )
}

/** The page gets no secret, so it may be anywhere. */
function pageIn(document: ServerDocument, options: InsecureHttpOption): URL {
  const url = endpoint(document, 'authorization_endpoint')
  try {
    return urlOption('authorization_endpoint', url, options)
  } catch {
    throw new ChaveiroError(
      'misconfigured',
      "The authorization_endpoint of the issuer's document is not an https page.",
    )
  }
}

function endpoint(document: ServerDocument, name: string): URL {
  const value = document[name]
  const url = typeof value === 'string' ? parsedUrl(value) : undefined
  if (url && url.username === '' && url.password === '' && url.hash === '') return url
  const what = value === undefined ? `names no ${name}` : `has a ${name} that is not the URL of one`
  throw new ChaveiroError('misconfigured', `The issuer's document ${what}.`)
}
