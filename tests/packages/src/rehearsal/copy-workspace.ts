import { cp, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { run } from '../run.ts'

// For commits and tags, also on a machine that has no name for its user or signs them.
const GIT_SETTINGS = [
  ['user.name', 'Rehearsal'],
  ['user.email', 'rehearsal@localhost'],
  ['commit.gpgsign', 'false'],
  ['tag.gpgsign', 'false'],
] as const

/** Copies the repository as it stands, uncommitted changes included, into a repository of its own, and installs it. */
export async function copyWorkspace(workspace: string, copy: string): Promise<void> {
  const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: workspace })
  const deleted = new Set((await run('git', ['ls-files', '-z', '--deleted'], { cwd: workspace })).split('\0'))
  for (const file of listed.split('\0').filter((name) => name !== '' && !deleted.has(name))) {
    await mkdir(dirname(join(copy, file)), { recursive: true })
    await cp(join(workspace, file), join(copy, file), { verbatimSymlinks: true })
  }
  await run('git', ['init', '--quiet', '--initial-branch=main'], { cwd: copy })
  for (const [key, value] of GIT_SETTINGS) await run('git', ['config', key, value], { cwd: copy })
  // Changesets looks up who added a changeset, and when.
  await commitAll(copy, 'Rehearse')
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], { cwd: copy })
}

/** Commits everything in the copy. */
export async function commitAll(copy: string, message: string): Promise<void> {
  await run('git', ['add', '--all'], { cwd: copy })
  await run('git', ['commit', '--quiet', '--no-verify', `--message=${message}`], { cwd: copy })
}
