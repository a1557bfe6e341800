import { basename, resolve } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'rolldown'
import type { Entry } from './entries.ts'
import { installs, type Manifest, packageNameOf } from './manifest.ts'
import { inputOf, OUTPUT, writtenFiles } from './output.ts'

// Each file that an entry imports costs its start about half a millisecond.
const SMALL_BYTES = 8_192
const MIDDLE_BYTES = 24_576

/**
 * Puts our own modules of each entry into one file, and what several entries need into shared ones, of which the small
 * ones become one, and those of a middling size another.
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
  const shared = first.output.filter((file) => file.type === 'chunk').filter(({ isEntry }) => !isEntry)
  const smallerThan = (bytes: number): ReadonlySet<string> =>
    new Set(shared.filter(({ code }) => code.length < bytes).flatMap(({ moduleIds }) => moduleIds))
  const small = smallerThan(SMALL_BYTES)
  const middle = smallerThan(MIDDLE_BYTES)
  const { output } = await build({
    ...options,
    output: {
      ...OUTPUT,
      codeSplitting: {
        groups: [
          { name: 'common', test: (id) => small.has(id) },
          { name: 'middle', test: (id) => middle.has(id) && !small.has(id) },
        ],
        includeDependenciesRecursively: false,
      },
      // The sources are in the package, and the maps point to them.
      sourcemapExcludeSources: true,
    },
  })
  return writtenFiles(output)
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
