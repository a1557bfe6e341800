import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished } from 'vitest'
import type { Running } from '../../support/home.ts'
import { type Scene, signedIn } from '../../support/scene.ts'

/** What a key may do that reads vendors. */
export const READER = ['--allow', 'bitize/default GET /vendors/**']
const PROGRAMS = new URL('../../../../../examples/other-languages/', import.meta.url)

/** One that may hold the token. */
export const HOLDER = ['--allow', 'bitize/default', '--door', 'token']

/** The command, serving one account, and keys of these kinds. A key that is made later is known within 5 seconds. */
export async function serving<Name extends string>(
  kinds: Readonly<Record<Name, readonly string[]>>,
): Promise<{ scene: Scene; url: string; keyOf: (name: Name) => string }> {
  const scene = await signedIn()
  const keys = new Map<string, string>()
  for (const [name, words] of Object.entries<readonly string[]>(kinds)) {
    keys.set(name, (await scene.run(['serve', 'keys', 'add', name, ...words])).stdout.trim())
  }
  const running = scene.home.start(['serve', '--port', '0'], { keepStdin: true })
  onTestFinished(async () => {
    running.child.kill('SIGTERM')
    await running.outcome
  })
  const url = await heardOnStderr(running, /at (http:\/\/\S+)\. /)
  return { scene, url, keyOf: (name) => keys.get(name) ?? '' }
}

async function heardOnStderr({ child }: Running, pattern: RegExp): Promise<string> {
  for (let text = ''; ; ) {
    const [, found] = pattern.exec(text) ?? []
    if (found !== undefined) return found
    const [chunk] = await once(child.stderr ?? child, 'data')
    text += String(chunk)
  }
}

/** Runs one of the examples; its stdout. */
export async function run(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const all = { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env }
  const { stdout, stderr } = await promisify(execFile)(program, [...words], { env: all, cwd: fileURLToPath(PROGRAMS) })
  expect(stderr).toBe('')
  return stdout
}
