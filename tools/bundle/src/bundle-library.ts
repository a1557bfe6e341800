import { basename, resolve } from 'node:path'
import { build, type Metafile, type Plugin } from 'esbuild'
import type { Entry } from './entries.ts'
import { installs, type Manifest } from './manifest.ts'
import { packageNameOf } from './package-name.ts'
import { SHARED_OPTIONS } from './shared-options.ts'

/** Puts our own modules of each entry into one file, and what several entries need into shared ones. */
export async function bundleLibrary(folder: string, manifest: Manifest, entries: readonly Entry[]): Promise<Metafile> {
  const { metafile } = await build({
    ...SHARED_OPTIONS,
    absWorkingDir: folder,
    entryPoints: [...entries],
    platform: 'neutral',
    target: 'es2023',
    // Users' bundlers drop what isn't used. Here, that would take the statement which stops the build of a page.
    treeShaking: false,
    // The sources are in the package, and the maps point to them.
    sourcesContent: false,
    plugins: [ownModulesOnly(manifest)],
  })
  return metafile
}

function ownModulesOnly(manifest: Manifest): Plugin {
  return {
    name: 'own modules only',
    setup({ onResolve }) {
      onResolve({ filter: /^[^.]/ }, ({ path, kind }) => {
        if (kind === 'entry-point') return undefined
        if (path.startsWith('node:') || installs(manifest, packageNameOf(path))) return { path, external: true }
        return {
          errors: [{ text: `${manifest.name} imports ${path}, which package.json doesn't list for its users.` }],
        }
      })
      // A module that imports itself does so to stop the bundler of a page, so the import stays.
      onResolve({ filter: /^\./ }, ({ path, importer, resolveDir }) =>
        resolve(resolveDir, path) === importer
          ? { path: `./${basename(importer).replace(/\.ts$/, '.js')}`, external: true }
          : undefined,
      )
    },
  }
}
