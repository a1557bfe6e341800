import { ChaveiroError } from '../errors.ts'
import type { Grant } from '../provider/token-provider.ts'

/** A grant as it is kept: validated, with the instant at which its life began. */
export interface TokenSet<M = unknown> extends Grant<M> {
  /** Epoch milliseconds on the local clock. */
  readonly obtainedAt: number
}

/** A committed statement of who may send the next token call. */
export interface Claim {
  /** Random per flight, so that a commit whose answer was lost recognises itself. */
  readonly owner: string
  /** The number that the answer will carry. */
  readonly generation: number
  /** Unchanged for this long on a waiter's own clock, it counts as abandoned. */
  readonly ttlMs: number
}

/** Something that the provider refused, so that nobody asks again at once. */
export interface Refusal {
  /** The generation at which it was refused. */
  readonly generation: number
  /** Epoch milliseconds of the last refusal. */
  readonly at: number
  /** How often it has been tried again since the first. */
  readonly probes: number
  /** A salted mark of the credentials, so that new ones are tried at once. */
  readonly mark?: string | undefined
}

/** What was refused: the refresh token, the credentials, or both. */
export interface Refusals {
  readonly refresh?: Refusal | undefined
  readonly credentials?: Refusal | undefined
}

/** What a store keeps for one account. Fields that this version does not know survive a commit. */
export interface TokenRecord<M = unknown> {
  readonly v: 1
  readonly lineage: string
  readonly generation: number
  readonly token?: TokenSet<M> | undefined
  readonly claim?: Claim | undefined
  readonly rejected?: Refusals | undefined
  /** Epoch milliseconds before which the provider wants no token call. */
  readonly notBefore?: number | undefined
}

export function encodeRecord(record: TokenRecord): string {
  return JSON.stringify(record)
}

/**
 * Reads what a store gave back. Throws a ChaveiroError of code `store` that says what is wrong; the stored text is
 * never quoted. Such a record stays as it is until somebody signs in again (`seed`) or out (`end`).
 */
export function decodeRecord<M>(text: string | undefined, provider: string): TokenRecord<M> {
  const refuse = (problem: string): never => {
    throw new ChaveiroError('store', `The stored record of ${provider} ${problem}. It was left as it is.`, { provider })
  }
  if (text === undefined) return refuse('is torn, or none of the keys given can open it')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('is not readable JSON')
  }
  if (!isObject(value)) return refuse('is not an object')
  const version = value['v']
  if (typeof version === 'number' && version > 1) {
    return refuse(`has format ${version}, written by a newer version of @chaveiro/core: update this process`)
  }
  return isRecord<M>(value) ? value : refuse('has missing or mistyped fields')
}

function isRecord<M>(value: Record<string, unknown>): value is Record<string, unknown> & TokenRecord<M> {
  const { v, lineage, generation, token, claim, rejected, notBefore } = value
  return (
    v === 1 &&
    typeof lineage === 'string' &&
    isCount(generation) &&
    optional(token, isTokenSet) &&
    optional(claim, isClaim) &&
    optional(rejected, isRefusals) &&
    optional(notBefore, isInstant)
  )
}

function isTokenSet(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['accessToken']) &&
    isInstant(value['obtainedAt']) &&
    optional(value['expiresAt'], isInstant) &&
    optional(value['refreshToken'], isText) &&
    optional(value['refreshExpiresAt'], isInstant) &&
    optional(value['scopes'], (scopes) => Array.isArray(scopes) && scopes.every(isText)) &&
    optional(value['id'], isText)
  )
}

function isClaim(value: unknown): boolean {
  return isObject(value) && isText(value['owner']) && isCount(value['generation']) && isInstant(value['ttlMs'])
}

function isRefusals(value: unknown): boolean {
  return isObject(value) && optional(value['refresh'], isRefusal) && optional(value['credentials'], isRefusal)
}

function isRefusal(value: unknown): boolean {
  return (
    isObject(value) &&
    isCount(value['generation']) &&
    isInstant(value['at']) &&
    isCount(value['probes']) &&
    optional(value['mark'], isText)
  )
}

function optional(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || check(value)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
