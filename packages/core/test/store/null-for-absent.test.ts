import { memoryStore, type TokenStore } from '@chaveiro/core/shared'
import { lateAnswerScenarios } from '../scenarios/late-answer-scenarios.ts'
import { processScenarios } from '../scenarios/process-scenarios.ts'
import { type WatchedStore, watchedStore } from '../support/watched-store.ts'

/** As some drivers answer for a record that is not there. */
function nullStore(): TokenStore {
  const store = memoryStore()
  return { ...store, read: async (key, options) => (await store.read(key, options)) ?? null }
}

// Claims, sign-outs and lost data over a store that answers null.
const newStore = (): WatchedStore => watchedStore(nullStore())
processScenarios(newStore)
lateAnswerScenarios(newStore)
