import { once } from 'node:events'
import { createServer } from 'node:http'
import { createSecureServer, type Http2ServerRequest, type Http2Session, type ServerHttp2Session } from 'node:http2'
import { connect } from 'node:net'
import { createSecureContext } from 'node:tls'
import { createTokenManager } from '@chaveiro/core'
import { defineProvider } from '@chaveiro/core/provider'
import { describeWith, makeCertificate } from '@chaveiro/test-servers'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { connectionAdvice } from '../../src/http/connection-advice.ts'
import { failureOfError } from '../../src/http/failure.ts'
import { Connections } from '../../src/node/connections.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { closedPort, httpServer } from '../retry/loopback.ts'
import { portOf, tlsServer } from '../support/tls-server.ts'
import { ownFetch } from './own-fetch.ts'

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => error,
  )
}

test('the repeat of a token call that met a dead connection goes over a new one [E17]', async () => {
  let isFrozen = false
  const used = new WeakSet<object>()
  const { url, received } = await httpServer((response, { socket }) => {
    if (isFrozen && used.has(socket)) return void socket.resetAndDestroy()
    used.add(socket)
    response.end('{"token":"a-token"}')
  })
  const server = new URL(url)
  const provider = defineProvider<object>({
    id: 'example',
    server,
    refreshKind: 'none',
    repeat: 'unknown',
    acquire: async (io) => {
      const answer: { token: string } = await (await io.fetch(new URL('/token', server), { method: 'POST' })).json()
      return { accessToken: answer.token }
    },
  })
  const manager = createTokenManager({ provider, credentials: () => ({}), fetch: ownFetch() })
  onTestFinished(() => manager.close())
  const source = manager.account('one')
  // Several kept-alive connections, all idle.
  const answers = await Promise.all([1, 2, 3].map(() => source.fetch('/api')))
  await Promise.all(answers.map((answer) => answer.text()))
  isFrozen = true
  await source.reject(await source.getToken())
  expect((await source.getToken()).reveal()).toBe('a-token')
  expect(received.filter(({ path }) => path === '/token')).toHaveLength(3)
})

test('a port where no program listens: not sent', async () => {
  const error = await errorOf(ownFetch()(await closedPort(), { method: 'POST', body: 'x' }))
  expect(failureOfError(error)).toMatchObject({ kind: 'network', applied: 'no', code: 'ECONNREFUSED' })
})

test('a connection that breaks after the request left: perhaps sent', async () => {
  const { url } = await httpServer((_response, { socket }) => void socket.resetAndDestroy())
  const error = await errorOf(ownFetch()(url, { method: 'POST', body: 'x' }))
  expect(failureOfError(error)).toMatchObject({ kind: 'network', applied: 'maybe', reset: true })
})

test('close() lets what is under way end, and refuses the rest as not sent', async () => {
  let answer = (): void => {}
  const { url, received } = await httpServer((response) => {
    answer = () => void response.end('late')
  })
  const send = ownFetch()
  const underWay = send(url)
  await expect.poll(() => received.length).toBe(1)
  const closing = send.close()
  const error = await errorOf(send(url, { method: 'POST', body: 'x' }))
  expect(failureOfError(error)).toMatchObject({ applied: 'no' })
  answer()
  expect(await (await underWay).text()).toBe('late')
  await closing
  expect(received).toHaveLength(1)
})

test('more requests than connections wait for one', async () => {
  const sockets = new Set<object>()
  const { url } = await httpServer((response, { socket }) => {
    sockets.add(socket)
    response.end('ok')
  })
  const send = ownFetch({ connections: 2 })
  const texts = await Promise.all(Array.from({ length: 10 }, async () => (await send(url)).text()))
  expect([texts.length, sockets.size]).toEqual([10, 2])
})

test('the connections of a certificate that is no longer used are closed', async () => {
  const { url, received } = await httpServer((response) => {
    // Longer than the test takes.
    response.setHeader('keep-alive', 'timeout=600')
    response.end('ok')
  })
  const clock = new FakeClock()
  const connections = new Connections(
    { ca: undefined, connections: undefined, http2: false, proxyFor: () => undefined },
    clock,
  )
  onTestFinished(() => connections.close())
  const certified = (fingerprint: string) => ({ fingerprint, context: createSecureContext(), endsAt: undefined })
  const use = async (fingerprint: string): Promise<void> => {
    const pool = connections.take(certified(fingerprint), false)
    const { body } = await pool.request({ origin: url, path: '/', method: 'GET' })
    await body.dump()
  }
  await use('old')
  await use('new')
  const closed = received[0] && once(received[0].socket, 'close')
  await clock.advance(10_001)
  await use('new')
  await closed
  expect(received[1]?.socket.destroyed).toBe(false)
})

test.each<[string, object]>([
  ['an option that does not exist', { certificat: {} }],
  ['a proxy without a scheme', { proxy: 'proxy.example:3128' }],
  ['no connection at all', { connections: 0 }],
])('refuses %s', (_what, options) => {
  expect(() => ownFetch(options)).toThrow(TypeError)
})

describeWith(['openssl'], 'HTTP/2', () => {
  const own = makeCertificate('localhost')

  async function http2Server(answer: (request: Http2ServerRequest, session: Http2Session | undefined) => string) {
    const versions: string[] = []
    const server = createSecureServer({ ...own, allowHTTP1: true }, (request, response) => {
      const chunks: Buffer[] = []
      versions.push(request.httpVersion)
      request.on('data', (chunk) => chunks.push(Buffer.from(chunk)))
      request.on('end', () => {
        response.setHeader('set-cookie', ['a=1', 'b=2'])
        response.end(answer(request, request.stream?.session) + Buffer.concat(chunks).toString())
      })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const sessions = new Set<ServerHttp2Session>()
    server.on('session', (session) => void sessions.add(session))
    onTestFinished(() => {
      for (const session of sessions) session.destroy()
      server.close()
    })
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return { url: `https://localhost:${address.port}`, versions }
  }

  test('is spoken where it was asked for, and the server has it', async () => {
    const { url, versions } = await http2Server(() => 'sent ')
    const send = ownFetch({ ca: own.cert, http2: true })
    const body = new Blob(['streamed']).stream()
    const response = await send(url, Object.assign({ method: 'POST', body }, { duplex: 'half' }))
    expect([await response.text(), response.headers.getSetCookie()]).toEqual(['sent streamed', ['a=1', 'b=2']])
    const texts = await Promise.all(
      Array.from({ length: 8 }, async () => (await send(url, { body: 'x', method: 'PUT' })).text()),
    )
    expect(texts).toEqual(Array(8).fill('sent x'))
    await (await ownFetch({ ca: own.cert })(url)).text()
    expect([new Set(versions), versions.at(-1)]).toEqual([new Set(['2.0', '1.1']), '1.1'])
  })

  test('never repeats by itself what a server did not answer', async () => {
    const asked: string[] = []
    const { url } = await http2Server(({ url: path }, session) => {
      asked.push(path)
      session?.destroy()
      return ''
    })
    const send = ownFetch({ ca: own.cert, http2: true })
    const error = await errorOf(send(`${url}/once`))
    expect(failureOfError(error).applied).toBe('maybe')
    expect(asked).toEqual(['/once'])
  })

  test('a server without it is spoken to in HTTP/1.1', async () => {
    const url = await tlsServer(own, (response, request) => void response.end(request.httpVersion))
    expect(await (await ownFetch({ ca: own.cert, http2: true })(url)).text()).toBe('1.1')
  })
})

describe('a proxy', () => {
  afterEach(() => void vi.unstubAllEnvs())

  /** Opens tunnels for those who say the password, if there is one. */
  async function proxyServer(status = 200, password?: string) {
    const asked: string[] = []
    const proxy = createServer()
    proxy.on('connect', ({ url = '', headers }, socket) => {
      asked.push(url)
      const isKnown = password === undefined || headers['proxy-authorization'] === `Basic ${btoa(`user:${password}`)}`
      if (status !== 200 || !isKnown)
        return void socket.end(`HTTP/1.1 ${isKnown ? status : 407} No\r\ncontent-length: 0\r\n\r\n`)
      const { hostname, port } = new URL(`http://${url}`)
      const onward = connect(Number(port), hostname, () => {
        socket.write('HTTP/1.1 200 Connected\r\n\r\n')
        socket.pipe(onward).pipe(socket)
      })
      onward.on('error', () => socket.destroy())
      socket.on('error', () => onward.destroy())
    })
    return { url: `http://127.0.0.1:${await portOf(proxy)}`, asked }
  }

  test('is tunnelled through, with its password', async () => {
    const target = await httpServer((response) => void response.end('through'))
    const proxy = await proxyServer(200, 'pass word')
    const withUser = proxy.url.replace('//', '//user:pass%20word@')
    expect(await (await ownFetch({ proxy: new URL(withUser) })(target.url)).text()).toBe('through')
    expect(proxy.asked).toEqual([new URL(target.url).host])
  })

  test.each([
    [403, 'other'],
    [407, 'other'],
    [503, 'network'],
  ])('that answers %d: not sent', async (status, kind) => {
    const { url } = await proxyServer(status)
    const error = await errorOf(ownFetch({ proxy: new URL(url) })('https://api.test/', { method: 'POST', body: 'x' }))
    expect(failureOfError(error)).toMatchObject({ kind, applied: 'no' })
    expect(connectionAdvice(error)).toContain('proxy')
  })

  test('that is not there: not sent', async () => {
    const error = await errorOf(
      ownFetch({ proxy: new URL(await closedPort()) })('https://api.test/', { method: 'POST' }),
    )
    expect(failureOfError(error)).toMatchObject({ kind: 'network', applied: 'no' })
  })

  test('that hangs up: not sent', async () => {
    const proxy = createServer()
    proxy.on('connect', (_request, socket) => socket.destroy())
    const url = `http://127.0.0.1:${await portOf(proxy)}`
    const error = await errorOf(ownFetch({ proxy: new URL(url) })('https://api.test/', { method: 'POST' }))
    expect(failureOfError(error)).toMatchObject({ kind: 'network', applied: 'no' })
  })

  test('is taken from the environment only where that was asked for', async () => {
    const target = await httpServer((response) => void response.end('reached'))
    const { url, asked } = await proxyServer()
    vi.stubEnv('http_proxy', url)
    vi.stubEnv('no_proxy', '')
    expect(await (await ownFetch()(target.url)).text()).toBe('reached')
    expect(asked).toEqual([])
    expect(await (await ownFetch({ proxy: 'environment' })(target.url)).text()).toBe('reached')
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['127.0.0.1', true],
    ['*', true],
    ['example.com, 127.0.0.1', true],
    ['0.0.1', true],
    ['127.0.0.1:1', false],
    ['example.com', false],
  ])('NO_PROXY=%s: around the proxy is %s', async (list, isAround) => {
    const target = await httpServer((response) => void response.end('reached'))
    const { url, asked } = await proxyServer()
    vi.stubEnv('http_proxy', url)
    vi.stubEnv('no_proxy', list)
    await (await ownFetch({ proxy: 'environment' })(target.url)).text()
    expect(asked).toHaveLength(isAround ? 0 : 1)
  })

  test('shows its password in no error', async () => {
    vi.stubEnv('https_proxy', 'secret-user:secret-password@proxy')
    vi.stubEnv('no_proxy', '')
    const error = await errorOf(ownFetch({ proxy: 'environment' })('https://api.test/', { method: 'POST' }))
    expect(failureOfError(error)).toMatchObject({ applied: 'no' })
    expect(String(error) + String(error instanceof Error && error.cause)).toMatch(/https_proxy is not the URL/)
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('secret-')
  })
})
