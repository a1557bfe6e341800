import { type Allowance, isNarrow, readAllowance } from './allowance.ts'
import { type Rate, readRate } from './rate.ts'

/** What a key opens. */
export type Door = 'proxy' | 'token' | 'status'

export const DOORS: readonly Door[] = ['proxy', 'token', 'status']

/** A key as it is kept: everything but the key itself. */
export interface KeyRecord {
  readonly id: string
  readonly name: string
  /** Of the whole text, in hex. */
  readonly sha256: string
  readonly doors: readonly Door[]
  /** As written. */
  readonly allow: readonly string[]
  /** As written; `null`: no limit. */
  readonly rate: string | null
  /** ISO 8601. */
  readonly createdAt: string
  /** ISO 8601; `null`: it doesn't end. */
  readonly endsAt: string | null
}

/** A key that was revoked together with the requests that run. */
interface CutKey {
  readonly id: string
  /** ISO 8601. */
  readonly at: string
}

/** All keys of a server. */
export interface KeyDocument {
  readonly v: 1
  readonly keys: readonly KeyRecord[]
  readonly cut: readonly CutKey[]
}

/** A key as the server checks it. */
export interface Key {
  readonly id: string
  readonly name: string
  readonly digest: Buffer
  readonly doors: ReadonlySet<Door>
  readonly allowances: readonly Allowance[]
  readonly rate: Rate | undefined
  /** Epoch milliseconds. */
  readonly endsAt: number | undefined
}

export const NO_KEYS: KeyDocument = { v: 1, keys: [], cut: [] }

/** Reads the text of a document; `undefined`: it is damaged. */
export function readKeyDocument(text: string): KeyDocument | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isKeyDocument(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The keys of a document by id; `undefined`: one of them can't be understood. */
export function keysOf({ keys }: KeyDocument): ReadonlyMap<string, Key> | undefined {
  const all = new Map<string, Key>()
  for (const record of keys) {
    const key = keyOf(record)
    if (key === undefined || all.has(key.id)) return undefined
    all.set(key.id, key)
  }
  return all
}

function keyOf(record: KeyRecord): Key | undefined {
  const { id, name, sha256, doors, allow } = record
  const allowances = allow.map(readAllowance)
  if (!allowances.every((one) => typeof one === 'object')) return undefined
  // A caller that holds the token can call any path.
  if (doors.includes('token') && allowances.some(isNarrow)) return undefined
  const rate = record.rate === null ? undefined : readRate(record.rate)
  const endsAt = record.endsAt === null ? undefined : Date.parse(record.endsAt)
  if ((record.rate !== null && rate === undefined) || Number.isNaN(endsAt)) return undefined
  return { id, name, digest: Buffer.from(sha256, 'hex'), doors: new Set(doors), allowances, rate, endsAt }
}

function isKeyDocument(value: unknown): value is KeyDocument {
  return (
    isRecord(value) &&
    value['v'] === 1 &&
    Array.isArray(value['keys']) &&
    value['keys'].every(isKeyRecord) &&
    Array.isArray(value['cut']) &&
    value['cut'].every((one: unknown) => isRecord(one) && isText(one['id']) && isText(one['at']))
  )
}

function isKeyRecord(value: unknown): value is KeyRecord {
  if (!isRecord(value)) return false
  const { id, name, sha256, doors, allow, rate, createdAt, endsAt } = value
  return (
    isText(id) &&
    isText(name) &&
    isText(sha256) &&
    /^[0-9a-f]{64}$/.test(sha256) &&
    Array.isArray(doors) &&
    doors.every(isDoor) &&
    Array.isArray(allow) &&
    allow.every(isText) &&
    (rate === null || isText(rate)) &&
    isText(createdAt) &&
    (endsAt === null || isText(endsAt))
  )
}

/** Is it the name of a door? */
export function isDoor(value: unknown): value is Door {
  return value === 'proxy' || value === 'token' || value === 'status'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}
