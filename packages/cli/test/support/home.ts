import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** The built command, as a person runs it: the README's test command builds before it tests. */
export const MAIN: string = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

export interface Outcome {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** @default nothing */
  readonly stdin?: string
  /** Leaves stdin open for the test to write to. @default false */
  readonly keepStdin?: boolean
  /** What the command is started by, as `setpriv … --`. */
  readonly prefix?: readonly string[]
  /** Another copy of the command. @default MAIN */
  readonly main?: string
}

/** A command that is running. */
export interface Running {
  readonly child: ChildProcess
  readonly outcome: Promise<Outcome>
}

/** Somebody's home folder, and the command in it. */
export interface Home {
  readonly path: string
  readonly env: Readonly<Record<string, string>>
  run(words: readonly string[], options?: RunOptions): Promise<Outcome>
  start(words: readonly string[], options?: RunOptions): Running
  /** The paths of the files below it. */
  files(): readonly string[]
  /** Everything that stands in them. */
  contents(): string
}

/** An empty home folder that ends with the test. Nothing of this machine's environment gets in. */
export function newHome(): Home {
  const path = mkdtempSync(join(tmpdir(), 'chaveiro-cli-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true, maxRetries: 3 }))
  const env = { PATH: process.env['PATH'] ?? '', HOME: path, LANG: 'C.UTF-8' }

  function start(
    words: readonly string[],
    { env: more, stdin, keepStdin = false, prefix = [], main = MAIN }: RunOptions = {},
  ): Running {
    const [program = '', ...args] = [...prefix, process.execPath, main, ...words]
    const child = spawn(program, args, { env: { ...env, ...more }, stdio: ['pipe', 'pipe', 'pipe'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    // A command that reads nothing may be gone before it is written to.
    child.stdin.on('error', () => {})
    if (!keepStdin) child.stdin.end(stdin ?? '')
    const outcome = async (): Promise<Outcome> => {
      const [stdout, stderr, [status, signal]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'close'),
      ])
      return { status, signal, stdout, stderr }
    }
    return { child, outcome: outcome() }
  }

  const files = (): string[] =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))

  return {
    path,
    env,
    start,
    run: (words, options) => start(words, options).outcome,
    files,
    contents: () =>
      files()
        .map((file) => readFileSync(file, 'utf8'))
        .join('\n'),
  }
}

/** What a running command prints, until it has printed this. */
export async function heard({ child }: Running, pattern: RegExp): Promise<string> {
  let text = ''
  while (!pattern.test(text)) {
    const [chunk] = await once(child.stdout ?? child, 'data')
    text += String(chunk)
  }
  return text
}
