import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { FakeClock } from '@chaveiro/core/testing'
import { expect, it, onTestFinished } from 'vitest'
import { Calls } from '../../src/serve/door/calls.ts'
import { connected, head, statusesIn } from './support/raw-connection.ts'

/** A server whose calls read their bodies, leave them, or answer before the end. */
async function scene(way: 'reads' | 'leaves' | 'answers early') {
  const clock = new FakeClock()
  const calls = new Calls(clock)
  const arrived: IncomingMessage[] = []
  const server = createServer((request, response) => {
    calls.begin(request, response)
    arrived.push(request)
    if (way === 'reads') request.resume().once('end', () => response.end('all'))
    if (way === 'answers early') response.end('early')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    calls.close()
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const socket = await connected(url)
  // What is left unread when a connection is closed resets it.
  const answers = text(socket).catch(() => 'reset')
  socket.write(head('POST / HTTP/1.1', 'Host: localhost', 'Content-Length: 1000000'))
  await once(server, 'request')
  return { clock, calls, socket, answers, request: () => arrived[0] }
}

/** Sends a piece of the body, and waits until it has arrived. */
async function send(socket: NodeJS.WritableStream, request: IncomingMessage | undefined, bytes: number): Promise<void> {
  if (request === undefined) throw new TypeError('The request has arrived.')
  const before = request.socket.bytesRead
  socket.write(Buffer.alloc(bytes))
  while (request.socket.bytesRead === before) await new Promise((resolve) => setImmediate(resolve))
}

it('a body from which nothing comes for 60 s ends the call with 408', async () => {
  const { clock, answers, calls } = await scene('reads')
  await clock.advance(59_000)
  expect(calls.size).toBe(1)
  await clock.advance(6_000)
  expect(statusesIn(await answers)).toEqual([408])
})

it('a body that goes on coming, however slowly, is waited for', async () => {
  const { clock, socket, answers, request } = await scene('reads')
  for (let piece = 0; piece < 4; piece += 1) {
    await clock.advance(55_000)
    await send(socket, request(), 1)
  }
  socket.end(Buffer.alloc(1_000_000 - 4))
  expect(statusesIn(await answers)).toEqual([200])
})

it('a body that waits for its reader is not the caller’s delay', async () => {
  const { clock, socket, calls, request, answers } = await scene('leaves')
  await send(socket, request(), 100)
  await clock.advance(600_000)
  expect(calls.size).toBe(1)
  calls.cutAll()
  expect(statusesIn(await answers)).toEqual([])
})

it('an answer that comes before the end of the body closes the connection, in place of reading on', async () => {
  const { socket, calls, answers } = await scene('answers early')
  await once(socket, 'close')
  expect(await answers).toContain('early')
  expect(calls.size).toBe(0)
})
