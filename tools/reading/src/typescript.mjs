// Lets Node load TypeScript, each file by itself: `--import` this module. Node 20 can't strip types.
import { readFile } from 'node:fs/promises'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'
import { transform } from 'esbuild'

// Node loads this module twice: to register the hook, and in the thread that runs it.
if (isMainThread) register(import.meta.url)

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context)
  const file = fileURLToPath(url)
  const { code } = await transform(await readFile(file, 'utf8'), { loader: 'ts', sourcefile: file, target: 'node20' })
  return { format: 'module', source: code, shortCircuit: true }
}
