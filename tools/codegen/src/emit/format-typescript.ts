import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { wrapComments } from './wrap-comments.ts'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const require = createRequire(import.meta.url)
const biome = require.resolve('@biomejs/biome/bin/biome')

/** Formats emitted TypeScript by the repository's own settings, so that emitters need not care. */
export async function formatTypeScript(source: string): Promise<string> {
  return wrapComments(await runBiome(source), 120)
}

function runBiome(source: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [biome, 'format', '--colors=off', '--stdin-file-path=emitted.ts'], {
      cwd: repository,
    })
    const out: Buffer[] = []
    const err: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve(Buffer.concat(out).toString('utf8'))
      else reject(new Error(`Biome could not format emitted code:\n${Buffer.concat(err).toString('utf8')}`))
    })
    // A formatter that ends early must not end the generator with EPIPE: `close` tells what happened.
    child.stdin.on('error', () => {})
    child.stdin.end(source)
  })
}
