import { join } from 'node:path'
import { installPackages, packPackages, run, temporaryFolder, WORKSPACE } from '@chaveiro/test-packages'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** An empty project in which every package was installed from its tarball. */
    project: string
  }
}

/** Once for all tests: installs the runtimes, which only these tests need, and the packages from their tarballs. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('These tests need Linux on x64: the other versions of Node come from npm, which has no others.')
  }
  process.stderr.write('Installing the runtimes, 700 MB the first time …\n')
  const programs = join(WORKSPACE, 'tests/runtimes/programs')
  await run('pnpm', ['install', '--frozen-lockfile', '--config.confirm-modules-purge=false'], { cwd: programs })

  const folder = await temporaryFolder('runtimes')
  const project = join(folder.path, 'project')
  await installPackages(project, await packPackages(WORKSPACE, folder.path))
  provide('project', project)
  return async () => folder[Symbol.asyncDispose]()
}
