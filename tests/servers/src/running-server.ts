import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const START_TIMEOUT_MS = 30_000
const START_ATTEMPTS = 3

/** A server that a test has started, or was told of. */
export interface RunningServer extends AsyncDisposable {
  /** How to reach it. */
  readonly url: string
  readonly port: number
  /** Ends it at once, as a crash would; a server that we were told of stays. */
  kill(): Promise<void>
  /** Starts it again after a kill, on the same port, with what it has on disk. */
  restart(): Promise<void>
}

/** How to start a program as a server. */
export interface Launch {
  readonly command: readonly string[]
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>> | undefined
  /** What it prints when it is ready. */
  readonly ready: string
  /** What makes it end at once, even with open connections. @default 'SIGKILL' */
  readonly endSignal?: NodeJS.Signals | undefined
}

/**
 * Starts a program on a free port and waits for what it prints, not for time to pass. Another process may take the port
 * in between, so it is tried again on another one. Disposing ends it and removes its folder.
 */
export async function startServer(
  folder: string,
  url: (port: number) => string,
  launch: (port: number) => Launch,
): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort()
    try {
      const { endSignal = 'SIGKILL', ...start } = launch(port)
      let child = await started(start, endSignal)
      const kill = (): Promise<void> => ended(child, endSignal)
      return {
        url: url(port),
        port,
        kill,
        async restart() {
          await kill()
          child = await started(start, endSignal)
        },
        async [Symbol.asyncDispose]() {
          await kill()
          rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
        },
      }
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error
    }
  }
}

/** The server that a variable names. It isn't ours, so it is neither started nor ended. */
export function foreignServer(url: string, usualPort: number): RunningServer {
  const nothing = async (): Promise<void> => {}
  const port = Number(new URL(url).port || usualPort)
  return { url, port, kill: nothing, restart: nothing, [Symbol.asyncDispose]: nothing }
}

/** A folder for one server. `owner`: the user who is to own it, if we may say so. */
export function temporaryFolder(name: string, owner?: number): string {
  const folder = mkdtempSync(join(tmpdir(), `chaveiro-${name}-`))
  chmodSync(folder, 0o700)
  if (owner !== undefined) chownSync(folder, owner, -1)
  return folder
}

/** A command as another user than root, whom PostgreSQL and pgbouncer refuse; and that user, if it is another. */
export function unprivileged(): { prefix: readonly string[]; owner: number | undefined } {
  if (process.getuid?.() !== 0) return { prefix: [], owner: undefined }
  const prefix = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', '--']
  return { prefix, owner: Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' })) }
}

function started(
  { command: [file = '', ...args], env, ready }: Launch,
  endSignal: NodeJS.Signals,
): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } })
    let output = ''
    const timer = setTimeout(() => fail('did not become ready in time'), START_TIMEOUT_MS)
    const kill = (): void => void child.kill(endSignal)
    // No server outlives the tests that started it.
    process.once('exit', kill)
    const fail = (why: string): void => {
      clearTimeout(timer)
      kill()
      reject(new Error(`${file} ${why}. It printed:\n${output}`))
    }
    const read = (chunk: Buffer): void => {
      if (output.includes(ready)) return
      output += chunk.toString()
      if (!output.includes(ready)) return
      clearTimeout(timer)
      resolve(child)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('error', (error) => fail(`could not be started: ${error.message}`))
    child.once('exit', (code) => {
      process.removeListener('exit', kill)
      fail(`ended with ${code}`)
    })
  })
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
