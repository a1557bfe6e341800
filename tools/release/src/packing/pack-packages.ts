import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from '../run.ts'

/**
 * Packs every package of `packages/` as it would be published. They have to be built.
 *
 * @returns the tarballs' paths, in the order of their names
 */
export async function packPackages(workspace: string, destination: string): Promise<readonly string[]> {
  const all = ['--recursive', '--filter', './packages/*']
  await run('pnpm', [...all, 'pack', '--pack-destination', destination], { cwd: workspace })
  const files = await readdir(destination)
  const tarballs = files.filter((file) => file.endsWith('.tgz')).sort()
  if (tarballs.length === 0) throw new Error(`pnpm packed nothing into ${destination}.`)
  return tarballs.map((file) => join(destination, file))
}
