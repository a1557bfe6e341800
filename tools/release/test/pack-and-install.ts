import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { installPackages, packPackages, temporaryFolder, WORKSPACE } from '../src/index.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** An empty project in which every package was installed from its tarball. */
    project: string
    tarballs: readonly string[]
  }
}

/** Once for all tests: packs every package, and installs the tarballs with npm in an empty project. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryFolder('release')
  const project = join(folder.path, 'project')
  const tarballs = await packPackages(WORKSPACE, folder.path)
  // Types for Node are what every TypeScript project on Node has.
  await installPackages(project, [...tarballs, '@types/node@20'])
  provide('project', project)
  provide('tarballs', tarballs)
  return async () => folder[Symbol.asyncDispose]()
}
