export { memoryStore } from './memory-store.ts'
export { type SharedStore, shared } from './shared-keeper.ts'
export type { StoredRecord, TokenStore } from './token-store.ts'
