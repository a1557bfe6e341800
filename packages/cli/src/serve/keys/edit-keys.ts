import type { ServeTexts } from '../../messages/serve.en.ts'
import { EXIT } from '../../session/exit-code.ts'
import { Failure } from '../../session/failure.ts'
import { isNarrow, readAllowance } from './allowance.ts'
import { DOORS, type Door, isDoor, type KeyDocument, type KeyRecord } from './key-document.ts'
import { makeKey } from './key-text.ts'
import { readRate } from './rate.ts'

/** What a new key is to open. */
export interface KeyWish {
  readonly name: string
  readonly allow: readonly string[]
  /** @default the proxy door */
  readonly doors: readonly string[]
  readonly rate: string | undefined
  /** Epoch milliseconds. */
  readonly endsAt: number | undefined
}

/** How long a cut key is remembered, so that every server has read of it. */
const CUT_KEPT_MS = 86_400_000

/** Makes a key. `text` is the key itself, which is nowhere else. */
export function newKeyRecord(
  wish: KeyWish,
  now: number,
  texts: ServeTexts,
): { readonly record: KeyRecord; readonly text: string } {
  const doors = doorsOf(wish, texts)
  requireFittingRules(wish.allow, doors, texts)
  if (wish.rate !== undefined && readRate(wish.rate) === undefined) throw usage(texts.keys.badRate(wish.rate))
  const { id, text, digest } = makeKey()
  const record: KeyRecord = {
    id,
    name: wish.name,
    sha256: digest.toString('hex'),
    doors,
    allow: wish.allow,
    rate: wish.rate ?? null,
    createdAt: new Date(now).toISOString(),
    endsAt: wish.endsAt === undefined ? null : new Date(wish.endsAt).toISOString(),
  }
  return { record, text }
}

/** The document with one key more. Names are unique, because a person revokes by name. */
export function withKey(document: KeyDocument, record: KeyRecord, texts: ServeTexts): KeyDocument {
  if (document.keys.some(({ name }) => name === record.name)) throw usage(texts.keys.nameTaken(record.name))
  return { ...document, keys: [...document.keys, record] }
}

/** The key of that name or id. */
export function findKey({ keys }: KeyDocument, nameOrId: string, texts: ServeTexts): KeyRecord {
  const found = keys.find(({ name, id }) => name === nameOrId || id === nameOrId)
  if (found === undefined) throw usage(texts.keys.noSuchKey(nameOrId))
  return found
}

/** The document without a key. `isCut`: servers end its requests too. */
export function withoutKey(document: KeyDocument, { id }: KeyRecord, now: number, isCut: boolean): KeyDocument {
  const keys = document.keys.filter((one) => one.id !== id)
  const cut = document.cut.filter(({ at }) => now - Date.parse(at) < CUT_KEPT_MS)
  return { ...document, keys, cut: isCut ? [...cut, { id, at: new Date(now).toISOString() }] : cut }
}

function doorsOf({ doors }: KeyWish, texts: ServeTexts): readonly Door[] {
  if (doors.length === 0) return ['proxy']
  const unknown = doors.find((door) => !isDoor(door))
  if (unknown !== undefined) throw usage(texts.keys.unknownDoor(unknown, DOORS))
  return DOORS.filter((door) => doors.includes(door))
}

function requireFittingRules(allow: readonly string[], doors: readonly Door[], texts: ServeTexts): void {
  if (allow.length === 0 && doors.some((door) => door !== 'status')) throw usage(texts.keys.allowMissing)
  for (const text of allow) {
    const allowance = readAllowance(text)
    if (typeof allowance === 'string') throw usage(texts.keys.badAllow(text, texts.keys.allowFaults[allowance]))
    // A caller that holds the token can call any path.
    if (doors.includes('token') && isNarrow(allowance)) throw usage(texts.keys.narrowToken(text))
  }
}

function usage(message: string): Failure {
  return new Failure(EXIT.usage, 'usage', message)
}
