import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll } from 'vitest'

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))

/** The command from its sources, with the providers of another registry. Made for the tests of one file. */
export function sourceCommand(url: URL): { readonly main: string } {
  const registry = fileURLToPath(url)
  // Inside the package, so that what is installed for it is found.
  const folder = mkdtempSync(join(PACKAGE, 'node_modules', 'source-command-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  beforeAll(async () => {
    await build({
      entryPoints: [join(PACKAGE, 'src/main.ts')],
      outdir: folder,
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      conditions: ['@chaveiro/source'],
      define: { CHAVEIRO_VERSION: '"0.0.0"' },
      // Our own packages are sources; the others are loaded as they are installed.
      plugins: [
        {
          name: 'providers of a test',
          setup(builder) {
            builder.onResolve({ filter: /\/registry\.ts$/ }, ({ importer }) =>
              importer === registry ? undefined : { path: registry },
            )
            builder.onResolve({ filter: /^[^./]/ }, ({ path }) =>
              path.startsWith('@chaveiro/') ? undefined : { path, external: true },
            )
          },
        },
      ],
    })
  }, 60_000)
  return { main: join(folder, 'main.mjs') }
}
