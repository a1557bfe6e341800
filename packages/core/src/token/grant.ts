import { ChaveiroError } from '../errors.ts'
import type { Grant } from '../provider/token-provider.ts'

/** What a provider read from an answer, before anything is believed. */
export interface GrantFields<M = unknown> {
  accessToken: unknown
  expiresAt?: number | undefined
  /** `null` and `''` count as omitted. */
  refreshToken?: unknown
  refreshExpiresAt?: number | undefined
  id?: unknown
  scopes?: readonly string[] | undefined
  meta?: M | undefined
}

// RFC 6750 §2.1 is narrower (b64token), vendors are not; what a header field can carry without change is VCHAR.
const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/**
 * Checks an answer's token set at run time, where types cannot. Throws a ChaveiroError of code `malformed-response`
 * that names the field and never quotes it.
 */
export function grant<M = unknown>(fields: GrantFields<M>): Grant<M> {
  const { expiresAt, refreshExpiresAt, scopes, meta } = fields
  const accessToken = visibleText(fields.accessToken, 'access token')
  const refreshToken = omitted(fields.refreshToken) ? undefined : visibleText(fields.refreshToken, 'refresh token')
  const id = omitted(fields.id) ? undefined : String(fields.id)
  if (expiresAt !== undefined && !Number.isFinite(expiresAt)) throw malformed('an expiry that is not an instant')
  if (meta !== undefined && JSON.stringify(meta).includes(accessToken)) {
    throw new ChaveiroError('misconfigured', 'The provider put the access token into `meta`, which is not secret.')
  }
  return {
    accessToken,
    ...(expiresAt === undefined ? {} : { expiresAt: Math.floor(expiresAt) }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(refreshToken === undefined || refreshExpiresAt === undefined ? {} : { refreshExpiresAt }),
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
    ...(id === undefined ? {} : { id }),
    ...(meta === undefined ? {} : { meta }),
  }
}

function omitted(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function visibleText(value: unknown, name: string): string {
  if (omitted(value)) throw malformed(`no ${name}`)
  if (typeof value !== 'string') throw malformed(`a ${name} that is not a string`)
  if (!VISIBLE_ASCII.test(value)) throw malformed(`a ${name} with characters that no header can carry`)
  return value
}

export function malformed(what: string): ChaveiroError {
  return new ChaveiroError('malformed-response', `The provider answered with ${what}.`)
}
