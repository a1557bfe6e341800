import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { installPackages } from '../packing/install-packages.ts'
import { type InstalledPackage, installedPackages } from '../packing/installed-package.ts'
import { raiseVersions } from '../raise-versions.ts'
import { run } from '../run.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { commitAll, copyWorkspace } from './copy-workspace.ts'
import { runFirstExample } from './first-example.ts'
import { startRegistry } from './local-registry.ts'
import { publish, refuseWithoutSignature } from './publish.ts'
import { usersMachine } from './users-machine.ts'

/**
 * Goes through a release, up to a user who installs it, on a copy of the repository and into a registry on loopback: with
 * the commands of the release workflow. Leaves nothing behind.
 *
 * @param print gets a line for every step
 */
export async function rehearse(workspace: string, print: (line: string) => void): Promise<void> {
  await using folder = await temporaryFolder('rehearsal')
  const copy = join(folder.path, 'copy')
  const step = steps(print)
  await step('Copy the repository, and install what it needs', () => copyWorkspace(workspace, copy))
  await step('Raise the versions by the changesets, and update the READMEs', () => raiseVersions(copy))
  await step('Build', () => run('pnpm', ['run', 'build'], { cwd: copy }))
  await step('Check the texts and manifests that the release would commit', () => checkConventions(copy))
  await commitAll(copy, 'Release')

  await mkdir(join(folder.path, 'registry'))
  await using registry = await step('Start a registry on this machine', () =>
    startRegistry(join(folder.path, 'registry')),
  )
  const env = await usersMachine(join(folder.path, 'home'), registry)
  await step('Publish nothing without a signature', () => refuseWithoutSignature(copy, env))
  const names = await step('Publish into the registry, which takes unsigned packages', () => publish(copy, env))

  const project = join(folder.path, 'project')
  await step('npm install @chaveiro/bitize', () => installPackages(project, ['@chaveiro/bitize'], env))
  await step('npm install everything else of ours', () => run('npm', ['install', ...names], { cwd: project, env }))
  const packages = await installedPackages(project)
  await step('Look at what was installed, and at its READMEs', () => lookAtPackages(packages, names))
  const printed = await step('Run the first example of its README', () => runFirstExample(project))
  print('')
  for (const { name, manifest } of packages) print(`  ${name} ${manifest.version}`)
  print(`\nThe example printed: ${printed}`)
}

/** The release workflow tests the commit before it publishes. What only a raised version breaks is found here. */
async function checkConventions(copy: string): Promise<void> {
  const vitest = ['exec', 'vitest', 'run', '--project', 'tools/conventions']
  // The copy has no history, which the conventions accept outside of CI.
  await run('pnpm', vitest, { cwd: copy, env: { CI: undefined, CHAVEIRO_TEST_BASE: undefined } })
}

/** Everything that was published is there, and no README says any longer that npm lacks its package. */
async function lookAtPackages(packages: readonly InstalledPackage[], published: readonly string[]): Promise<void> {
  const missing = published.filter((name) => !packages.some((each) => each.name === name))
  if (missing.length > 0) throw new Error(`Published, but not installed: ${missing.join(', ')}.`)
  for (const { name, folder, files } of packages) {
    for (const file of files.filter((path) => /^README.*\.md$/.test(path))) {
      const text = await readFile(join(folder, file), 'utf8')
      if (/<!-- release:start -->\s*(?!<!--)\S/.test(text)) {
        throw new Error(`${file} of ${name} still says that the package is not on npm.`)
      }
    }
  }
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
