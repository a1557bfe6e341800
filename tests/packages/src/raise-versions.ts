import { run } from './run.ts'

/**
 * Raises the versions by the changesets, as the release workflow does for its pull request. The READMEs of packages that
 * get their first version then no longer say that npm lacks them.
 */
export async function raiseVersions(workspace: string): Promise<void> {
  await run('pnpm', ['exec', 'changeset', 'version'], { cwd: workspace })
  await run('pnpm', ['run', 'generate'], { cwd: workspace })
}
