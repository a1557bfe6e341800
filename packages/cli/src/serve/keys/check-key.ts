import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Key } from './key-document.ts'
import { digestOf, idIn } from './key-text.ts'

/** Why a call has no key that counts. */
export type KeyRefusal = 'missing' | 'malformed' | 'unknown' | 'wrong' | 'ended'

/** What is compared with whatever can't be a key of ours, so that an unknown id takes the same steps as a known one. */
const DUMMY = randomBytes(32)
const BEARER = /^Bearer +(\S+)$/i

/**
 * The key that a call presents as `Authorization: Bearer …`, exactly once, or why it doesn't count. Whatever is presented is
 * hashed and compared once.
 */
export function checkKey(
  authorization: readonly string[] | undefined,
  keys: ReadonlyMap<string, Key>,
  now: number,
  isEqual: (one: Buffer, other: Buffer) => boolean = timingSafeEqual,
): Key | KeyRefusal {
  const [header] = authorization ?? []
  if (header === undefined) return 'missing'
  const text = BEARER.exec(header)?.[1] ?? ''
  const id = idIn(text)
  const key = id === undefined ? undefined : keys.get(id)
  const isRight = isEqual(digestOf(text), key?.digest ?? DUMMY)
  if (id === undefined || authorization?.length !== 1) return 'malformed'
  if (key === undefined) return 'unknown'
  if (!isRight) return 'wrong'
  return key.endsAt !== undefined && now >= key.endsAt ? 'ended' : key
}
