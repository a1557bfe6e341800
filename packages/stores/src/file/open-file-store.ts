import { resolve } from 'node:path'
import { requireKnownOptions, requireSealer } from '../cell/check-options.ts'
import { createStore } from '../cell/create-store.ts'
import type { RotatableStore } from '../sealer/rotatable-store.ts'
import { fileCells } from './file-cells.ts'
import type { FileStoreOptions } from './file-store-options.ts'
import type { FileSystem } from './file-system.ts'
import { files } from './files.ts'

/** A file store on any file system: a test's may have faults. Apart, so that the public types need none of Node's. */
export function openFileStore(system: FileSystem, options: FileStoreOptions): RotatableStore {
  requireKnownOptions('fileStore', options, ['directory', 'sealer', 'leftoverAgeMs'])
  const { directory, sealer, leftoverAgeMs = 3_600_000 } = options
  requireSealer(sealer)
  if (typeof directory !== 'string' || directory === '') {
    throw new TypeError('fileStore needs the option directory: a dedicated folder for the records.')
  }
  if (!(leftoverAgeMs >= 0)) throw new TypeError('Option leftoverAgeMs must be a number of at least 0.')
  return createStore(
    fileCells(files(system), { directory: resolve(directory), leftoverAgeMs, now: () => system.now() }),
    sealer,
  )
}
