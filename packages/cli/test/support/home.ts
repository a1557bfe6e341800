import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { run } from '../../src/program/run.ts'
import { type CalledCommand, callCommand, type Outcome } from './called-command.ts'

/** The built command, as a person runs it: the README's test command builds before it tests. */
export const MAIN: string = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** A command, as a process starts it and as a test calls it. */
export interface Command {
  readonly main: string
  readonly load: () => Promise<typeof run>
}

const COMMAND: Command = { main: MAIN, load: async () => (await import('../../src/program/run.ts')).run }

interface CallOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Another copy of the command. @default the sources */
  readonly command?: Command
}

export interface RunOptions extends CallOptions {
  /** @default nothing */
  readonly stdin?: string
}

export interface ProcessOptions extends Omit<RunOptions, 'command'> {
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

/** A user's home folder, and the command in it. */
export interface Home {
  readonly path: string
  readonly env: Readonly<Record<string, string>>
  /** Runs the command within this process, which takes a small part of the time that a process takes. */
  run(words: readonly string[], options?: RunOptions): Promise<Outcome>
  /** The same, for a test that answers or interrupts the command. */
  call(words: readonly string[], options?: CallOptions): CalledCommand
  /** Runs the built command as a process of its own. */
  runProcess(words: readonly string[], options?: ProcessOptions): Promise<Outcome>
  start(words: readonly string[], options?: ProcessOptions): Running
  /** The paths of the files below it. */
  files(): readonly string[]
  /** The text of all of them. */
  contents(): string
}

/** No session bus, so no keychain of the person who runs the tests. */
const NO_KEYCHAIN = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/dev/null' }

/** An empty home folder that ends with the test. Nothing of this machine's environment gets in. */
export function newHome(): Home {
  const path = mkdtempSync(join(tmpdir(), 'chaveiro-cli-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true, maxRetries: 20 }))
  const env = { PATH: process.env['PATH'] ?? '', HOME: path, LANG: 'C.UTF-8', ...NO_KEYCHAIN }

  function start(
    words: readonly string[],
    { env: more, stdin, keepStdin = false, prefix = [], main = MAIN }: ProcessOptions = {},
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

  function call(words: readonly string[], { env: more, command: { load } = COMMAND }: CallOptions = {}): CalledCommand {
    const called = callCommand(load, words, { ...env, ...more })
    onTestFinished(() => called.kill('SIGTERM'))
    return called
  }

  const files = (): string[] =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))

  return {
    path,
    env,
    call,
    run(words, { stdin = '', ...options } = {}) {
      const called = call(words, options)
      called.stdin.end(stdin)
      return called.outcome
    },
    start,
    runProcess: (words, options) => start(words, options).outcome,
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
