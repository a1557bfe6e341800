// Node 20 reads no TypeScript: bundles the program and the process that it starts, from the sources of this repository, and
// runs it.
import { rmSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
// Next to what is installed, so that the driver of Redis is found.
const folder = here(`../node_modules/.cache/proof-${process.pid}/`)
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

await build({
  entryPoints: [here('main.ts'), here('seller-process.ts')],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@chaveiro/source'],
  external: ['redis'],
})
await import(pathToFileURL(`${folder}main.mjs`).href)
