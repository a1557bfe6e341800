import type { TestProject } from 'vitest/node'
import { run } from '../src/index.ts'
import { setup as packAndInstall } from '../test/pack-and-install.ts'
import { FRAMEWORKS } from './frameworks.ts'

/** Once for all tests: the packages from their tarballs, and the frameworks. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.stderr.write('Installing wrangler and Next.js, 520 MB the first time …\n')
  await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline'], { cwd: FRAMEWORKS })
  return packAndInstall(project)
}
