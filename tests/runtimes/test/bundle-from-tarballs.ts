import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import core from '@chaveiro/core/package.json' with { type: 'json' }
import * as esbuild from 'esbuild'
import { CORE_TESTS, portableTests } from './portable-tests.ts'

const INSIDE = fileURLToPath(new URL('inside', import.meta.url))
const CORE_SOURCES = join(CORE_TESTS, '../src')

/** The core's entries, as users import them, by their sources. */
const ENTRIES: ReadonlyMap<string, string> = new Map(
  Object.entries(core.exports).flatMap(([name, entry]) =>
    typeof entry === 'string'
      ? []
      : [[relative('src', entry['@chaveiro/source']), join('@chaveiro/core', name)] as const],
  ),
)

export interface Bundle {
  /** A project in which the packages were installed from their tarballs. The bundle is written into it. */
  readonly project: string
  readonly file: string
  /** Whether the packages are bundled too, or left to the runtime to find and load. */
  readonly packages: 'bundled' | 'installed'
  /** The program. It may import `./run-suite.ts` and its neighbours. */
  readonly program: string
}

/** The program's object of the core's portable tests, each loaded when its turn comes. */
export function suiteFiles(): string {
  const loaders = portableTests().map(
    (test) => `${JSON.stringify(test)}: () => import(${JSON.stringify(join(CORE_TESTS, test))})`,
  )
  return `{ ${loaders.join(', ')} }`
}

/**
 * Bundles a program into one file. It gets the packages from the tarballs, whichever way it imports them, and the shims
 * of `inside/` for what is Node's or vitest's.
 */
export async function bundleFromTarballs({ project, file, packages, program }: Bundle): Promise<string> {
  const outfile = join(project, file)
  await esbuild.build({
    stdin: { contents: program, resolveDir: INSIDE, loader: 'ts' },
    bundle: true,
    outfile,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import', 'default'],
    target: 'es2023',
    logLevel: 'silent',
    plugins: [fromTarballs(project, packages)],
  })
  return outfile
}

function fromTarballs(project: string, packages: Bundle['packages']): esbuild.Plugin {
  return {
    name: 'from-tarballs',
    setup(build) {
      build.onResolve({ filter: /^vitest$/ }, () => ({ path: join(INSIDE, 'vitest.ts') }))
      build.onResolve({ filter: /^node:timers\/promises$/ }, () => ({ path: join(INSIDE, 'timers-promises.ts') }))
      build.onResolve({ filter: /^node:util$/ }, () => ({ path: join(INSIDE, 'util.ts') }))
      build.onResolve({ filter: /^node:/ }, ({ path, importer }) => ({
        errors: [{ text: `${relative(CORE_TESTS, importer)} imports ${path}, which only Node has. ${REMEDY}` }],
      }))
      const fromPackage = async (name: string, kind: esbuild.ImportKind): Promise<esbuild.OnResolveResult> =>
        packages === 'installed' ? { path: name, external: true } : build.resolve(name, { kind, resolveDir: project })
      build.onResolve({ filter: /^@chaveiro\// }, ({ path, kind, resolveDir }) =>
        resolveDir === project ? undefined : fromPackage(path, kind),
      )
      build.onResolve({ filter: /\/src\// }, ({ path, kind, importer, resolveDir }) => {
        const source = relative(CORE_SOURCES, join(resolveDir, path))
        if (source.startsWith('..')) return undefined
        const entry = ENTRIES.get(source)
        if (entry && !looksInside(importer)) return fromPackage(entry, kind)
        return { path: join(project, 'node_modules/@chaveiro/core/src', source) }
      })
    },
  }
}

/**
 * Does a test import more than the entries? Other files are not published one by one, but their sources are in the
 * tarball. Such a test gets all of the core from there, because what an entry remembers is not in a second copy.
 */
function looksInside(test: string): boolean {
  const imported = [...readFileSync(test, 'utf8').matchAll(/'[./]+\/src\/([^']+)'/g)].map(([, source = '']) => source)
  return imported.some((source) => !ENTRIES.has(source) && source !== CLOCK)
}

// It remembers nothing of others.
const CLOCK = 'testing/fake-clock.ts'

const REMEDY = 'Write the test without it, or list its file, with the reason, in tests/runtimes/test/portable-tests.ts.'
