import { basename, resolve } from 'node:path'
import { type BuildOptions, build, type OutputChunk, type Plugin } from 'rolldown'
import type { Entry } from './entries.ts'
import { installs, type Manifest, packageNameOf } from './manifest.ts'
import { inputOf, OUTPUT, writtenFiles } from './output.ts'

// Each file that an entry imports costs its start about half a millisecond, and what it doesn't need a little too. So an
// entry that needs less than this part of what is shared doesn't load the rest.
const LITTLE = 1 / 3

/**
 * Puts our own modules of each entry into one file, and what several entries need into two: what the small entries
 * need, and what only larger ones do.
 *
 * @returns the files that it wrote, from the package's folder
 */
export async function bundleLibrary(
  folder: string,
  manifest: Manifest,
  entries: readonly Entry[],
): Promise<readonly string[]> {
  const options: BuildOptions = {
    cwd: folder,
    input: inputOf(entries),
    platform: 'neutral',
    // Users' bundlers drop what isn't used. Here, that would take the statement which stops the build of a page.
    treeshake: false,
    transform: { target: 'es2023' },
    plugins: [ownModulesOnly(manifest)],
  }
  const first = await build({ ...options, output: OUTPUT, write: false })
  const chunks = first.output.filter((file) => file.type === 'chunk')
  const { common, rest } = sharedModules(chunks)
  const { output } = await build({
    ...options,
    output: {
      ...OUTPUT,
      codeSplitting: {
        groups: [
          { name: 'common', test: (id) => common.has(id) },
          { name: 'large', test: (id) => rest.has(id) },
        ],
        includeDependenciesRecursively: false,
      },
      // The sources are in the package, and the maps point to them.
      sourcemapExcludeSources: true,
    },
  })
  return writtenFiles(output)
}

/**
 * The modules of several entries. Whatever a small entry needs, it needs with all that this imports, so nothing in `common`
 * imports from `rest`: files that import each other would run before what they need is there.
 */
function sharedModules(chunks: readonly OutputChunk[]): {
  readonly common: ReadonlySet<string>
  readonly rest: ReadonlySet<string>
} {
  const shared = chunks.filter(({ isEntry }) => !isEntry)
  const needs = chunks.filter(({ isEntry }) => isEntry).map((entry) => sharedBy(entry, shared))
  const few = needs.filter((needed) => bytesOf(needed) < LITTLE * bytesOf(shared))
  const small = new Set(few.length === 0 ? shared : few.flat())
  return { common: modulesOf([...small]), rest: modulesOf(shared.filter((chunk) => !small.has(chunk))) }
}

function sharedBy(entry: OutputChunk, shared: readonly OutputChunk[]): readonly OutputChunk[] {
  const reached = new Set(entry.imports)
  for (const name of reached) {
    for (const next of shared.find(({ fileName }) => fileName === name)?.imports ?? []) reached.add(next)
  }
  return shared.filter(({ fileName }) => reached.has(fileName))
}

function bytesOf(chunks: readonly OutputChunk[]): number {
  return chunks.reduce((sum, { code }) => sum + code.length, 0)
}

function modulesOf(chunks: readonly OutputChunk[]): ReadonlySet<string> {
  return new Set(chunks.flatMap(({ moduleIds }) => moduleIds))
}

function ownModulesOnly(manifest: Manifest): Plugin {
  return {
    name: 'own modules only',
    resolveId(id, importer) {
      if (importer === undefined || id.startsWith('\0')) return undefined
      if (id.startsWith('.')) return isItself(id, importer) ? external(`./${outputOf(importer)}`) : undefined
      if (id.startsWith('node:') || installs(manifest, packageNameOf(id))) return external(id)
      // What the compiler adds for syntax that the target lacks, such as `using`.
      if (id.startsWith('@oxc-project/runtime/')) return undefined
      throw new Error(`${manifest.name} imports ${id}, which package.json doesn't list for its users.`)
    },
  }
}

/** A module that imports itself does so to stop the bundler of a page, so the import has to stay. */
function isItself(id: string, importer: string): boolean {
  return resolve(importer, '..', id) === importer
}

function outputOf(source: string): string {
  return basename(source).replace(/\.ts$/, '.js')
}

function external(id: string): { readonly id: string; readonly external: true } {
  return { id, external: true }
}
