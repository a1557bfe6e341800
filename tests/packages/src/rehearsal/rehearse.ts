import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { installPackages } from '../packing/install-packages.ts'
import { installedPackages } from '../packing/installed-package.ts'
import { packPackages } from '../packing/pack-packages.ts'
import { run } from '../run.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { copyWorkspace, withoutProvenance } from './copy-workspace.ts'
import { runFirstExample } from './first-example.ts'
import { startRegistry } from './local-registry.ts'

/**
 * Goes through a release, up to a user who installs it, on a copy of the repository and into a registry on loopback.
 * Leaves nothing behind.
 *
 * @param print gets a line for every step
 */
export async function rehearse(workspace: string, print: (line: string) => void): Promise<void> {
  const folder = await temporaryFolder('rehearsal')
  try {
    const copy = join(folder.path, 'copy')
    const step = steps(print)
    await step('Copy the repository, and install what it needs', () => copyWorkspace(workspace, copy))
    await step('Raise the versions by the changesets', () =>
      run('pnpm', ['exec', 'changeset', 'version'], { cwd: copy }),
    )
    await step('Build', () => run('pnpm', ['run', 'build'], { cwd: copy }))
    const tarballs = await step('Pack', async () => {
      const manifests = await run('git', ['ls-files', 'packages/*/package.json'], { cwd: copy })
      await withoutProvenance(copy, manifests.trim().split('\n'))
      await mkdir(join(folder.path, 'tarballs'))
      return packPackages(copy, join(folder.path, 'tarballs'))
    })

    await mkdir(join(folder.path, 'registry'))
    const registry = await step('Start a registry on this machine', () => startRegistry(join(folder.path, 'registry')))
    try {
      // A user's machine: no settings and no cache, and this registry in place of npm's.
      const home = join(folder.path, 'home')
      await mkdir(home)
      const env = { HOME: home, npm_config_userconfig: join(home, '.npmrc'), npm_config_registry: registry.url }
      await step('Publish into it', async () => {
        // Anybody may publish there, but npm wants a token to send.
        const token = `--//127.0.0.1:${registry.port}/:_authToken=anybody`
        for (const tarball of tarballs) await run('npm', ['publish', tarball, token], { cwd: folder.path, env })
      })
      const project = join(folder.path, 'project')
      await step('npm install @chaveiro/bitize', () => installPackages(project, ['@chaveiro/bitize'], env))
      await step('npm install everything else of ours', async () => {
        const names = await Promise.all(tarballs.map((tarball) => nameOf(tarball)))
        await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...names], { cwd: project, env })
      })
      const printed = await step('Run the first example of its README', () => runFirstExample(project))
      print('')
      for (const { name, manifest } of await installedPackages(project)) print(`  ${name} ${manifest.version}`)
      print(`\nThe example printed: ${printed}`)
    } finally {
      await registry[Symbol.asyncDispose]()
    }
  } finally {
    await folder[Symbol.asyncDispose]()
  }
}

async function nameOf(tarball: string): Promise<string> {
  const manifest = await run('tar', ['-xzOf', tarball, 'package/package.json'], { cwd: '/' })
  return JSON.parse(manifest).name
}

/** Says what is being done, how long it took, and what failed. */
function steps(print: (line: string) => void): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  return async (name, work) => {
    const started = performance.now()
    try {
      const result = await work()
      print(`✓ ${name} (${((performance.now() - started) / 1_000).toFixed(1)} s)`)
      return result
    } catch (error) {
      print(`✗ ${name}`)
      throw error
    }
  }
}
