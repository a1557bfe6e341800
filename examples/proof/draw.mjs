// Draws docs/images/proof.svg and proof.pt-BR.svg from a real run of the proof, which takes some minutes:
//
//   node examples/proof/draw.mjs
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const bundle = here(`../node_modules/.cache/picture-${process.pid}.mjs`)
await build({ entryPoints: [here('picture.ts')], outfile: bundle, bundle: true, format: 'esm', platform: 'node' })
const { drawRun } = await import(pathToFileURL(bundle).href)
rmSync(bundle)

const run = spawn(process.execPath, [here('start.mjs'), '--json', ...process.argv.slice(2)], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = once(run, 'exit')
const begun = performance.now()
const seen = []
for await (const line of createInterface(run.stdout)) {
  seen.push({ step: JSON.parse(line), atS: (performance.now() - begun) / 1_000 })
  process.stdout.write(`${line}\n`)
}
const [code] = await ended
// A picture of a broken promise would be no proof.
if (code !== 0) process.exit(1)
for (const [language, name] of [
  ['en', 'proof.svg'],
  ['pt-BR', 'proof.pt-BR.svg'],
]) {
  writeFileSync(here(`../../docs/images/${name}`), drawRun(seen, language))
}
