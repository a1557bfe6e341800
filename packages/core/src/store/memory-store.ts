import { ChaveiroError } from '../errors.ts'
import { randomId } from '../token/token-key.ts'
import type { StoredRecord, TokenStore } from './token-store.ts'

/** Keeps tokens in this process. One per manager, never module-global; nothing outlives it. */
export function memoryStore(): TokenStore {
  const records = new Map<string, StoredRecord>()
  return {
    durable: false,
    // Nothing is written anywhere that could be read later.
    sealed: true,
    async read(key) {
      return records.get(key)
    },
    async commit(key, next, expect) {
      if ((records.get(key)?.version ?? null) !== expect) {
        throw new ChaveiroError('conflict', 'The record was changed by somebody else in the meantime.')
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

/** The same text in one piece. What JSON.stringify returns is a tree of its parts, which reading a character joins. */
function flat(text: string): string {
  text.charCodeAt(0)
  return text
}
