import { createServer } from 'node:http'

// A process of its own: the least that a server can do, with an answer of as many bytes as it is told.
const body = 'x'.repeat(Number(process.argv[2]))

const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address.port}\n`)
})
