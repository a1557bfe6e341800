import { createServer } from 'node:http'

// A process of its own: issues a token as Bitize does, and answers everything else with 2 KiB of JSON.
const DAY_MS = 86_400_000
const body = JSON.stringify({
  data: Array.from({ length: 32 }, (_, id) => ({ id, name: 'Papelaria Aurora, São Paulo' })),
})

const server = createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  if (!request.url?.startsWith('/auth')) return void response.end(body)
  const ends = new Date(Date.now() + DAY_MS).toISOString()
  response.end(
    JSON.stringify({
      access_token: 'a-token-of-the-usual-length-0123456789abcdef',
      expiration_access_token: ends,
      refresh_token: 'a-refresh-token-0123456789abcdef',
      expiration_refresh_token: ends,
    }),
  )
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address !== null && typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address.port}\n`)
})
