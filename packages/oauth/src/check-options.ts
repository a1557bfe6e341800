import { checkOptions } from '@chaveiro/core/provider'
import type { ClientAuthentication } from './client/client-authentication.ts'
import type { OAuthProviderOptions, TokenOptions } from './options.ts'

/** The options of `oauthProvider()`. */
export const PROVIDER_OPTIONS: readonly string[] =
  'issuer endpointOrigins tokenUrl refreshUrl revocationUrl grant client id apiUrl scopes audience resource tokenParameters content header lifetimeMs rotation graceMs refreshTokenIdleMs'.split(
    ' ',
  )

// What a token call sets itself (RFC 6749 §4 to §6, RFC 7521 §4.2, RFC 7636 §4.5), or another option does.
const RESERVED =
  /^(grant_type|scope|code|code_verifier|redirect_uri|refresh_token|client_id|client_secret|client_assertion|client_assertion_type|audience|resource)$/

/** @throws {TypeError} for options that can't be meant, each with what to pass. */
export function checkTokenOptions(options: TokenOptions): void {
  const { scopes, audience, resource, tokenParameters, header = {}, content = 'form', rotation = 'unknown' } = options
  if (scopes !== undefined && !(Array.isArray(scopes) && scopes.every(isText)))
    throw new TypeError("Option scopes must be an array of names: ['orders:read'].")
  if (audience !== undefined && !isText(audience)) throw new TypeError('Option audience must be a string.')
  if (resource !== undefined && !/^[a-z][a-z\d+.-]*:[^#\s]+$/i.test(resource))
    throw new TypeError('Option resource must be an absolute URI without a fragment (RFC 8707 §2).')
  checkParameters(tokenParameters ?? {})
  if (content !== 'form' && content !== 'json') throw new TypeError("Option content must be 'form' or 'json'.")
  if (!['always', 'never', 'unknown'].includes(rotation))
    throw new TypeError("Option rotation must be 'always', 'never' or 'unknown'.")
  checkHeader(header)
  for (const name of ['lifetimeMs', 'graceMs', 'refreshTokenIdleMs'] as const) {
    const value = options[name]
    if (value !== undefined && !(typeof value === 'number' && value >= 0))
      throw new TypeError(`Option ${name} must be a number of at least 0.`)
  }
}

/** @throws {TypeError} for a grant that this client, or this way to know the server, can't have. */
export function checkGrantOptions(
  { grant = 'client_credentials', issuer }: OAuthProviderOptions,
  { method }: ClientAuthentication,
): void {
  if (typeof grant === 'string') {
    if (grant !== 'client_credentials' && grant !== 'refresh_token')
      throw new TypeError(
        "Option grant must be 'client_credentials', 'refresh_token' or authorizationCode() from @chaveiro/oauth/consent.",
      )
    if (grant === 'client_credentials' && method === 'none')
      throw new TypeError(
        "Anyone could ask for such a token: client 'none' has no client credentials (RFC 6749 §4.4). Pass a grant.",
      )
    return
  }
  if (typeof grant?.consent !== 'function')
    throw new TypeError('Option grant must be a name, or authorizationCode() from @chaveiro/oauth/consent.')
  if (method === 'none' && grant.pkce === 'unsupported')
    throw new TypeError(
      'Without a secret and without PKCE, anyone who gets hold of a code can use it (RFC 9700 §2.1.1).',
    )
  const isNamed = grant.url !== undefined
  if (issuer === undefined && !isNamed) throw new TypeError('With tokenUrl, pass the page: authorizationCode({ url }).')
  if (issuer !== undefined && (isNamed || grant.callbackIssuer !== undefined))
    throw new TypeError("With issuer, the server's document provides url and callbackIssuer. Leave them out.")
}

function checkParameters(parameters: unknown): void {
  if (typeof parameters !== 'object' || parameters === null)
    throw new TypeError('Option tokenParameters must be an object of strings.')
  for (const [name, value] of Object.entries(parameters)) {
    if (!isText(value)) throw new TypeError(`Option tokenParameters.${name} must be a string.`)
    if (RESERVED.test(name)) throw new TypeError(`Option tokenParameters can't set ${name}: another option does.`)
  }
}

function checkHeader(header: TokenOptions['header'] & object): void {
  checkOptions(header, ['name', 'scheme'])
  const { name = 'Authorization', scheme = 'Bearer' } = header
  // RFC 9110 §5.6.2.
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new TypeError('Option header.name is the name of a header.')
  if (!/^[\w!#$%&'*+.^`|~-]*$/.test(scheme)) throw new TypeError("Option header.scheme must be one word, or ''.")
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
