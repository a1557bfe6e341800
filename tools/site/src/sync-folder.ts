import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * Makes a folder hold these files and no others. A file that is right already is not written, because a watcher takes each
 * write for a change.
 *
 * @param files the texts, by their paths within the folder
 */
export async function syncFolder(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true })
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const present = entries.filter((entry) => !entry.isDirectory()).map(({ parentPath, name }) => join(parentPath, name))
  const wanted = new Map([...files].map(([path, text]) => [join(folder, path), text]))
  await Promise.all(present.filter((file) => !wanted.has(file)).map((file) => rm(file)))
  for (const [file, text] of wanted) {
    if (present.includes(file) && (await readFile(file, 'utf8')) === text) continue
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
}
