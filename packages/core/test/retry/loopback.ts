import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { createServer as createSocketServer, type Server, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** One request as it arrived. */
export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
  socket: Socket
}

/** An HTTP server for one test, which answers whole requests and keeps them. */
export async function httpServer(
  answer: (response: ServerResponse, request: Received, nth: number) => void,
): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = []
  const server = createServer((message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => {
      const { method = '', url = '', headers, socket } = message
      const request = { method, path: url, headers, body: Buffer.concat(chunks), socket }
      received.push(request)
      answer(response, request, received.length)
    })
  })
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: await listen(server), received }
}

/** A bare TCP server for one test: for answers that HTTP servers do not give. */
export async function socketServer(onRequest: (socket: Socket, nth: number) => void): Promise<string> {
  let requests = 0
  const server = createSocketServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', () => {
      requests += 1
      onRequest(socket, requests)
    })
  })
  onTestFinished(() => void server.close())
  return listen(server)
}

/** An address at which no server listens. */
export async function closedPort(): Promise<string> {
  const server = createSocketServer()
  const url = await listen(server)
  server.close()
  await once(server, 'close')
  return url
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}
