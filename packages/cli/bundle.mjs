// Puts what every command needs into few files. A command that starts for every token cannot afford to find and open the
// 150 files that it would be otherwise: measured in docs/benchmarks.md, reasons in docs/decisions/cli.md.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))

// Of npm's packages those that are loaded for every command; the others stay dependencies.
const INSIDE = ['commander', 'fast-string-truncated-width', 'fast-string-width', 'openapi-fetch', 'picocolors']

const { version } = JSON.parse(await readFile(join(FOLDER, 'package.json'), 'utf8'))

await rm(join(FOLDER, 'dist'), { recursive: true, force: true })
const { metafile } = await esbuild.build({
  absWorkingDir: FOLDER,
  entryPoints: { main: 'src/main.ts' },
  outdir: 'dist',
  bundle: true,
  // One file for what every command needs, others for what it loads later.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  conditions: ['@chaveiro/source'],
  plugins: [{ name: 'inside or outside', setup: insideOrOutside }],
  define: { CHAVEIRO_VERSION: JSON.stringify(version) },
  // Commander is CommonJS and requires modules of Node's.
  banner: { js: 'const require = process.getBuiltinModule;' },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
})
await writeFile(join(FOLDER, 'dist/LICENSES.txt'), await licences(metafile))

function insideOrOutside(build) {
  build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
    // An import of it evaluates every property of `process`, which takes 10 ms.
    if (path === 'node:process') return { path, namespace: 'global' }
    const name = path.split('/')[0] ?? ''
    if (kind !== 'entry-point' && name !== '@chaveiro' && !INSIDE.includes(name)) return { path, external: true }
  })
  build.onLoad({ filter: /^node:process$/, namespace: 'global' }, () => ({
    contents: 'module.exports = globalThis.process',
  }))
}

/** Whoever passes on a copy of these packages passes on their licence. */
async function licences({ inputs }) {
  const manifests = Object.keys(inputs).flatMap((input) => /^.*\/node_modules\/[^/]+\//.exec(input)?.[0] ?? [])
  const texts = [...new Set(manifests)].sort().map(async (folder) => {
    const path = join(FOLDER, folder)
    const file = (await readdir(path)).find((name) => /^licen[cs]e/i.test(name))
    if (file === undefined) throw new Error(`${folder} has no licence to pass on.`)
    return `${dirname(join(folder, 'x')).split('/').at(-1)}\n\n${(await readFile(join(path, file), 'utf8')).trim()}\n`
  })
  return `The files beside this one contain:\n\n${(await Promise.all(texts)).join('\n----\n\n')}`
}
