import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from '../run.ts'

/** Copies the repository as it stands, uncommitted changes included, into a repository of its own, and installs it. */
export async function copyWorkspace(workspace: string, copy: string): Promise<void> {
  const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: workspace })
  const deleted = new Set((await run('git', ['ls-files', '-z', '--deleted'], { cwd: workspace })).split('\0'))
  for (const file of listed.split('\0').filter((name) => name !== '' && !deleted.has(name))) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await cp(join(workspace, file), join(copy, file), { verbatimSymlinks: true })
  }
  // Changesets looks up who added a changeset, and when.
  const as = ['-c', 'user.name=Rehearsal', '-c', 'user.email=rehearsal@localhost', '-c', 'commit.gpgsign=false']
  await run('git', ['init', '--quiet', '--initial-branch=main'], { cwd: copy })
  await run('git', ['add', '--all'], { cwd: copy })
  await run('git', [...as, 'commit', '--quiet', '--no-verify', '--message=Rehearse'], { cwd: copy })
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], { cwd: copy })
}

/** Provenance is signed by the workflow's identity, which nobody has here. */
export async function withoutProvenance(copy: string, manifests: readonly string[]): Promise<void> {
  for (const manifest of manifests) {
    const path = join(copy, manifest)
    const { publishConfig, ...rest } = JSON.parse(await readFile(path, 'utf8'))
    const { provenance: _, ...others } = publishConfig ?? {}
    await writeFile(path, `${JSON.stringify({ ...rest, publishConfig: others }, null, 2)}\n`)
  }
}
