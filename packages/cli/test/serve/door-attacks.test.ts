import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { connected, exchange, head, statusesIn } from './support/raw-connection.ts'
import { newServer } from './support/served.ts'

const ACCOUNTS = 'GET /v1/accounts HTTP/1.1'

/** What a server answers to a request with these lines and the right key, the connection closed after it. */
async function answerTo(lines: (host: string, key: string) => readonly string[], names: readonly string[] = []) {
  const { server, keys, log } = await newServer({ host: names })
  const key = `Authorization: Bearer ${keys['all']}`
  const answers = await exchange(server.url, head(...lines(new URL(server.url).host, key), 'Connection: close'))
  return { statuses: statusesIn(answers), answers, log, port: new URL(server.url).port }
}

it.each([
  ['localhost', 200],
  ['LOCALHOST', 200],
  ['127.0.0.1', 200],
  ['127.1.2.3', 200],
  ['[::1]', 200],
  ['chaveiro.internal', 200],
  ['Chaveiro.Internal', 200],
  ['evil.example', 421],
  ['localhost.evil.example', 421],
  ['127.0.0.1.evil.example', 421],
  ['localhost.', 421],
  ['127.1', 421],
  ['2130706433', 421],
  ['0.0.0.0', 421],
  ['[::ffff:127.0.0.1]', 421],
  ['user@localhost', 421],
])('the Host %s, with the port, gets %i', async (name, status) => {
  const { statuses } = await answerTo(
    (host, key) => [ACCOUNTS, `Host: ${name}:${host.split(':')[1]}`, key],
    ['chaveiro.internal'],
  )
  expect(statuses).toEqual([status])
})

it.each([
  ['no port', ['Host: localhost']],
  ['another port', ['Host: localhost:1']],
  ['a port with a zero in front', ['Host: localhost:0PORT']],
  ['an empty port', ['Host: localhost:']],
  ['an empty name', ['Host: ']],
  ['two names', ['Host: localhost:PORT', 'Host: evil.example']],
  ['the same name twice', ['Host: localhost:PORT', 'Host: localhost:PORT']],
  ['a path in it', ['Host: localhost:PORT/x']],
])('a Host with %s is refused', async (_, hosts) => {
  const { statuses } = await answerTo((host, key) => [
    ACCOUNTS,
    ...hosts.map((line) => line.replace('PORT', host.split(':')[1] ?? '')),
    key,
  ])
  expect(statuses).toHaveLength(1)
  expect([400, 421]).toContain(statuses[0])
})

it.each([
  ['Origin: http://evil.example', 403],
  ['Origin: http://localhost:8248', 403],
  ['Origin: null', 403],
  ['Origin:', 403],
  ['Sec-Fetch-Site: cross-site', 403],
  ['Sec-Fetch-Site: same-origin', 403],
  ['Sec-Fetch-Site: same-site', 403],
  ['Sec-Fetch-Site: none', 200],
])('a request with "%s" gets %i, and never a CORS header', async (line, status) => {
  const { statuses, answers } = await answerTo((host, key) => [ACCOUNTS, `Host: ${host}`, line, key])
  expect(statuses).toEqual([status])
  expect(answers.toLowerCase()).not.toContain('access-control-')
})

it('a preflight of a browser is refused like any other request of one', async () => {
  const { statuses, answers } = await answerTo((host) => [
    'OPTIONS /v1/tokens/bitize/shop HTTP/1.1',
    `Host: ${host}`,
    'Origin: http://evil.example',
    'Access-Control-Request-Method: GET',
    'Access-Control-Request-Private-Network: true',
  ])
  expect(statuses).toEqual([403])
  expect(answers.toLowerCase()).not.toContain('access-control-')
})

const SMUGGLED = 'GET /v1/tokens/bitize/shop HTTP/1.1'

it.each([
  ['two lengths', (h: string) => [`POST /v1/accounts HTTP/1.1`, h, 'Content-Length: 0', 'Content-Length: 44']],
  [
    'length and chunks',
    (h: string) => [`POST /v1/accounts HTTP/1.1`, h, 'Content-Length: 4', 'Transfer-Encoding: chunked'],
  ],
  [
    'chunks and length',
    (h: string) => [`POST /v1/accounts HTTP/1.1`, h, 'Transfer-Encoding: chunked', 'Content-Length: 4'],
  ],
  ['chunks that aren’t last', (h: string) => [`POST /v1/accounts HTTP/1.1`, h, 'Transfer-Encoding: chunked, identity']],
  ['chunks of another name', (h: string) => [`POST /v1/accounts HTTP/1.1`, h, 'Transfer-Encoding: xchunked']],
  ['a negative length', (h: string) => [`POST /v1/accounts HTTP/1.1`, h, 'Content-Length: -1']],
  ['a length in hex', (h: string) => [`POST /v1/accounts HTTP/1.1`, h, 'Content-Length: 0x10']],
  ['a length with a sign', (h: string) => [`POST /v1/accounts HTTP/1.1`, h, 'Content-Length: +4']],
  ['a space before a colon', (h: string) => [`POST /v1/accounts HTTP/1.1`, h, 'Content-Length : 4']],
  ['a folded header', (h: string) => [`GET /v1/accounts HTTP/1.1`, h, 'X-A: b', ' Transfer-Encoding: chunked']],
  ['a header without a name', (h: string) => [`GET /v1/accounts HTTP/1.1`, h, ': x']],
  ['a NUL in a header', (h: string) => [`GET /v1/accounts HTTP/1.1`, h, 'X-A: a\0b']],
  ['a bare CR in a header', (h: string) => [`GET /v1/accounts HTTP/1.1`, h, 'X-A: a\rX-B: c']],
  ['no version', (h: string) => ['GET /v1/accounts', h]],
  ['an unknown version', (h: string) => ['GET /v1/accounts HTTP/1.2', h]],
  ['a space in the target', (h: string) => ['GET /v1/accounts x HTTP/1.1', h]],
])('a request with %s is refused, the connection closed, and what follows is not answered', async (_, lines) => {
  const { server, keys } = await newServer()
  const host = `Host: ${new URL(server.url).host}`
  const follows = head(SMUGGLED, host, `Authorization: Bearer ${keys['all']}`)
  const answers = await exchange(server.url, `${head(...lines(host))}${follows}`)
  // Where the parser takes the first line for a request of HTTP/0.9, the connection is closed without a word.
  const [statuses, ends] = [statusesIn(answers), answers.includes('Connection: close')]
  expect([
    [[400], true],
    [[], false],
  ]).toContainEqual([statuses, ends])
  expect(answers).not.toContain('access_token')
})

it('a body where none belongs is not taken for another request', async () => {
  const { server, keys } = await newServer()
  const host = `Host: ${new URL(server.url).host}`
  const key = `Authorization: Bearer ${keys['all']}`
  const follows = head(SMUGGLED, host, key)
  const first = head('GET /v1/accounts HTTP/1.1', host, key, `Content-Length: ${follows.length}`)
  const last = head('GET /v1/accounts HTTP/1.1', host, key, 'Connection: close')
  const answers = await exchange(server.url, `${first}${follows}${last}`)
  expect(statusesIn(answers)).toEqual([400, 200])
  expect(answers).toContain('unexpected-body')
  expect(answers).not.toContain('access_token')
})

it.each([
  ['Content-Length: 100000', 'a'.repeat(1_000)],
  ['Transfer-Encoding: chunked', '5\r\nhello\r\n'],
])('of a large body, or one of unknown length (%s), nothing is read without a key', async (line, piece) => {
  const { server } = await newServer()
  const host = `Host: ${new URL(server.url).host}`
  const answers = await exchange(
    server.url,
    `${head('POST /v1/proxy/bitize/shop/vendors HTTP/1.1', host, line)}${piece}`,
  )
  expect(statusesIn(answers)).toEqual([401])
  expect(answers).toContain('Connection: close')
})

it('a small body that is refused is read to its end, so that its caller hears why', async () => {
  const { server } = await newServer()
  const host = `Host: ${new URL(server.url).host}`
  const socket = await connected(server.url)
  socket.write(head('POST /v1/proxy/bitize/shop/vendors HTTP/1.1', host, 'Content-Length: 5'))
  socket.write('hel')
  socket.write(`lo${head('GET /v1/accounts HTTP/1.1', host, 'Connection: close')}`)
  expect(statusesIn(await text(socket))).toEqual([401, 401])
})

it.each([
  ['CONNECT', ['CONNECT 127.0.0.1:22 HTTP/1.1'], 400],
  ['TRACE', ['TRACE /v1/accounts HTTP/1.1'], 405],
  ['an upgrade to WebSocket', ['GET /v1/accounts HTTP/1.1', 'Connection: Upgrade', 'Upgrade: websocket'], 400],
  ['an upgrade to HTTP/2', ['GET /v1/accounts HTTP/1.1', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c'], 400],
  ['Upgrade alone', ['GET /v1/accounts HTTP/1.1', 'Upgrade: h2c'], 400],
  ['HTTP/1.0', ['GET /v1/accounts HTTP/1.0'], 505],
])('%s is refused with a problem, and the connection closed', async (_, [line = '', ...more], status) => {
  const { server, keys } = await newServer()
  const host = `Host: ${new URL(server.url).host}`
  const answers = await exchange(server.url, head(line, host, `Authorization: Bearer ${keys['all']}`, ...more))
  expect(statusesIn(answers)).toEqual([status])
  expect(answers).toMatch(/connection: close/i)
  expect(answers).not.toContain('access_token')
})

it('HTTP/2 by prior knowledge is refused, and the connection closed', async () => {
  const { server } = await newServer()
  const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
  const settings = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])
  const answers = await exchange(server.url, Buffer.concat([preface, settings]))
  expect(statusesIn(answers)).toEqual([400])
})

it.each([
  ['GET http://localhost/v1/accounts HTTP/1.1', 400],
  ['GET http://evil.example/v1/accounts HTTP/1.1', 400],
  ['OPTIONS * HTTP/1.1', 400],
  ['GET //v1/accounts HTTP/1.1', 404],
  ['GET /v1/accounts/ HTTP/1.1', 404],
  ['GET /v1/../v1/accounts HTTP/1.1', 404],
  ['GET /V1/accounts HTTP/1.1', 404],
  ['GET /v1/accounts%2f HTTP/1.1', 404],
  ['GET /%76%31/accounts HTTP/1.1', 404],
  ['GET /v1/tokens/bitize/%zz HTTP/1.1', 400],
  ['GET /v1/tokens/bitize/shop/ HTTP/1.1', 404],
  ['GET /v1/tokens/bitize HTTP/1.1', 404],
  ['GET /v1/tokens/bitize/%73hop HTTP/1.1', 200],
  ['GET /v1/tokens/%62itize/shop HTTP/1.1', 403],
  ['GET /v1/tokens/BITIZE/shop HTTP/1.1', 403],
  ['GET /v1/tokens/bitize/..%2f..%2faccounts HTTP/1.1', 403],
  ['GET /v1/proxy/bitize/shop HTTP/1.1', 404],
  ['GET /v1/tokens/__proto__/shop HTTP/1.1', 403],
  ['GET /constructor HTTP/1.1', 404],
])('the target of "%s" gets %i', async (line, status) => {
  const { statuses } = await answerTo((host, key) => [line, `Host: ${host}`, key])
  expect(statuses).toEqual([status])
})

it.each(['GET', 'POST', 'OPTIONS', 'HEAD', 'DELETE'])(
  '%s without a key gets 401 for whatever there is and isn’t',
  async (method) => {
    const { server } = await newServer()
    const host = `Host: ${new URL(server.url).host}`
    for (const path of [
      '/v1/accounts',
      '/v1/tokens/bitize/shop',
      '/v1/tokens/bitize/none',
      '/v1/openapi.json',
      '/x',
      '/metrics',
    ]) {
      const answers = await exchange(server.url, head(`${method} ${path} HTTP/1.1`, host, 'Connection: close'))
      expect(statusesIn(answers)).toEqual([401])
      expect(answers).toContain('WWW-Authenticate: Bearer realm="chaveiro"')
    }
  },
)

it('head lines of more than 16 KiB are refused, and the connection closed', async () => {
  const { server } = await newServer()
  const host = `Host: ${new URL(server.url).host}`
  const long = `X-A: ${'a'.repeat(17 * 1_024)}`
  const answers = await exchange(server.url, head('GET /healthz HTTP/1.1', host, long))
  expect(statusesIn(answers)).toEqual([431])
  expect(answers).toContain('headers-too-long')
})

it('an expectation of another kind is refused, and a body of a refused request is never asked for', async () => {
  const { server } = await newServer()
  const host = `Host: ${new URL(server.url).host}`
  const post = 'POST /v1/proxy/bitize/shop/vendors HTTP/1.1'
  const other = await exchange(server.url, head(post, host, 'Expect: 200-ok', 'Content-Length: 5'))
  expect(statusesIn(other)).toEqual([417])
  const waiting = await exchange(server.url, head(post, host, 'Expect: 100-continue', 'Content-Length: 5'))
  expect(statusesIn(waiting)).toEqual([401])
})

it('a caller with the right key is asked to go on with its body', async () => {
  const { server, keys } = await newServer()
  const host = `Host: ${new URL(server.url).host}`
  const socket = await connected(server.url)
  const key = `Authorization: Bearer ${keys['all']}`
  const post = 'POST /v1/proxy/bitize/shop/vendors HTTP/1.1'
  socket.write(head(post, host, key, 'Expect: 100-continue', 'Content-Length: 2'))
  const [first] = await once(socket, 'data')
  expect(statusesIn(String(first)).at(0)).toBe(100)
})

it('a head that doesn’t arrive in time ends the connection, begun or not', async () => {
  const { server } = await newServer({ headersTimeoutMs: 200 })
  expect(statusesIn(await exchange(server.url, 'GET /healthz HTTP/1.1\r\nHost: '))).toEqual([408])
  const silent = await connected(server.url)
  silent.resume()
  await once(silent, 'close')
  expect(silent.destroyed).toBe(true)
})

it('connections beyond the limit are closed at once, and the others work', async () => {
  const { server } = await newServer({ maxConnections: '2' })
  const held = [await connected(server.url), await connected(server.url)]
  const third = await connected(server.url)
  third.resume()
  await once(third, 'close')
  const host = `Host: ${new URL(server.url).host}`
  const [first] = held
  first?.write(head('GET /healthz HTTP/1.1', host))
  const [answer] = await once(first ?? third, 'data')
  expect(statusesIn(String(answer))).toEqual([200])
})
