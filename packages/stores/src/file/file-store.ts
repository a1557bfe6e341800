import type { RotatableStore } from '../sealer/rotatable-store.ts'
import type { FileStoreOptions } from './file-store-options.ts'
import { systemFiles } from './file-system.ts'
import { openFileStore } from './open-file-store.ts'

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
