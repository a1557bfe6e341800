import { once } from 'node:events'
import { connect, constants, createServer as createHttp2Server } from 'node:http2'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ChaveiroError } from '../../src/errors.ts'
import { type Failure, failureOfError, failureOfResponse } from '../../src/http/failure.ts'
import { resolveRetryOptions } from '../../src/retry/retry-options.ts'
import { closedPort, httpServer, socketServer } from './loopback.ts'

const policy = resolveRetryOptions()

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => error,
  )
}

function coded(code: string, message = code): Error {
  return Object.assign(new Error(message), { code })
}

/** As Node's fetch wraps what went wrong. */
function fetchFailed(cause: unknown): TypeError {
  return new TypeError('fetch failed', { cause })
}

describe('a response', () => {
  test.each([
    [408, {}, 'transient', 'maybe'],
    [425, {}, 'throttle', 'no'],
    [429, {}, 'throttle', 'no'],
    [500, {}, 'transient', 'maybe'],
    [502, {}, 'transient', 'maybe'],
    [503, {}, 'transient', 'maybe'],
    [503, { 'retry-after': '1' }, 'throttle', 'maybe'],
    [503, { 'retry-after': 'soon' }, 'transient', 'maybe'],
    [504, {}, 'transient', 'maybe'],
    [520, {}, 'transient', 'maybe'],
    [521, {}, 'transient', 'no'],
    [522, {}, 'transient', 'maybe'],
    [523, {}, 'transient', 'no'],
    [524, {}, 'transient', 'maybe'],
  ])('%i %o is %s, applied: %s', (status, headers, kind, applied) => {
    expect(failureOfResponse(new Response(null, { status, headers }), policy)).toMatchObject({ kind, applied })
  })

  test.each([200, 204, 301, 304, 400, 401, 403, 404, 409, 413, 501, 505])('%i is not a failure', (status) => {
    expect(failureOfResponse(new Response(null, { status }), policy)).toBeUndefined()
  })

  test('carries the wait that it asks for', () => {
    const response = new Response(null, { status: 500, headers: { 'retry-after': '7' } })
    expect(failureOfResponse(response, policy)).toEqual({ kind: 'transient', applied: 'maybe', hintMs: 7_000 })
  })
})

describe('an error', () => {
  const looped = fetchFailed(undefined)
  looped.cause = new Error('around', { cause: looped })
  let deep: unknown = coded('ECONNRESET')
  for (let level = 0; level < 50; level += 1) deep = new Error('deeper', { cause: deep })

  const rows: [string, unknown, Failure['kind'], Failure['applied']][] = [
    ...['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'].map(
      (code): [string, unknown, 'network', 'no'] => [code, fetchFailed(coded(code)), 'network', 'no'],
    ),
    ...['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ETIMEDOUT'].map((code): [string, unknown, 'network', 'maybe'] => [
      code,
      fetchFailed(coded(code)),
      'network',
      'maybe',
    ]),
    ['terminated', new TypeError('terminated', { cause: new Error('closed') }), 'network', 'maybe'],
    ['headers too late', fetchFailed(coded('UND_ERR_HEADERS_TIMEOUT')), 'timeout', 'maybe'],
    ['body too late', fetchFailed(coded('UND_ERR_BODY_TIMEOUT')), 'timeout', 'maybe'],
    ['a TimeoutError', new DOMException('late', 'TimeoutError'), 'timeout', 'maybe'],
    ['a TypeError without a cause', new TypeError('Failed to fetch'), 'network', 'maybe'],
    ['an abort that is not the caller’s', new DOMException('gone', 'AbortError'), 'other', 'maybe'],
    ['an expired certificate', fetchFailed(coded('CERT_HAS_EXPIRED')), 'other', 'no'],
    ['a self-signed certificate', fetchFailed(coded('DEPTH_ZERO_SELF_SIGNED_CERT')), 'other', 'no'],
    ['TLS', fetchFailed(coded('EPROTO')), 'other', 'maybe'],
    ['an invalid argument', Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' }), 'other', 'no'],
    ['a cause without a code', fetchFailed(new Error('redirect count exceeded')), 'other', 'maybe'],
    ['another HTTP/2 error', coded('ERR_HTTP2_STREAM_ERROR', 'NGHTTP2_PROTOCOL_ERROR'), 'other', 'maybe'],
    ['a Chaveiro error', new ChaveiroError('timeout', 'No token in time.'), 'other', 'maybe'],
    ['causes that go round', looped, 'other', 'maybe'],
    ['causes without an end', deep, 'other', 'maybe'],
    ['a known code below an unknown one', fetchFailed(new Error('x', { cause: coded('EPIPE') })), 'network', 'maybe'],
    ['text', 'ECONNRESET', 'other', 'maybe'],
    ['nothing', undefined, 'other', 'maybe'],
  ]
  test.each(rows)('%s', (_name, error, kind, applied) => {
    expect(failureOfError(error)).toMatchObject({ kind, applied })
  })

  const members: [string, Error[], Failure['kind'], Failure['applied']][] = [
    ['all refused', [coded('ECONNREFUSED'), coded('ENETUNREACH')], 'network', 'no'],
    ['one perhaps sent', [coded('ECONNREFUSED'), coded('ETIMEDOUT')], 'network', 'maybe'],
    ['one hopeless', [coded('ECONNREFUSED'), coded('CERT_HAS_EXPIRED')], 'other', 'no'],
    ['one refused, one lost under TLS', [coded('ECONNREFUSED'), coded('EPROTO')], 'other', 'maybe'],
    ['one inside another', [coded('ECONNREFUSED'), new AggregateError([coded('EPIPE')])], 'network', 'maybe'],
  ]
  test.each(members)('every member of an AggregateError counts: %s', (_name, errors, kind, applied) => {
    const error = Object.assign(new AggregateError(errors), { code: 'ECONNREFUSED' })
    expect(failureOfError(fetchFailed(error))).toMatchObject({ kind, applied })
  })
})

describe('an error of a real connection', () => {
  test('refused: never sent', async () => {
    const error = await errorOf(fetch(await closedPort()))
    expect(failureOfError(error)).toMatchObject({ kind: 'network', applied: 'no', code: 'ECONNREFUSED' })
  })

  test('reset after the request arrived: perhaps applied', async () => {
    const url = await socketServer((socket) => socket.resetAndDestroy())
    const error = await errorOf(fetch(url))
    expect(failureOfError(error)).toMatchObject({ kind: 'network', applied: 'maybe', reset: true })
  })

  test('closed in mid-headers: perhaps applied', async () => {
    const url = await socketServer((socket) => socket.end('HTTP/1.1 200 OK\r\nconte'))
    const error = await errorOf(fetch(url))
    expect(failureOfError(error)).toMatchObject({ kind: 'network', applied: 'maybe', reset: true })
  })

  test('closed in mid-body: perhaps applied', async () => {
    const url = await socketServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'))
    const response = await fetch(url)
    expect(failureOfError(await errorOf(response.text()))).toMatchObject({ kind: 'network', applied: 'maybe' })
  })

  test('something other than HTTP: not retried', async () => {
    const url = await socketServer((socket) => socket.end('220 mail.example.com ESMTP\r\n'))
    expect(failureOfError(await errorOf(fetch(url)))).toMatchObject({ kind: 'other' })
  })

  test('something other than TLS: not retried', async () => {
    const { url } = await httpServer((response) => response.end())
    const error = await errorOf(fetch(url.replace('http:', 'https:')))
    expect(failureOfError(error)).toMatchObject({ kind: 'other' })
  })

  test('a redirect loop: not retried', async () => {
    const { url } = await httpServer((response) => response.writeHead(302, { location: '/' }).end())
    expect(failureOfError(await errorOf(fetch(url)))).toMatchObject({ kind: 'other' })
  })

  test.each(['http://127.0.0.1:1/', 'ftp://127.0.0.1/', '/relative'])('%s: not retried', async (url) => {
    expect(failureOfError(await errorOf(fetch(url)))).toMatchObject({ kind: 'other' })
  })

  test('an HTTP/2 stream that the server refused: not applied', async () => {
    const server = createHttp2Server()
    server.on('stream', (stream) => {
      stream.on('error', () => {})
      stream.close(constants.NGHTTP2_REFUSED_STREAM)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const session = connect(`http://127.0.0.1:${port}`)
    onTestFinished(() => {
      session.destroy()
      server.close()
    })
    const [error] = await once(session.request({ ':path': '/' }), 'error')
    expect(failureOfError(error)).toMatchObject({ kind: 'network', applied: 'no' })
  })
})
