import { ChaveiroError } from '../errors.ts'
import type { Grant } from '../provider/token-provider.ts'
import { isHeaderText } from './grant.ts'

/** A grant as it is kept: validated, with the instant at which its life began. */
export interface TokenSet<M = unknown> extends Grant<M> {
  /** Epoch milliseconds on the local clock. */
  readonly obtainedAt: number
  /** When the life of the refresh token began, where that was before `obtainedAt` and its end is known. */
  readonly refreshObtainedAt?: number | undefined
}

/** A committed statement of who may send the next token call. */
export interface Claim {
  /** Random per flight, so that a commit whose answer was lost recognises itself. */
  readonly owner: string
  /** The number that the answer will carry. */
  readonly generation: number
  /** Unchanged for this long on a waiter's own clock, it counts as abandoned. */
  readonly ttlMs: number
  /** The ends (epoch ms) asked for in calls whose answers may be lost: a token that was made then is found by its end. */
  readonly labels?: readonly number[] | undefined
}

/** A token of ours that nobody uses any more, and that is still to be revoked at the provider. */
export interface RetiredToken {
  /** The provider's handle. Absent: the answer with it was lost, and the token is looked for by its end. */
  readonly id?: string | undefined
  /** Epoch milliseconds at which it ends by itself. Of a lost one exactly the end that was asked for. */
  readonly expiresAt?: number | undefined
  /** Epoch milliseconds from which it may be revoked. */
  readonly from: number
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
  readonly retiring?: readonly RetiredToken[] | undefined
}

export function encodeRecord(record: TokenRecord): string {
  return JSON.stringify(record)
}

/**
 * Reads what a store gave back. Throws a ChaveiroError of code `store` that says what is wrong; the stored text is
 * never quoted. Such a record stays as it is until somebody signs in again (`seed`) or out (`end`).
 */
export function decodeRecord<M>(text: string | undefined, provider: string): TokenRecord<M> {
  if (text === undefined) throw unreadable(provider, 'is torn, or none of the keys given can open it')
  const value = parsed(text)
  if (value === undefined) throw unreadable(provider, 'is not readable JSON')
  if (!isObject(value)) throw unreadable(provider, 'is not an object')
  refuseNewer(value, provider)
  if (!isRecord<M>(value)) throw unreadable(provider, 'has missing or mistyped fields')
  return value
}

/** Signing in or out replaces what cannot be read, but never what a newer version of this package wrote. */
export function requireReplaceable(text: string | undefined, provider: string): void {
  const value = text === undefined ? undefined : parsed(text)
  if (isObject(value)) refuseNewer(value, provider)
}

function refuseNewer({ v }: Record<string, unknown>, provider: string): void {
  if (typeof v !== 'number' || v <= 1) return
  throw unreadable(provider, `has format ${v}, written by a newer version of @chaveiro/core: update this process`)
}

function unreadable(provider: string, problem: string): ChaveiroError {
  const message = `The stored record of ${provider} ${problem}. It was left as it is.`
  return new ChaveiroError('store', message, { provider })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord<M>(value: Record<string, unknown>): value is Record<string, unknown> & TokenRecord<M> {
  const { v, lineage, generation, token, claim, rejected, notBefore, retiring } = value
  return (
    v === 1 &&
    typeof lineage === 'string' &&
    isCount(generation) &&
    optional(token, isTokenSet) &&
    optional(claim, isClaim) &&
    optional(rejected, isRefusals) &&
    optional(notBefore, isInstant) &&
    optional(retiring, (retired) => Array.isArray(retired) && retired.every(isRetired))
  )
}

function isTokenSet(value: unknown): boolean {
  return (
    isObject(value) &&
    isHeaderText(value['accessToken']) &&
    isInstant(value['obtainedAt']) &&
    optional(value['expiresAt'], isInstant) &&
    optional(value['refreshToken'], isHeaderText) &&
    optional(value['refreshExpiresAt'], isInstant) &&
    optional(value['refreshObtainedAt'], isInstant) &&
    optional(value['scopes'], (scopes) => Array.isArray(scopes) && scopes.every(isText)) &&
    optional(value['id'], isText) &&
    optional(value['supplied'], (supplied) => supplied === true)
  )
}

function isClaim(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value['owner']) &&
    isCount(value['generation']) &&
    isInstant(value['ttlMs']) &&
    optional(value['labels'], (labels) => Array.isArray(labels) && labels.every(isInstant))
  )
}

function isRetired(value: unknown): boolean {
  return (
    isObject(value) &&
    isInstant(value['from']) &&
    optional(value['id'], isText) &&
    optional(value['expiresAt'], isInstant)
  )
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

// ECMA-262 §21.4.1.1: what lies beyond is no instant, and would count as an end that never comes.
const LAST_INSTANT = 8.64e15

function isInstant(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= LAST_INSTANT
}
