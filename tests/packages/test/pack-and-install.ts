import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { installPackages, packPackages, run, temporaryFolder, WORKSPACE } from '../src/index.ts'
import { RUNNERS } from './runners/folder.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** An empty project in which every package was installed from its tarball. */
    project: string
    tarballs: readonly string[]
  }
}

/** Once for all tests: packs every package, installs the tarballs with npm in an empty project, and the test runners. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryFolder('release')
  const project = join(folder.path, 'project')
  const runners = run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], { cwd: RUNNERS })
  const tarballs = await packPackages(WORKSPACE, folder.path)
  // Types for Node are what every TypeScript project on Node has.
  await Promise.all([installPackages(project, [...tarballs, '@types/node@20']), runners])
  provide('project', project)
  provide('tarballs', tarballs)
  return async () => folder[Symbol.asyncDispose]()
}
