import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A Redis for one run. */
export interface Redis extends AsyncDisposable {
  readonly url: string
}

/** What to do where there is no Redis. */
export const NO_REDIS =
  'redis-server was not found. Install it (apt-get install redis-server, brew install redis), or set REDIS_URL to a Redis that may be written to.'

/**
 * The Redis that `REDIS_URL` names, else one of our own, on loopback, which writes nothing to disk.
 *
 * @throws {Error} with {@link NO_REDIS}
 */
export async function openRedis(url: string | undefined): Promise<Redis> {
  if (url) return { url, async [Symbol.asyncDispose]() {} }
  const folder = await mkdtemp(join(tmpdir(), 'chaveiro-proof-'))
  const port = await freePort()
  const settings = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']
  const server = spawn('redis-server', ['--port', String(port), ...settings], { stdio: ['ignore', 'pipe', 'inherit'] })
  const end = (): void => void server.kill('SIGKILL')
  process.once('exit', end)
  const dispose = async (): Promise<void> => {
    if (server.pid !== undefined && server.exitCode === null) {
      const ended = once(server, 'exit')
      end()
      await ended
    }
    process.removeListener('exit', end)
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await ready(server)
  } catch (error) {
    await dispose()
    throw error
  }
  return { url: `redis://127.0.0.1:${port}`, [Symbol.asyncDispose]: dispose }
}

function ready(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = ''
    server.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed.includes('Ready to accept connections')) resolve()
    })
    server.once('error', () => reject(new Error(NO_REDIS)))
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}:\n${printed}`)))
  })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
