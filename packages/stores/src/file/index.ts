export type { ResealResult, RotatableStore } from '../sealer/rotatable-store.ts'
export type { SealContext, Sealer } from '../sealer/sealer.ts'
export { type FileStoreOptions, fileStore } from './file-store.ts'
export { keyFromFile } from './key-from-file.ts'
