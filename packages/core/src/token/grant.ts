import { isObject } from '../brands.ts'
import { ChaveiroError } from '../errors.ts'
import { isInstant } from '../notes.ts'
import { type KeptSecrets, named } from './kept-secrets.ts'

/**
 * What a provider returns and what `seed()` takes: plain strings, at the edge only.
 * Times are epoch milliseconds on the local clock.
 */
export interface Grant<M = unknown> {
  /** The string that is sent to the API. Secret. */
  accessToken: string
  /** Absent: the end is unknown, and the token is used until it is refused. */
  expiresAt?: number | undefined
  /** Gets the next access token. Secret. Absent: the provider gave none. */
  refreshToken?: string | undefined
  /** When the refresh token ends. Absent: unknown, or no refresh token. */
  refreshExpiresAt?: number | undefined
  /** What the token may do, where the provider says so. */
  scopes?: readonly string[] | undefined
  /** The provider's handle for the token, where it has one. */
  id?: string | undefined
  /** Made elsewhere and brought here, as with `seed()`. A rotation never revokes it. */
  supplied?: true | undefined
  /** Not secret: what the provider wants to remember with the token. */
  meta?: M | undefined
  /** Further secrets that came with the token, by name: kept as the token is. A refresh that leaves one out keeps it. */
  secrets?: KeptSecrets<M> | undefined
}

/** A token as the provider lists it. */
export interface IssuedToken {
  /** What the provider calls it; good for `revoke`. */
  id: string
  /** When it ends, in epoch milliseconds as the provider states it. Absent: not stated. */
  expiresAt?: number | undefined
  /** Is it the one in use? Absent in what a provider's `list` returns: only who holds the token knows. */
  current?: boolean | undefined
}

/** What a provider read from an answer, before anything is believed. */
export interface GrantFields<M = unknown> {
  /** A non-empty string of visible ASCII, or the answer is refused. */
  accessToken: unknown
  /** What the answer calls its type: refused unless it is Bearer, in any case, or omitted (RFC 6749 §7.1). */
  tokenType?: unknown
  /** Names that the provider has for bearer tokens besides. @default none */
  bearerNames?: readonly string[] | undefined
  /** Epoch milliseconds on the local clock: see `expiry`. Absent: unknown. */
  expiresAt?: number | undefined
  /** `null` and `''` count as omitted. */
  refreshToken?: unknown
  /** The same for the refresh token: see `optionalExpiry`. */
  refreshExpiresAt?: number | undefined
  /** The provider’s handle: text or a number. `null` and `''` count as omitted. */
  id?: unknown
  /** What the token may do. */
  scopes?: readonly string[] | undefined
  /** Made elsewhere, and brought here by the caller. */
  supplied?: true | undefined
  /** What the provider wants to remember. Not secret: a token in it is refused. */
  meta?: M | undefined
  /** Further secrets, by name: each a text as a token is. `null` and `''` count as omitted. */
  secrets?: Readonly<Record<string, unknown>> | undefined
  /** Names among `secrets` without which the token is of no use: an answer that omits one is refused. @default none */
  requiredSecrets?: readonly string[] | undefined
}

// RFC 6750 §2.1 is narrower (b64token), vendors are not; what a header field can carry without change is VCHAR.
const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/**
 * Checks an answer's token set at run time, where types cannot. Throws a ChaveiroError with code `malformed-response`
 * that names the field and never quotes it. If the refresh token is readable anyway, `rescueIn` finds it in
 * that error: an answer that spent the old one has brought the only one left.
 */
export function checkGrant<M = unknown>(fields: GrantFields<M>): Grant<M> {
  try {
    return checked(fields)
  } catch (error) {
    if (isObject(error)) {
      const rescue = rescueIn(fields)
      if (rescue) rescues.set(error, rescue)
    }
    throw error
  }
}

// Beside the error, not on it: it may be logged whole.
const rescues = new WeakMap<object, RefreshTokenOfGrant>()

/** The refresh token of a grant, and its end. */
export type RefreshTokenOfGrant = Pick<Grant, 'refreshToken' | 'refreshExpiresAt'>

/** The readable refresh token in an answer that can't be used otherwise, or behind the error that it caused. */
export function rescueIn(from: unknown): RefreshTokenOfGrant | undefined {
  if (!isObject(from)) return undefined
  const known = rescues.get(from)
  if (known) return known
  const { refreshToken, refreshExpiresAt }: { refreshToken?: unknown; refreshExpiresAt?: unknown } = from
  if (!isHeaderText(refreshToken)) return undefined
  return { refreshToken, ...(isInstant(refreshExpiresAt) && { refreshExpiresAt }) }
}

function checked<M>(fields: GrantFields<M>): Grant<M> {
  const { meta, supplied } = fields
  const accessToken = visibleText(fields.accessToken, 'access token')
  if (!isBearer(fields)) throw malformed('a token of a type other than Bearer')
  const refreshToken = omitted(fields.refreshToken) ? undefined : visibleText(fields.refreshToken, 'refresh token')
  const expiresAt = instant(fields.expiresAt)
  const refreshExpiresAt = instant(fields.refreshExpiresAt)
  const scopes = scopeList(fields.scopes)
  const id = handle(fields.id)
  const secrets = checkedSecrets<M>(fields)
  if (secretsIn({ accessToken, refreshToken, secrets }).some((token) => shows([id, scopes, meta], token))) {
    throw new ChaveiroError('misconfigured', 'The provider answered with a token in `id`, `scopes` or `meta`.')
  }
  return {
    accessToken,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(refreshToken === undefined || refreshExpiresAt === undefined ? {} : { refreshExpiresAt }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(id === undefined ? {} : { id }),
    ...(supplied ? { supplied } : {}),
    ...(meta === undefined ? {} : { meta }),
    ...(secrets === undefined ? {} : { secrets }),
  }
}

/** RFC 6749 §5.1 requires a type, whatever its case. Some servers leave it out. */
function isBearer({ tokenType, bearerNames = [] }: GrantFields): boolean {
  if (omitted(tokenType)) return true
  const names = ['Bearer', ...bearerNames].map((name) => name.toLowerCase())
  return typeof tokenType === 'string' && names.includes(tokenType.toLowerCase())
}

/** The texts of a grant that must not be shown. */
export function secretsIn({
  accessToken,
  refreshToken,
  secrets = {},
}: Partial<Pick<Grant, 'accessToken' | 'refreshToken' | 'secrets'>>): readonly string[] {
  return [accessToken, refreshToken, ...Object.values(secrets)].filter((text) => text !== undefined)
}

function checkedSecrets<M>({ secrets: given = {}, requiredSecrets = [] }: GrantFields): KeptSecrets<M> | undefined {
  if (!isObject(given)) throw malformed('secrets that are not an object')
  const missing = requiredSecrets.find((name) => omitted(given[name]))
  if (missing !== undefined) throw malformed(`no ${missing} with the token`)
  const entries = Object.entries(given).filter(([, value]) => !omitted(value))
  if (entries.length === 0) return undefined
  return named<KeptSecrets<M>>(Object.fromEntries(entries.map(([name, value]) => [name, visibleText(value, name)])))
}

/** A token as short as `t1` is part of many words: it counts as a whole only. */
function shows(open: unknown, token: string): boolean {
  if (typeof open === 'string') return token.length < 8 ? open === token : open.includes(token)
  if (typeof open === 'number') return String(open) === token
  if (!isObject(open)) return false
  if (Array.isArray(open)) return open.some((item) => shows(item, token))
  return Object.entries(open).some(([name, value]) => shows(name, token) || shows(value, token))
}

function instant(value: number | undefined): number | undefined {
  if (value === undefined) return undefined
  if (!isInstant(value)) throw malformed('an expiry that is not a valid date')
  return Math.floor(value)
}

/** Without empty names, which splitting an empty scope string gives. */
function scopeList(value: readonly string[] | undefined): string[] | undefined {
  if (value === undefined) return undefined
  if (!Array.isArray(value) || !value.every((scope) => typeof scope === 'string')) {
    throw malformed('scopes that are not strings')
  }
  return value.filter((scope) => scope !== '')
}

function handle(value: unknown): string | undefined {
  if (omitted(value)) return undefined
  if (!isHandle(value)) throw malformed('an id that is neither text nor a safe integer')
  return String(value)
}

/** Can a header carry it? The platform's error quotes a text that can't be sent. */
export function isHeaderText(value: unknown): value is string {
  return typeof value === 'string' && VISIBLE_ASCII.test(value)
}

/** A text, or a number that JSON and JavaScript agree on: beyond 2^53 two handles would look alike. */
export function isHandle(value: unknown): value is string | number {
  return typeof value === 'string' ? value !== '' : Number.isSafeInteger(value)
}

function omitted(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function visibleText(value: unknown, name: string): string {
  if (isHeaderText(value)) return value
  throw malformed(omitted(value) ? `no ${name}` : `something other than visible ASCII text as ${name}`)
}

/**
 * The error for an answer that can't be used. `what` completes "The provider answered with …". Never quote the answer
 * in it.
 */
export function malformed(what: string): ChaveiroError {
  return new ChaveiroError('malformed-response', `The provider answered with ${what}.`)
}
