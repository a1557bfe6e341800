import { memoryStore, shared } from '@chaveiro/core/shared'
import type { OpenStore } from './drivers.ts'

/** Tokens that this process alone keeps, and that end with it. */
export function memoryTokens(): OpenStore {
  const store = shared(memoryStore())
  return {
    store,
    outlivesProcess: false,
    prepare: async () => {},
    close: async () => store[Symbol.asyncDispose](),
  }
}
