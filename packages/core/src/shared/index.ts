export { memoryStore } from './memory-store.ts'
export { type SharedStore, shared } from './shared-store.ts'
export type { StoredRecord, TokenStore } from './token-store.ts'
