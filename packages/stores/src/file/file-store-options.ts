import type { Sealer } from '../sealer/sealer.ts'

/** Options of `fileStore`. */
export interface FileStoreOptions {
  /** A folder of its own, on a local disk. Created, readable by this user only, when the first record is written. */
  directory: string
  /** Hides and authenticates the records. Without one, the manager wants `[storeUnsealed]: true`. */
  sealer?: Sealer | undefined
  /** Age in milliseconds at which files left by an interrupted commit are removed. @default 3_600_000 */
  leftoverAgeMs?: number | undefined
}
