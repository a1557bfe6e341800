import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.ts'

/** A package as pnpm lists it. */
interface ListedPackage {
  readonly name: string
  readonly private: boolean
}

/**
 * Packs every package of `packages/` as it would be published: not those that are private still. They have to be built.
 *
 * @returns the tarballs' paths, in the order of their names
 */
export async function packPackages(workspace: string, destination: string): Promise<readonly string[]> {
  const filters = (await publishedNames(workspace)).flatMap((name) => ['--filter', name])
  await run('pnpm', [...filters, 'pack', '--pack-destination', destination], { cwd: workspace })
  const files = await readdir(destination)
  const tarballs = files.filter((file) => file.endsWith('.tgz')).sort()
  if (tarballs.length === 0) throw new Error(`pnpm packed nothing into ${destination}.`)
  return tarballs.map((file) => join(destination, file))
}

/** The names of the packages that a release takes along: those of `packages/` that are no longer private. */
export async function publishedNames(workspace: string): Promise<readonly string[]> {
  const list = ['--recursive', '--filter', './packages/*', 'list', '--depth=-1', '--json']
  const packages: readonly ListedPackage[] = JSON.parse(await run('pnpm', list, { cwd: workspace }))
  return packages.filter((each) => !each.private).map(({ name }) => name)
}
