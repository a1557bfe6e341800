import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MUTATED_PACKAGES, type Mutation, placeOf } from './mutation.ts'

/** A copy of the tree in which some packages may be broken; everything else is the repository's own. */
export interface Sandbox {
  readonly folder: string
  /** Makes the change. Returns what undoes it. Rejects when the text is not there exactly once. */
  apply(mutation: Mutation): Promise<() => Promise<void>>
  remove(): Promise<void>
}

const LEFT_OUT = new Set(['dist', 'node_modules', '.turbo'])

export async function createSandbox(repository: string): Promise<Sandbox> {
  // Not a link: what the tests print and look up are real paths.
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'chaveiro-mutations-')))
  const link = (path: string): Promise<void> => symlink(join(repository, path), join(folder, path))
  for (const name of await readdir(repository)) {
    if (name === 'vitest.config.ts') await cp(join(repository, name), join(folder, name))
    else if (name !== 'packages' && name !== '.git') await link(name)
  }
  const broken: readonly string[] = MUTATED_PACKAGES
  await mkdir(join(folder, 'packages'))
  for (const name of await readdir(join(repository, 'packages'))) {
    const place = join('packages', name)
    if (!broken.includes(name)) {
      await link(place)
      continue
    }
    await mkdir(join(folder, place))
    const parts = (await readdir(join(repository, place))).filter((part) => !LEFT_OUT.has(part))
    for (const part of parts) await cp(join(repository, place, part), join(folder, place, part), { recursive: true })
    await link(join(place, 'node_modules'))
  }
  return {
    folder,
    async apply(mutation) {
      const { name, find, replace } = mutation
      const { path } = placeOf(mutation)
      const text = await readFile(join(folder, path), 'utf8')
      const places = text.split(find).length - 1
      if (places !== 1)
        throw new Error(`"${name}": its text occurs ${places} times in ${path}, not once. Fix the list.`)
      await writeFile(
        join(folder, path),
        text.replace(find, () => replace),
      )
      return () => writeFile(join(folder, path), text)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
