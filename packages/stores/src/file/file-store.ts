import type { RotatableStore } from '../sealer/rotatable-store.ts'
import type { Sealer } from '../sealer/sealer.ts'
import { systemFiles } from './file-system.ts'
import { openFileStore } from './open-file-store.ts'

/** Options of {@link fileStore}. */
export interface FileStoreOptions {
  /** A folder of its own, on a local disk. Created, readable by this user only, when the first record is written. */
  directory: string
  /** Hides and authenticates the records. Without one, the manager wants `[storeUnsealed]: true`. */
  sealer?: Sealer | undefined
  /** What an interrupted commit has left is removed at this age, in milliseconds. @default 3_600_000 */
  leftoverAgeMs?: number | undefined
}

/**
 * Keeps records in files, for one machine: any number of processes may share the folder. Every commit is on disk when
 * it returns, is atomic, and needs no lock; files are 0600 in folders that are 0700.
 *
 * @throws TypeError without a directory, or for an unknown option.
 * @example
 * const store = fileStore({ directory: '/var/lib/my-app/tokens', sealer })
 */
export function fileStore(options: FileStoreOptions): RotatableStore {
  return openFileStore(systemFiles, options)
}
