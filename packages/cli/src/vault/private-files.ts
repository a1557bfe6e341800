import { access, constants, mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'

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

/** Creates a folder, and those above it, for this user only. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    // Node calls a read-only file system ENOENT here; asked directly, it says EROFS.
    await access(await nearestExisting(path), constants.W_OK)
    throw error
  }
}

/** The folder itself, or the first one above it that is there. */
export async function nearestExisting(folder: string): Promise<string> {
  try {
    await access(folder)
    return folder
  } catch {
    return dirname(folder) === folder ? folder : nearestExisting(dirname(folder))
  }
}
