import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { Agent, request as send } from 'undici'

// A process of its own: a proxy that puts a token on, and nothing else.
const target = process.argv[2] ?? ''
const dispatcher = new Agent()
const authorization = 'Bearer a-token-of-the-usual-length-0123456789abcdef'

async function passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { statusCode, headers, body } = await send(`${target}${request.url}`, {
    dispatcher,
    headers: { authorization },
  })
  response.writeHead(statusCode, { 'content-type': headers['content-type'] ?? '' })
  await pipeline(body, response)
}

const server = createServer((request, response) => void passOn(request, response))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address.port}\n`)
})
