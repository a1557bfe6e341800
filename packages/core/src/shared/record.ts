import { ChaveiroError } from '../errors.ts'
import { isFields, isInstant, type Notes } from '../notes.ts'
import { isHeaderText } from '../token/grant.ts'
import type { TokenSet } from '../token/held.ts'

/** Says which process may send the next token call. */
export interface Claim {
  /** Random per turn, so that a commit whose answer was lost recognises itself. */
  readonly owner: string
  /** The number that the answer will carry. */
  readonly generation: number
  /** A claim that a waiting process has seen unchanged for this long counts as abandoned. */
  readonly ttlMs: number
}

/** What a store keeps for one account. A commit keeps fields that this version does not know. */
export interface TokenRecord<M = unknown> {
  readonly v: 1
  readonly lineage: string
  readonly generation: number
  readonly token?: TokenSet<M> | undefined
  readonly claim?: Claim | undefined
  /** What policies remember. */
  readonly notes?: Notes | undefined
  /** The account was signed out. An absent record means that the store lost it. */
  readonly ended?: true | undefined
  /**
   * The refresh token may have been spent in a call whose answer was lost; `surely`: its answer could not be stored.
   */
  readonly mayBeSpent?: 'maybe' | 'surely' | undefined
}

/**
 * A record that this version can't read. It stays as it is until the account is signed in again (`seed`) or out
 * (`end`).
 */
export class UnreadableRecord extends ChaveiroError {
  constructor(provider: string, problem: string) {
    super('store', `The stored record of ${provider} ${problem}. It was left as it is.`, { provider })
  }
}

/**
 * Reads what a store gave back. @throws {UnreadableRecord} that says what is wrong and never quotes the stored text.
 */
export function decodeRecord<M>(text: string | undefined, provider: string): TokenRecord<M> {
  if (text === undefined) throw new UnreadableRecord(provider, 'is torn, or none of the keys given can open it')
  const value = parsed(text)
  if (value === undefined) throw new UnreadableRecord(provider, 'is not readable JSON')
  if (!isFields(value)) throw new UnreadableRecord(provider, 'is not an object')
  requireKnownFormat(value, provider)
  if (!isRecord<M>(value)) throw new UnreadableRecord(provider, 'has missing or mistyped fields')
  return value
}

/** Signing in or out replaces what cannot be read, but never what a newer version of this package wrote. */
export function requireReplaceable(text: string | undefined, provider: string): void {
  const value = text === undefined ? undefined : parsed(text)
  if (isFields(value)) requireKnownFormat(value, provider)
}

function requireKnownFormat({ v }: Record<string, unknown>, provider: string): void {
  if (typeof v !== 'number' || v <= 1) return
  throw new UnreadableRecord(
    provider,
    `has format ${v}, written by a newer version of @chaveiro/core: update this process`,
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord<M>(value: Record<string, unknown>): value is Record<string, unknown> & TokenRecord<M> {
  const { v, lineage, generation, token, claim, notes, ended, mayBeSpent } = value
  return (
    v === 1 &&
    typeof lineage === 'string' &&
    isCount(generation) &&
    optional(token, isTokenSet) &&
    optional(claim, isClaim) &&
    optional(notes, isFields) &&
    optional(ended, isTrue) &&
    optional(mayBeSpent, (doubt) => doubt === 'maybe' || doubt === 'surely')
  )
}

function isTokenSet(value: unknown): boolean {
  return (
    isFields(value) &&
    isHeaderText(value['accessToken']) &&
    isInstant(value['obtainedAt']) &&
    optional(value['expiresAt'], isInstant) &&
    optional(value['refreshToken'], isHeaderText) &&
    optional(value['refreshExpiresAt'], isInstant) &&
    optional(value['refreshObtainedAt'], isInstant) &&
    optional(value['scopes'], (scopes) => Array.isArray(scopes) && scopes.every(isText)) &&
    optional(value['id'], isText) &&
    optional(value['supplied'], isTrue) &&
    optional(value['secrets'], (secrets) => isFields(secrets) && Object.values(secrets).every(isHeaderText))
  )
}

function isClaim(value: unknown): boolean {
  return isFields(value) && isText(value['owner']) && isCount(value['generation']) && isInstant(value['ttlMs'])
}

function optional(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || check(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isTrue(value: unknown): boolean {
  return value === true
}
