import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import { CORE, type TestedPackage } from './tested-packages.ts'

const INSIDE = fileURLToPath(new URL('inside', import.meta.url))

export interface Bundle {
  /** A project in which the packages were installed from their tarballs. */
  readonly project: string
  /** Where the bundle is written, from the project. */
  readonly file: string
  /** Whether the packages are bundled too, or left to the runtime to find and load. */
  readonly packages: 'bundled' | 'installed'
  /** The program. It may import `./run-suite.ts` and its neighbours. */
  readonly program: string
  /** The package whose tests the program runs. @default the core */
  readonly tested?: TestedPackage
  /** Packages of others that the runtime finds and loads. @default none */
  readonly external?: readonly string[]
}

/** The program's object of the package's test files, each loaded when its turn comes. */
export function suiteFiles({ tests, files }: TestedPackage): string {
  const loaders = files.map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(join(tests, file))})`)
  return `{ ${loaders.join(', ')} }`
}

/**
 * Bundles a program into one file. It gets the packages from the tarballs, whichever way it imports them, and the shims
 * of `inside/` for what is Node's or vitest's.
 */
export async function bundleFromTarballs(bundle: Bundle): Promise<string> {
  const { project, file, packages, program, tested = CORE, external = [] } = bundle
  const outfile = resolve(project, file)
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
    external: [...external],
    plugins: [fromTarballs(project, packages, tested)],
  })
  return outfile
}

function fromTarballs(project: string, packages: Bundle['packages'], tested: TestedPackage): esbuild.Plugin {
  const sources = join(tested.tests, '../src')
  return {
    name: 'from-tarballs',
    setup(build) {
      build.onResolve({ filter: /^vitest$/ }, () => ({ path: join(INSIDE, 'vitest.ts') }))
      build.onResolve({ filter: /^node:timers\/promises$/ }, () => ({ path: join(INSIDE, 'timers-promises.ts') }))
      build.onResolve({ filter: /^node:util$/ }, () => ({ path: join(INSIDE, 'util.ts') }))
      build.onResolve({ filter: /^node:/ }, ({ path, importer }) => ({
        errors: [{ text: `${relative(tested.tests, importer)} imports ${path}, which only Node has. ${REMEDY}` }],
      }))
      const fromPackage = async (name: string, kind: esbuild.ImportKind): Promise<esbuild.OnResolveResult> =>
        packages === 'installed' ? { path: name, external: true } : build.resolve(name, { kind, resolveDir: project })
      build.onResolve({ filter: /^@chaveiro\// }, ({ path, kind, resolveDir }) =>
        // What only tests share is in no tarball: it is found as usual.
        resolveDir === project || path.startsWith('@chaveiro/test-') ? undefined : fromPackage(path, kind),
      )
      build.onResolve({ filter: /\/src\// }, ({ path, kind, importer, resolveDir }) => {
        const source = relative(sources, join(resolveDir, path))
        if (source.startsWith('..')) return undefined
        const entry = tested.entries.get(source)
        if (entry && !looksInside(importer, tested)) return fromPackage(entry, kind)
        return { path: join(project, 'node_modules', tested.name, 'src', source) }
      })
    },
  }
}

/**
 * Does a test import more than the entries? Other files are not published one by one, but their sources are in the
 * tarball. Such a test gets all of the package from there, because what an entry remembers is not in a second copy.
 */
function looksInside(test: string, { entries, stateless }: TestedPackage): boolean {
  const imported = [...readFileSync(test, 'utf8').matchAll(/'[./]+\/src\/([^']+)'/g)].map(([, source = '']) => source)
  return imported.some((source) => !entries.has(source) && !stateless.includes(source))
}

const REMEDY = 'Write the test without it, or list its file, with the reason, in tests/runtimes/test/portable-tests.ts.'
