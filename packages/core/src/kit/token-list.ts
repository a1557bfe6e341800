import { isObject } from '../brands.ts'
import type { ProviderIo } from '../provider/provider-io.ts'
import type { Reading } from '../token/expiry.ts'
import { type IssuedToken, isHandle, malformed } from '../token/grant.ts'

/** What a provider read from one item of a list, before anything is believed. */
export interface ListedToken {
  /** Text or a number. */
  id: unknown
  /** Epoch milliseconds, as stated: see `statedEnd`. */
  expiresAt?: number | undefined
}

/**
 * The issued tokens in an answer's list. An item without an id cannot be told from others nor revoked, and is an error
 * rather than left out: a search for a lost token has to see all.
 * @throws {ChaveiroError} `malformed-response` if there is no list, or an item has no id.
 */
export function readTokenList<Item>(
  items: readonly Item[] | undefined,
  read: (item: Item) => ListedToken,
): readonly IssuedToken[] {
  if (!Array.isArray(items)) throw malformed('no list of tokens')
  return items.map((item) => {
    if (!isObject(item)) throw malformed('a listed token that is not a JSON object')
    const { id, expiresAt } = read(item)
    if (!isHandle(id)) throw malformed('a listed token without an id')
    return { id: String(id), ...(expiresAt === undefined ? {} : { expiresAt }) }
  })
}

/**
 * The end of a listed token as the provider states it, in epoch milliseconds; `undefined` when it cannot be read. Unlike
 * `expiry()` it is not moved onto the local clock, because requested expiries are compared with it.
 */
export function statedEnd(io: ProviderIo, reading: Reading): number | undefined {
  switch (reading.kind) {
    case 'server':
      return reading.at
    case 'lasting':
      return io.now + reading.ms
    default:
      return undefined
  }
}
