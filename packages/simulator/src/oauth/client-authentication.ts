import type { IncomingRequest } from '../incoming-request.ts'
import type { TakeAssertion } from './assertions.ts'
import { presentedCertificate } from './certificate.ts'
import type { Clients, RegisteredClient } from './clients.ts'
import { bytesOfBase64, textOfBytes } from './digest.ts'
import type { OAuthClientMethod } from './facts.ts'
import { OAuthError } from './oauth-error.ts'
import type { Parameters } from './parameters.ts'

/** The parameters by which a client authenticates in a body. */
export const CLIENT_PARAMETERS = ['client_id', 'client_secret', 'client_assertion_type', 'client_assertion'] as const

export interface ClientAuthenticationOptions {
  readonly clients: Clients
  readonly takeAssertion: TakeAssertion
  /** Is a certificate demanded besides? */
  readonly needsCertificate: boolean
}

/** A client, and how it authenticated. */
interface AuthenticatedClient {
  readonly client: RegisteredClient
  readonly method: OAuthClientMethod
  /** The certificate that it presented. */
  readonly certificate: string | undefined
}

/** Says which client sends a request to the token or the revocation endpoint. */
export type AuthenticateClient = (request: IncomingRequest, parameters: Parameters) => Promise<AuthenticatedClient>

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

const denied = (detail: string): OAuthError => new OAuthError('invalid_client', detail)

/** RFC 6749 §2.3: one way of authentication for each request. An unknown client is answered as a wrong secret is. */
export const createClientAuthentication = (options: ClientAuthenticationOptions): AuthenticateClient => {
  const { clients, takeAssertion, needsCertificate } = options

  const identify = async (request: IncomingRequest, parameters: Parameters): Promise<Candidate> => {
    const authorization = request.headers.get('authorization')
    const ways = [authorization !== null, parameters.has('client_secret'), parameters.has('client_assertion')]
    const isInBoth = authorization !== null && parameters.has('client_secret') && !parameters.has('client_assertion')
    const both = isInBoth ? byBoth(clients, authorization, parameters) : undefined
    if (both !== undefined) return both
    if (ways.filter(Boolean).length > 1) {
      throw new OAuthError('invalid_request', 'the client authenticates in more than one way')
    }
    if (authorization !== null) return byBasic(clients, authorization)
    if (parameters.has('client_assertion')) return byAssertion(takeAssertion, parameters)
    const client = clients.find(parameters.get('client_id') ?? '')
    if (parameters.has('client_secret')) {
      const isRight = client?.clientSecret !== undefined && client.clientSecret === parameters.get('client_secret')
      return { client: isRight ? client : undefined, method: 'body' }
    }
    return { client, method: client?.methods.includes('certificate') ? 'certificate' : 'none' }
  }

  return async (request, parameters) => {
    const { client, method } = await identify(request, parameters)
    if (client === undefined) throw denied('the client is unknown, or its authentication is wrong')
    const named = parameters.get('client_id')
    if (named !== undefined && named !== client.clientId) throw denied('body.client_id: names another client')
    if (!client.methods.includes(method)) {
      throw denied(`the client authenticates by ${method}, and is registered for ${client.methods.join(', ')}`)
    }
    const certificate = await presentedCertificate(request.headers)
    const isCertified = certificate !== undefined && certificate === client.certificate
    if ((needsCertificate || method === 'certificate') && !isCertified) {
      throw denied('the certificate of the client is missing, or another one')
    }
    return { client, method, certificate }
  }
}

interface Candidate {
  readonly client: RegisteredClient | undefined
  readonly method: OAuthClientMethod
}

/** RFC 7617 has the pair as it is, RFC 6749 §2.3.1 both parts encoded as a form. */
const basicReadings = (authorization: string) => {
  const pair = textOfBytes(bytesOfBase64(/^basic +(\S+)$/i.exec(authorization)?.[1] ?? '')) ?? ''
  const colon = pair.indexOf(':')
  if (colon < 0) throw denied('header.authorization: expected Basic, and a name and a password')
  const parts = [pair.slice(0, colon), pair.slice(colon + 1)] as const
  return { encoded: parts.map(formDecoded), raw: parts }
}

const byBasic = (clients: Clients, authorization: string): Candidate => {
  const { encoded, raw } = basicReadings(authorization)
  const readings = [
    ['basic-encoded', ...encoded],
    ['basic', ...raw],
  ] as const
  for (const [method, name = '', password] of readings) {
    const client = clients.find(name)
    const isRight = client?.clientSecret !== undefined && client.clientSecret === password
    if (isRight && client.methods.includes(method)) return { client, method }
  }
  // Right but for the encoding, or a client that is registered for something else: the caller says which.
  const client = clients.find(raw[0])
  return { client: client?.clientSecret === raw[1] ? client : undefined, method: 'basic' }
}

/** Undefined where the client isn't registered for it. */
const byBoth = (clients: Clients, authorization: string, parameters: Parameters): Candidate | undefined => {
  const { encoded, raw } = basicReadings(authorization)
  for (const [name = '', password] of [encoded, raw]) {
    const client = clients.find(name)
    if (!client?.methods.includes('basic-and-body') || client.clientSecret === undefined) continue
    const isRight = [password, parameters.get('client_secret')].every((secret) => secret === client.clientSecret)
    const isNamed = parameters.get('client_id') === client.clientId
    return { client: isRight && isNamed ? client : undefined, method: 'basic-and-body' }
  }
  return undefined
}

const formDecoded = (text: string): string | undefined => {
  // A form has no other characters than these (URL standard, application/x-www-form-urlencoded serializing).
  if (!/^(?:[A-Za-z0-9*._+-]|%[0-9A-F]{2})*$/.test(text)) return undefined
  return new URLSearchParams(`_=${text}`).get('_') ?? undefined
}

/** RFC 7523 §2.2 and §3: the client speaks of itself. */
const byAssertion = async (takeAssertion: TakeAssertion, parameters: Parameters): Promise<Candidate> => {
  if (parameters.get('client_assertion_type') !== ASSERTION_TYPE) {
    throw new OAuthError('invalid_request', `body.client_assertion_type: expected ${ASSERTION_TYPE}`)
  }
  const taken = await takeAssertion(parameters.demand('client_assertion'))
  if (typeof taken === 'string') throw denied(`body.client_assertion: ${taken}`)
  if (taken.subject !== taken.client.clientId) throw denied('body.client_assertion: sub is not the client')
  return { client: taken.client, method: 'private_key_jwt' }
}
