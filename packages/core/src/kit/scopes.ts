import { ChaveiroError } from '../errors.ts'
import type { ProviderIo } from '../provider/provider-io.ts'

/** What is asked for besides the account's own scopes. */
export interface AskedScopesOptions {
  /** Asked for whatever the account says. @default none */
  always?: readonly string[] | undefined
  /** Without any scope the call is not made. @default false */
  demanded?: boolean | undefined
  /** Between two scopes. @default a space */
  separator?: string | undefined
}

/**
 * The scopes to ask for, as RFC 6749 §3.3 writes them; `undefined` where no scope is named.
 * @throws {ChaveiroError} `misconfigured` if scopes are demanded and none is named.
 */
export function askedScopes(
  { account }: Pick<ProviderIo, 'account'>,
  { always = [], demanded = false, separator = ' ' }: AskedScopesOptions = {},
): string | undefined {
  const scopes = [...new Set([...always, ...(account.scopes ?? [])])]
  if (scopes.length > 0) return scopes.join(separator)
  if (!demanded) return undefined
  throw new ChaveiroError(
    'misconfigured',
    "This token needs scopes. Name them in the account: { tenant, scopes: ['…'] }.",
  )
}

/** How granted scopes are read. */
export interface GrantedScopesOptions {
  /**
   * The scopes that the call requested. An answer that names no scopes has granted them all (RFC 6749 §5.1). @default
   * none
   */
  asked?: string | undefined
  /** Between two scopes, besides white space. @default none */
  separator?: string | undefined
}

/**
 * The scopes that an answer says were granted: a list, or a text with spaces. Anything else says nothing, as an empty text
 * does, which some servers send in place of none (RFC 6749 §3.3 has no such list).
 */
export function grantedScopes(
  value: unknown,
  { asked, separator = ' ' }: GrantedScopesOptions = {},
): string[] | undefined {
  if (typeof value === 'string') {
    const scopes = value
      .replaceAll(separator, ' ')
      .split(/\s+/)
      .filter((scope) => scope !== '')
    if (scopes.length > 0) return scopes
  }
  if (Array.isArray(value) && value.every((scope) => typeof scope === 'string')) return value
  return asked === undefined ? undefined : grantedScopes(asked, { separator })
}
