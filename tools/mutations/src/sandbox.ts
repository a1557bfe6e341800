import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Mutation } from './mutation.ts'

/** A copy of the tree in which the core may be broken; everything else is the repository's own. */
export interface Sandbox {
  readonly folder: string
  /** Makes the change. Returns what undoes it. Rejects when the text is not there exactly once. */
  apply(mutation: Mutation): Promise<() => Promise<void>>
  remove(): Promise<void>
}

const CORE = join('packages', 'core')
const COPIED = ['src', 'test', 'package.json', 'tsconfig.json']

export async function createSandbox(repository: string): Promise<Sandbox> {
  // Not a link: what the tests print and look up are real paths.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'chaveiro-mutations-')))
  const link = (path: string): Promise<void> => symlink(join(repository, path), join(folder, path))
  await mkdir(join(folder, CORE), { recursive: true })
  for (const name of await readdir(repository)) {
    if (name === 'vitest.config.ts') await cp(join(repository, name), join(folder, name))
    else if (name !== 'packages' && name !== '.git') await link(name)
  }
  for (const name of await readdir(join(repository, 'packages')))
    if (name !== 'core') await link(join('packages', name))
  for (const name of COPIED) await cp(join(repository, CORE, name), join(folder, CORE, name), { recursive: true })
  await link(join(CORE, 'node_modules'))
  return {
    folder,
    async apply({ name, file, find, replace }) {
      const path = join(folder, CORE, 'src', file)
      const text = await readFile(path, 'utf8')
      const places = text.split(find).length - 1
      if (places !== 1)
        throw new Error(`"${name}": its text stands ${places} times in ${file}, not once. Mend the list.`)
      await writeFile(
        path,
        text.replace(find, () => replace),
      )
      return () => writeFile(path, text)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
