import { build, type Metafile, type Plugin } from 'esbuild'
import type { Entry } from './entries.ts'
import { installs, type Manifest } from './manifest.ts'
import { packageNameOf } from './package-name.ts'
import { SHARED_OPTIONS } from './shared-options.ts'

/**
 * Puts a command, and all that it needs and no install brings, into one file and others that it loads later.
 * docs/decisions/cli.md says why.
 */
export async function bundleCommand(folder: string, manifest: Manifest, entries: readonly Entry[]): Promise<Metafile> {
  const { metafile } = await build({
    ...SHARED_OPTIONS,
    absWorkingDir: folder,
    entryPoints: [...entries],
    platform: 'node',
    target: 'node20',
    conditions: ['@chaveiro/source'],
    plugins: [installedPackagesOutside(manifest), globalProcess],
    define: { CHAVEIRO_VERSION: JSON.stringify(manifest.version) },
    // Commander is CommonJS and requires modules of Node's.
    banner: { js: 'const require = process.getBuiltinModule;' },
    // LICENSES.txt has them.
    legalComments: 'none',
  })
  return metafile
}

function installedPackagesOutside(manifest: Manifest): Plugin {
  return {
    name: 'installed packages outside',
    setup({ onResolve }) {
      onResolve({ filter: /^[^.]/ }, ({ path, kind }) =>
        kind !== 'entry-point' && installs(manifest, packageNameOf(path)) ? { path, external: true } : undefined,
      )
    },
  }
}

/** An import of `node:process` evaluates every property of `process`, which takes 10 ms. */
const globalProcess: Plugin = {
  name: 'global process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:process$/ }, ({ path }) => ({ path, namespace: 'global' }))
    onLoad({ filter: /^node:process$/, namespace: 'global' }, () => ({
      contents: 'module.exports = globalThis.process',
    }))
  },
}
