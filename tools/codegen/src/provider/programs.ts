import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandIo } from '../command-io.ts'
import type { Tree } from './tree.ts'

type Run = NonNullable<CommandIo['run']>

/** What a program is run on. */
export interface Subject {
  readonly id: string
  readonly root: string
  readonly tree: Tree
  readonly run: Run
}

/** What the formatter says about the files of a provider that a person writes. */
export function format({ id, run }: Subject): Promise<readonly string[]> {
  const folders = [`specs/${id}`, `packages/${id}`, `packages/simulator/src/${id}`]
  return saidBy(run, 'Checking the format …', 'biome', ['ci', '--colors=off', '--no-errors-on-unmatched', ...folders])
}

/** What the compiler says about a provider, its simulator, and the tests of both. */
export async function types({ id, root, tree, run }: Subject): Promise<readonly string[]> {
  // Of the tests, these alone: all of them take far longer.
  const folder = cacheOf(id)
  const projects = ['core', 'simulator', id]
    .map((name) => `packages/${name}`)
    .filter((project) => project !== `packages/${id}` || tree.files.includes(`${project}/tsconfig.json`))
  const config = {
    extends: `${up}/tsconfig.test.json`,
    compilerOptions: {
      composite: false,
      incremental: true,
      declaration: false,
      emitDeclarationOnly: false,
      noEmit: true,
      rootDir: up,
      tsBuildInfoFile: '.tsbuildinfo',
    },
    files: [],
    include: [`packages/${id}/test`, `packages/simulator/test/${id}`].map((path) => `${up}/${path}/**/*.ts`),
    exclude: [],
    references: projects.map((project) => ({ path: `${up}/${project}` })),
  }
  await mkdir(join(root, folder), { recursive: true })
  await writeFile(join(root, folder, 'tsconfig.json'), JSON.stringify(config))
  return saidBy(run, 'Checking the types …', 'tsc', ['-b', '--pretty', 'false', folder])
}

/** What fails of the tests of a provider: of its package, and of its simulator. */
export async function tests({ id, root, tree, run }: Subject): Promise<readonly string[]> {
  const files = testsOf(tree, id)
  if (!files.some((path) => path.startsWith(`packages/${id}/`))) {
    return [
      `packages/${id}/test is missing. Every provider runs the conformance suite of @chaveiro/core/testing there.`,
    ]
  }
  const folder = cacheOf(id)
  const config = `${folder}/vitest.config.ts`
  await mkdir(join(root, folder), { recursive: true })
  await writeFile(join(root, config), testSettings([`packages/${id}`, 'packages/simulator']))
  return saidBy(run, 'Running its tests …', 'vitest', ['run', '--reporter=minimal', '--config', config, ...files])
}

/**
 * vitest opens a server for each folder that has tests, so these two alone; it keeps what it has compiled, by the content of each
 * file; and one worker loads the sources once, while the other programs run.
 */
function testSettings(folders: readonly string[]): string {
  return `import { defineConfig } from 'vitest/config'
import { project } from '${up}/vitest.config.ts'

export default defineConfig({
  root: new URL('${up}', import.meta.url).pathname,
  test: {
    projects: ${JSON.stringify(folders)}.map(project),
    maxWorkers: 1,
    experimental: { fsModuleCache: true, fsModuleCachePath: new URL('modules', import.meta.url).pathname },
  },
})
`
}

/** What is made for the checks of one provider, and from it the way to the root. */
function cacheOf(id: string): string {
  return `node_modules/.cache/chaveiro/provider-${id}`
}

const up = '../../../..'

function testsOf({ files }: Tree, id: string): readonly string[] {
  return files.filter(
    (path) =>
      path.endsWith('.test.ts') &&
      (path.startsWith(`packages/${id}/test/`) || path.startsWith(`packages/simulator/test/${id}/`)),
  )
}

/** The lines that a program has printed, if it failed. */
async function saidBy(
  run: Run,
  sentence: string,
  program: string,
  args: readonly string[],
): Promise<readonly string[]> {
  try {
    await run(sentence, program, args)
    return []
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    return text.split('\n').filter((line) => line.trim() !== '')
  }
}
