import { isObject } from './brands.ts'
import { checkOptions } from './check-options.ts'
import { digestOf } from './random-id.ts'

/** Identifies an account. A string given in its place means `{ tenant }`. */
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

/**
 * The tenant, if a reference names nothing else. Most do, and such an account is looked up by its tenant alone, because
 * making a copy and a key for each use would cost more than the use itself.
 */
export function soleTenant(given: AccountRef | string): string | undefined {
  if (typeof given === 'string') return given
  if (!isObject(given)) return undefined
  for (const name in given) if (name !== 'tenant') return undefined
  return typeof given.tenant === 'string' ? given.tenant : undefined
}

function isScopeList(scopes: unknown): boolean {
  return Array.isArray(scopes) && scopes.length <= MOST_SCOPES
}

/**
 * An account as a text: its identity within one manager. Every field carries its length, so that no two accounts share
 * an encoding, whatever characters they hold.
 */
export function accountKey({ tenant, account, audience, scopes }: AccountRef): string {
  return lengthCoded([tenant, account, audience, scopes && String(scopes.length), ...(scopes ?? [])])
}

/** Fields as one text that no other fields give. */
function lengthCoded(fields: readonly (string | undefined)[]): string {
  return fields.map((field) => (field === undefined ? '-' : `${field.length}:${field}`)).join(',')
}

/** An account as a sentence names it. Quoted, so that it ends where it ends. */
export function accountName({ tenant, account }: AccountRef): string {
  return JSON.stringify(account === undefined ? tenant : `${tenant}/${account}`)
}

/** What besides the account makes a token another token. */
export interface KeySpace {
  readonly provider: string
  readonly server: URL
  /** Where the API is, where that is elsewhere: one token endpoint may serve two of them. */
  readonly apiServer?: URL | undefined
  readonly namespace: string
}

/**
 * The canonical identity of an account's token. Every field carries its length, so that no two different identities
 * share an encoding, whatever characters they hold. No secret enters it.
 */
export function tokenKey({ provider, server, apiServer, namespace }: KeySpace, account: AccountRef): string {
  return `${lengthCoded([provider, server.href, namespace, ...(apiServer ? [apiServer.href] : [])])},${accountKey(account)}`
}

/**
 * The key under which a store keeps the token: SHA-256 of the identity in hexadecimal, so that stores don't see account
 * names.
 */
export async function storeKey(key: string): Promise<string> {
  return digestOf(key)
}
