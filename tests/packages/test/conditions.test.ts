import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { MEASURED } from '../../../tools/conventions/test/condition-sets.ts'
import { run } from '../src/index.ts'
import { BUNDLERS, type Platform } from './bundling.ts'
import { PROJECT } from './installed.ts'
import { PROBE_PROGRAM, writeProbePackage } from './probe-package.ts'

const program = join(PROJECT, 'programs/probe.mjs')

// As a user builds for production: vitest's own value would be taken for development.
beforeAll(() => void vi.stubEnv('NODE_ENV', 'production'))
afterAll(() => void vi.unstubAllEnvs())

beforeAll(async () => {
  await writeProbePackage(PROJECT)
  await mkdir(join(PROJECT, 'programs'), { recursive: true })
  await writeFile(program, PROBE_PROGRAM)
})

/** What the table of condition sets says of a tool. */
function listed(tool: string): ReadonlySet<string> {
  const found = MEASURED.find((set) => set.tool === tool)
  return new Set(found?.conditions)
}

/** The conditions under which a program was resolved, as it tells in a process of its own. */
async function conditionsOf(file: string): Promise<ReadonlySet<string>> {
  const script = `import { set } from ${JSON.stringify(file)}; console.log(JSON.stringify(set))`
  const printed = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: PROJECT })
  return new Set<string>(JSON.parse(printed))
}

const bundled: readonly (readonly [tool: string, bundler: string, platform: Platform])[] = [
  ['esbuild, platform browser', 'esbuild', 'browser'],
  ['esbuild, platform node', 'esbuild', 'node'],
  ['esbuild, platform neutral', 'esbuild', 'neutral'],
  ['Vite, client', 'vite', 'browser'],
  ['Vite, SSR', 'vite', 'node'],
  ['Vite, SSR with the target webworker and workerd', 'vite', 'worker'],
  ['Vite, SSR with the target webworker', 'vite', 'neutral'],
  ['webpack, target web', 'webpack', 'browser'],
  ['webpack, target node', 'webpack', 'node'],
  ['webpack, target webworker', 'webpack', 'worker'],
  ['Rollup with node-resolve for browsers', 'rollup', 'browser'],
  ['Rollup with node-resolve', 'rollup', 'neutral'],
]

it.each(bundled)('%s sets the conditions of the table', async (tool, bundler, platform) => {
  const bundle = await BUNDLERS[bundler]?.(program, platform, `probe-${bundler}-${platform}`)
  expect(await conditionsOf(bundle ?? '')).toEqual(listed(tool))
})

it('Node sets the conditions of the table', async () => {
  expect(await conditionsOf(program)).toEqual(listed('Node'))
})
