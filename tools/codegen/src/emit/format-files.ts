import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { biomeProgram } from './biome-program.ts'
import { wrapComments } from './wrap-comments.ts'

const repository = fileURLToPath(new URL('../../../../', import.meta.url))

/** An emitted file: where it goes, and its text. */
export type EmittedFile = readonly [path: string, text: string]

// By name and text. To start Biome takes longer than its work, and one process emits the same files again and again:
// `generate --watch`, and the tests.
const formatted = new Map<string, string>()

/**
 * Formats emitted TypeScript, JSON and Markdown, and sorts imports, by the repository's own settings, so that emitters need
 * not care. What wasn't formatted before goes through one process of Biome.
 */
export async function formatFiles(files: readonly EmittedFile[]): Promise<readonly EmittedFile[]> {
  const unknown = files.filter((file) => !formatted.has(keyOf(file)))
  if (unknown.length > 0) await formatByBiome(unknown)
  return files.map((file) => [file[0], formatted.get(keyOf(file)) ?? ''])
}

function keyOf([path, text]: EmittedFile): string {
  return `${basename(path)}\n${text}`
}

async function formatByBiome(files: readonly EmittedFile[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'chaveiro-format-'))
  // By its own name, for Biome formats a package.json as package managers do.
  const places = files.map((file, index) => ({ file, place: join(folder, String(index), basename(file[0])) }))
  try {
    await Promise.all(
      places.map(async ({ file: [, text], place }) => {
        await mkdir(dirname(place))
        await writeFile(place, text)
      }),
    )
    await runBiome(folder)
    for (const { file, place } of places) {
      const text = await readFile(place, 'utf8')
      formatted.set(keyOf(file), extname(place) === '.ts' ? wrapComments(text, 120) : text)
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function runBiome(folder: string): Promise<void> {
  // Outside the repository its ignore file has nothing to say.
  const settings = [`--config-path=${repository}`, '--vcs-enabled=false', '--colors=off']
  return new Promise((resolve, reject) => {
    const child = spawn(biomeProgram(), ['check', '--write', '--linter-enabled=false', ...settings, folder])
    const err: Buffer[] = []
    child.stdout.resume()
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    child.on('close', (status) => {
      if (status === 0) resolve()
      else reject(new Error(`Biome could not format emitted code:\n${Buffer.concat(err).toString('utf8')}`))
    })
  })
}
