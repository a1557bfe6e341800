import { checkOptions } from '../check-options.ts'

/** Who an account is. A string given in its place means `{ tenant }`. */
export interface AccountRef {
  /** Whose account: a seller, a customer, a key. */
  readonly tenant: string
  /** One of several accounts of that tenant. */
  readonly account?: string | undefined
  /** OAuth scopes; their order and repetition do not matter. */
  readonly scopes?: readonly string[] | undefined
  /** OAuth audience or resource (RFC 8707). */
  readonly audience?: string | undefined
}

/** What besides the account makes a token another token. */
export interface KeySpace {
  readonly provider: string
  readonly server: URL
  readonly namespace: string
}

const LONGEST_FIELD = 1024
const MOST_SCOPES = 256

/** A copy with sorted, distinct scopes. Throws a TypeError for anything that cannot name an account. */
export function accountRef(given: AccountRef | string): AccountRef {
  const ref = typeof given === 'string' ? { tenant: given } : given
  // A field that is misspelt would name another account.
  checkOptions(ref, ['tenant', 'account', 'scopes', 'audience'])
  const { tenant, account, scopes, audience } = ref
  if (scopes !== undefined && !isScopeList(scopes)) {
    throw new TypeError(`An account's scopes are an array of at most ${MOST_SCOPES}.`)
  }
  for (const field of [tenant, account, audience, ...(scopes ?? [])]) {
    if (field === undefined) continue
    if (typeof field !== 'string' || field.length > LONGEST_FIELD) {
      throw new TypeError(`An account's fields are strings of at most ${LONGEST_FIELD} characters.`)
    }
  }
  if (typeof tenant !== 'string' || tenant === '') throw new TypeError('An account needs a tenant: a non-empty string.')
  // Frozen, because everybody who asks gets this one.
  return Object.freeze({
    tenant,
    ...(account === undefined ? {} : { account }),
    ...(scopes === undefined ? {} : { scopes: Object.freeze([...new Set(scopes)].sort()) }),
    ...(audience === undefined ? {} : { audience }),
  })
}

function isScopeList(scopes: unknown): boolean {
  return Array.isArray(scopes) && scopes.length <= MOST_SCOPES
}

/**
 * The canonical identity of an account's token. Every field carries its length, so that no two different identities
 * share an encoding, whatever characters they hold. No secret enters it.
 */
export function tokenKey({ provider, server, namespace }: KeySpace, account: AccountRef): string {
  return `${encoded([provider, server.href, namespace])},${accountKey(account)}`
}

/** The same within one key space, which a manager need not repeat for each of its accounts. */
export function accountKey({ tenant, account, audience, scopes }: AccountRef): string {
  return encoded([tenant, account, audience, scopes && String(scopes.length), ...(scopes ?? [])])
}

function encoded(fields: readonly (string | undefined)[]): string {
  return fields.map((field) => (field === undefined ? '-' : `${field.length}:${field}`)).join(',')
}

/** The key under which a store keeps it: SHA-256 of the identity in hexadecimal, so that no store sees who it is. */
export async function storeKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))
  return toHex(new Uint8Array(digest))
}

/** A fresh random identity: a lineage, an owner, a version. */
export function randomId(): string {
  // 96 bits in base64url (RFC 4648 §5): half the length of hexadecimal, and a manager keeps several for each account.
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(12))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
}

export function toHex(bytes: Uint8Array): string {
  // Joined, not concatenated: a string that grew by += stays a tree of its parts, many times the size of its text.
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
