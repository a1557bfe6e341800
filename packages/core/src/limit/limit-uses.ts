import { isFields, type Note, note } from '../notes.ts'
import type { UseLimit } from '../provider/limits.ts'
import type { Kept } from '../renewal.ts'

/** How often a refresh token was sent. */
interface Sends {
  /** Which refresh token. Another process may have counted the previous one, so it has to be told apart. */
  readonly of: number
  readonly count: number
}
const sends: Note<Sends> = note('sends', isSends)

/**
 * For providers that document how often a refresh token may be sent. Say `refreshKind: 'reusable'` beside it. Uses are
 * counted in the record before each call, and another refresh token starts again. While a use is left, a lost answer spends
 * a use and not the token; the last one is kept until nothing else is left, and is told as `refresh.resent`.
 * @throws {TypeError} for less than 2 times.
 */
export function limitUses(times: number): UseLimit {
  if (!Number.isSafeInteger(times) || times < 2) throw new TypeError('A refresh token has at least 2 uses.')
  const countOf = (kept: Pick<Kept<unknown>, 'held'>, known: Sends | undefined): number =>
    known?.of === numberOf(kept) ? known.count : 0
  return {
    times,
    left: (kept, notes) => times - countOf(kept, sends.of(notes)),
    count(kept, notes, by) {
      const count = countOf(kept, sends.of(notes)) + by
      sends.put(notes, count > 0 ? { of: numberOf(kept), count } : undefined)
    },
  }
}

/** 32 bits: enough to tell two tokens apart, and nothing with the token itself, which is in the same record. */
function numberOf({ held }: Pick<Kept<unknown>, 'held'>): number {
  const text = held?.token.refreshToken ?? ''
  let hash = 0
  for (let at = 0; at < text.length; at += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0
  return hash
}

function isSends(value: unknown): value is Sends {
  return isFields(value) && Number.isSafeInteger(value['of']) && Number.isSafeInteger(value['count'])
}
