import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** Runs the echo server in a process of its own, so that its work is not counted. */
export async function withEchoServer<T>(use: (url: URL) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, [fileURLToPath(new URL('./echo-server.js', import.meta.url))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = await once(server.stdout, 'data')
    return await use(new URL(String(line).trim()))
  } finally {
    server.kill()
  }
}
