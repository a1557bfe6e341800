import { type AccountRef, accountKey } from '../account-ref.ts'
import { NO_NOTES, type OpenNotes } from '../notes.ts'
import type { DenialPlaces } from '../renewal.ts'
import type { Generation } from '../token/held.ts'

const MOST_ACCOUNTS = 100_000

/** In this process, by account and lineage, as notes begin again with a sign-in or sign-out. The oldest go first. */
export function unsealedDenials(): DenialPlaces {
  const places = new Map<string, OpenNotes>()
  const keyOf = (account: AccountRef, held: Generation | undefined): string =>
    `${held?.lineage ?? ''},${accountKey(account)}`
  return {
    of: (account, held) => places.get(keyOf(account, held)) ?? NO_NOTES,
    open(account, held) {
      const key = keyOf(account, held)
      const place = places.get(key) ?? {}
      places.delete(key)
      places.set(key, place)
      const [oldest] = places.keys()
      if (places.size > MOST_ACCOUNTS && oldest !== undefined) places.delete(oldest)
      return place
    },
  }
}
