import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** A connection to a server, byte for byte: `fetch` would put right what a test wants to be wrong. */
export async function connected(url: string): Promise<Socket> {
  const socket = url.startsWith('unix:')
    ? connect({ path: url.slice('unix:'.length) })
    : connect({ port: Number(new URL(url).port), host: new URL(url).hostname })
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => {})
  await once(socket, 'connect')
  return socket
}

/** What a server says to these bytes until it closes the connection. */
export async function exchange(url: string, bytes: string | Uint8Array): Promise<string> {
  const socket = await connected(url)
  socket.write(bytes)
  return text(socket)
}

/** The status of each answer in a text. */
export function statusesIn(answers: string): readonly number[] {
  return [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
}

/** The lines of a request whose head ends there. */
export function head(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`
}
