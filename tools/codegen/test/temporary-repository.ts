import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The root of this repository. */
export const repository: string = fileURLToPath(new URL('../../../', import.meta.url))

/** A folder with real specs in it, which ends with the test. */
export interface TemporaryRepository {
  readonly root: string
  read(path: string): Promise<string>
  write(path: string, text: string): Promise<void>
  remove(path: string): Promise<void>
  /** Replaces `from`, which has to be there, by `to`. */
  edit(path: string, from: string, to: string): Promise<void>
}

/** A copy of the vocabulary and of one spec: one of `specs`, or a folder of this package's tests. */
export async function temporaryRepository(id = 'bitize', source = `specs/${id}`): Promise<TemporaryRepository> {
  const root = await mkdtemp(join(tmpdir(), 'chaveiro-codegen-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await cp(join(repository, 'specs/_schema'), join(root, 'specs/_schema'), { recursive: true })
  await cp(join(repository, 'redocly.yaml'), join(root, 'redocly.yaml'))
  await cp(join(repository, source), join(root, 'specs', id), { recursive: true })
  const read = (path: string) => readFile(join(root, path), 'utf8')
  const write = (path: string, text: string) => writeFile(join(root, path), text)
  return {
    root,
    read,
    write,
    remove: (path) => rm(join(root, path)),
    async edit(path, from, to) {
      const text = await read(path)
      if (!text.includes(from)) throw new Error(`${path} does not contain ${from}`)
      await write(path, text.replace(from, to))
    },
  }
}
