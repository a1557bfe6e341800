import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { makeFolder } from './make-folder.ts'

/** Writes a key to a new file that only this user may read. */
export async function writeKeyFile(path: string, key: string): Promise<void> {
  await makeFolder(dirname(path))
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(`${key}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}
