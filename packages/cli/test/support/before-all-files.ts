import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { missing } from '@chaveiro/test-servers'
import { build } from 'esbuild'
import type { TestProject } from 'vitest/node'
import { type CertificateFiles, certificateFiles } from './certificates.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the commands that `sourceCommand` gives. */
    sourceCommands: string
    /** The authority that the processes of the tests trust, as if the system did. Absent without openssl. */
    authority: CertificateFiles | undefined
  }
}

const PACKAGE = fileURLToPath(new URL('../..', import.meta.url))
const REGISTRIES = {
  asking: new URL('asking-registry.ts', import.meta.url),
  hosts: new URL('hosts-registry.ts', import.meta.url),
}

/**
 * Builds the command with the registries of the tests, and makes an authority for their banks, once for all test files. Vitest
 * calls it before it starts the processes in which they run: Node reads what it trusts as it starts.
 */
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
  const authority = missing(['openssl']).length === 0 ? certificateFiles(folder, 'authority') : undefined
  project.provide('authority', authority)
  if (authority) project.config.env = { ...project.config.env, NODE_EXTRA_CA_CERTS: authority.cert }
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
