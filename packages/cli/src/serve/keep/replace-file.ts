import { type FileHandle, open, rename, rm } from 'node:fs/promises'

/** Puts a file in place whole: a reader sees the old content or the new one. Only this user may read it. */
export async function replaceFile(path: string, content: string): Promise<void> {
  const draft = `${path}.${crypto.randomUUID()}`
  let file: FileHandle | undefined
  try {
    file = await open(draft, 'wx', 0o600)
    await file.writeFile(content)
    await file.sync()
    await file.close()
    await rename(draft, path)
  } catch (error) {
    await file?.close().catch(() => {})
    await rm(draft, { force: true })
    throw error
  }
}
