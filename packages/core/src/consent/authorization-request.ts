import type { AccountRef } from '../account-ref.ts'
import { requireSafeOrigin } from '../origins.ts'
import type { AskedScopes, AuthorizationRequest, FoundPage } from '../provider/consent.ts'
import { challengeOf } from './random-texts.ts'

// What the flow sets itself, and what would change who answers, or how (RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 9101 §5).
const RESERVED =
  /^(state|redirect_uri|client_id|response_type|response_mode|scope|nonce|request|request_uri|code_challenge.*)$/

/** @throws {TypeError} for a page that isn't https, a parameter that can't be set, and an issuer that nothing names. */
export function checkRequest({ url, parameters = {}, issuer }: Omit<AuthorizationRequest<never>, 'clientId'>): void {
  if (typeof url === 'function') checkParameters(Object.keys(parameters))
  else checkPage({ url, issuer }, parameters)
}

/** The same of a page that was found in the provider's own document. */
export function checkPage({ url, issuer }: FoundPage, parameters: Readonly<Record<string, string>>): void {
  const page = new URL(url)
  requireSafeOrigin(page, 'consent.url', {})
  if (!/^(#\/[^?]*)?$/.test(page.hash))
    throw new TypeError('consent.url may have a route as its fragment, and no other.')
  checkParameters([...Object.keys(parameters), ...page.searchParams.keys()])
  if (issuer?.inCallback === 'always' && issuer.url === undefined)
    throw new TypeError("consent.issuer needs its url: 'always' compares it with what each callback names.")
}

function checkParameters(names: readonly string[]): void {
  for (const name of names)
    if (RESERVED.test(name)) throw new TypeError(`A consent can't set the parameter ${name}: the flow sets it.`)
}

/** What one request asks for. */
export interface Asked {
  readonly clientId: string
  readonly redirectUri: string
  readonly state: string
  readonly verifier: string | undefined
  readonly scopes: readonly string[]
}

/** The address to send the person to (RFC 6749 §4.1.1). */
export async function authorizationUrl(
  url: URL | string,
  { parameters = {}, scopes: { separator = ' ' } = {} }: Pick<AuthorizationRequest<never>, 'parameters' | 'scopes'>,
  { clientId, redirectUri, state, verifier, scopes }: Asked,
): Promise<string> {
  const page = new URL(url)
  const query = {
    ...parameters,
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    state,
    ...(scopes.length > 0 && { scope: scopes.join(separator) }),
    ...(verifier !== undefined && { code_challenge: await challengeOf(verifier), code_challenge_method: 'S256' }),
  }
  // RFC 6749 §3.1 allows no fragment. Some providers' pages are a route of one anyway, which reads its own query.
  const asked = page.hash === '' ? page.searchParams : new URLSearchParams()
  for (const [name, value] of Object.entries(query)) asked.set(name, value)
  return page.hash === '' ? page.href : `${page.href}?${asked}`
}

/**
 * What is asked for: what the caller names, or else the account's own scopes, and what the provider always asks for.
 * @throws {TypeError} if the provider demands scopes and none is asked for.
 */
export function askedScopes(
  id: string,
  { always = [], demanded = false }: AskedScopes,
  account: AccountRef,
  given: readonly string[] | undefined,
): readonly string[] {
  const scopes = [...new Set<string>([...wantedScopes(account, given), ...always])]
  if (demanded && scopes.length === 0) throw new TypeError(`${id}: a consent needs scopes. Pass scopes: […].`)
  return scopes
}

/** What the caller names, or else the account's own scopes. @throws {TypeError} for anything other than names. */
export function wantedScopes(account: AccountRef, given: readonly string[] | undefined): readonly string[] {
  const wanted: unknown = given ?? account.scopes ?? []
  if (Array.isArray(wanted) && wanted.every((scope) => typeof scope === 'string' && scope !== '')) return wanted
  throw new TypeError('Option scopes must be an array of names.')
}
