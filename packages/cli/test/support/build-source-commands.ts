import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the commands that `sourceCommand` gives. */
    sourceCommands: string
  }
}

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const REGISTRIES = {
  asking: new URL('asking-registry.ts', import.meta.url),
  hosts: new URL('hosts-registry.ts', import.meta.url),
}

/** Builds the command with the registries of the tests, once for all test files. Vitest calls it before the first one. */
export async function setup(project: TestProject): Promise<() => void> {
  // Inside the package, so that what is installed for it is found.
  const folder = mkdtempSync(join(PACKAGE, 'node_modules', 'source-commands-'))
  const buildAll = async (): Promise<void> => {
    const all = Object.entries(REGISTRIES)
    await Promise.all(all.map(([name, registry]) => buildCommand(fileURLToPath(registry), join(folder, name))))
  }
  await buildAll()
  project.provide('sourceCommands', folder)
  project.onTestsRerun(buildAll)
  return () => rmSync(folder, { recursive: true, force: true })
}

async function buildCommand(registry: string, outdir: string): Promise<void> {
  await build({
    entryPoints: { main: join(PACKAGE, 'src/main.ts'), run: join(PACKAGE, 'src/program/run.ts') },
    outdir,
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
}
