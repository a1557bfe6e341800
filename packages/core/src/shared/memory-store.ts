import { ChaveiroError } from '../errors.ts'
import { randomId } from '../random-id.ts'
import type { StoredRecord, TokenStore } from './token-store.ts'

/** A store in memory, for several managers of one process and for tests. It ends with the process. */
export function memoryStore(): TokenStore {
  const records = new Map<string, StoredRecord>()
  return {
    // Nothing is written anywhere that could be read later.
    sealed: true,
    async read(key) {
      return records.get(key)
    },
    async commit(key, next, expect) {
      if ((records.get(key)?.version ?? null) !== expect) {
        throw new ChaveiroError('conflict', 'The record has been changed in the meantime.')
      }
      const version = randomId()
      if (next === null) records.delete(key)
      else records.set(key, { version, value: flat(next) })
      return version
    },
    async [Symbol.asyncDispose]() {
      records.clear()
    },
  }
}

/** The same text in one piece. JSON.stringify returns a tree of parts; reading a character joins them. */
function flat(text: string): string {
  text.charCodeAt(0)
  return text
}
