import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Fetch } from '../../src/http/fetch.ts'
import { httpServer } from '../retry/loopback.ts'
import { ownFetch } from './own-fetch.ts'

const TEXT = 'olá, '.repeat(200)

// The platform's own is there as the measure: what it does, ours does.
const contestants: [string, () => Fetch][] = [
  ['the platform', () => (input, init) => globalThis.fetch(input, init)],
  ['nodeFetch', () => ownFetch()],
]

describe.each(contestants)('a response of %s', (_name, open) => {
  test('has status, text, headers and URL', async () => {
    const { url } = await httpServer((response) => {
      response.writeHead(201, 'Made', [
        ['set-cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['x-latin', 'caf\u00e9'],
      ])
      response.end('done')
    })
    const response = await open()(`${url}/a?b=c#d`)
    expect(response).toBeInstanceOf(Response)
    expect(response).toMatchObject({ status: 201, statusText: 'Made', ok: true, redirected: false })
    expect(response.url).toBe(`${url}/a?b=c`)
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(response.headers.get('x-latin')).toBe('caf\u00e9')
    expect(response.bodyUsed).toBe(false)
    expect(await response.clone().text()).toBe('done')
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(new TextEncoder().encode('done'))
    expect(response.bodyUsed).toBe(true)
  })

  test.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ])('%s with %d has no body', async (method, status) => {
    const { url } = await httpServer((response) => void response.writeHead(status).end())
    const response = await open()(url, { method })
    expect([response.status, response.body, await response.text()]).toEqual([status, null, ''])
  })

  test.each<[string, Buffer]>([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['GZIP', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['gzip, br', brotliCompressSync(gzipSync(TEXT))],
  ])('is decompressed: %s', async (coding, bytes) => {
    const { url } = await httpServer((response) => {
      response.setHeader('content-encoding', coding)
      // In pieces, as networks deliver it.
      for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7))
      response.end()
    })
    const response = await open()(url)
    expect(await response.text()).toBe(TEXT)
    expect(response.headers.get('content-encoding')).toBe(coding)
  })

  test('is passed on as it is if the coding is unknown', async () => {
    const { url } = await httpServer((response) => {
      response.setHeader('content-encoding', 'gzip, secret')
      response.end('as it is')
    })
    expect(await (await open()(url)).text()).toBe('as it is')
  })

  test('that is not what it says is an error', async () => {
    const { url } = await httpServer((response) => {
      response.setHeader('content-encoding', 'gzip')
      response.end('not compressed at all')
    })
    const response = await open()(url)
    await expect(response.text()).rejects.toThrow(TypeError)
  })

  test('comes before its body is complete, and streams', async () => {
    let finish = (): void => {}
    const { url } = await httpServer((response) => {
      response.write('first')
      finish = () => void response.end('last')
    })
    const response = await open()(url)
    const reader = response.body?.getReader()
    const read = async (): Promise<string> => new TextDecoder().decode((await reader?.read())?.value)
    expect(await read()).toBe('first')
    finish()
    expect(await read()).toBe('last')
    expect((await reader?.read())?.done).toBe(true)
  })

  test('whose connection breaks in the middle is an error', async () => {
    const { url } = await httpServer((response, { socket }) => {
      response.write('first')
      response.once('drain', () => {})
      setImmediate(() => socket.resetAndDestroy())
    })
    const response = await open()(url)
    await expect(response.text()).rejects.toThrow(TypeError)
  })
})

describe.each(contestants)('a request of %s', (_name, open) => {
  const form = new FormData()
  form.set('name', 'olá')
  form.set('file', new File(['bytes'], 'a.txt', { type: 'text/plain' }))
  const bytes = new TextEncoder().encode('bytes')
  const stream = (): ReadableStream<Uint8Array> => new Blob(['streamed']).stream()

  test.each<[string, () => RequestInit & { duplex?: 'half' }, string, string | undefined, string | undefined]>([
    ['a text', () => ({ body: 'olá' }), 'olá', 'text/plain;charset=UTF-8', '4'],
    ['bytes', () => ({ body: bytes }), 'bytes', undefined, '5'],
    ['a part of bytes', () => ({ body: bytes.subarray(1, 3) }), 'yt', undefined, '2'],
    ['a DataView', () => ({ body: new DataView(bytes.buffer, 1) }), 'ytes', undefined, '4'],
    ['an ArrayBuffer', () => ({ body: bytes.slice().buffer }), 'bytes', undefined, '5'],
    [
      'a form',
      () => ({ body: new URLSearchParams({ a: 'b c' }) }),
      'a=b+c',
      'application/x-www-form-urlencoded;charset=UTF-8',
      '5',
    ],
    ['a Blob', () => ({ body: new Blob(['blob'], { type: 'text/css' }) }), 'blob', 'text/css', '4'],
    ['a stream', () => ({ body: stream(), duplex: 'half' }), 'streamed', undefined, undefined],
    ['nothing', () => ({}), '', undefined, '0'],
    [
      'a text of another type',
      () => ({ body: '{}', headers: [['Content-Type', 'application/json']] }),
      '{}',
      'application/json',
      '2',
    ],
  ])('sends %s', async (_body, init, arrives, type, length) => {
    const { url, received } = await httpServer((response) => void response.end())
    await (await open()(url, { method: 'POST', ...init() })).text()
    const [request] = received
    expect(request?.body.toString()).toBe(arrives)
    expect([request?.headers['content-type'], request?.headers['content-length']]).toEqual([type, length])
  })

  test('sends a multipart form', async () => {
    const { url, received } = await httpServer((response) => void response.end())
    await (await open()(url, { method: 'POST', body: form })).text()
    const [request] = received
    const again = new Response(new Uint8Array(request?.body ?? []), {
      headers: { 'content-type': request?.headers['content-type'] ?? '' },
    })
    const arrived = await again.formData()
    expect(arrived.get('name')).toBe('olá')
    const file = arrived.get('file')
    expect(typeof file === 'object' && file !== null && [file.name, await file.text()]).toEqual(['a.txt', 'bytes'])
  })

  test('takes a Request', async () => {
    const { url, received } = await httpServer((response) => void response.end())
    const request = new Request(`${url}/it`, { method: 'PUT', body: 'kept', headers: { 'x-a': '1' } })
    await (await open()(request, { headers: { 'x-b': '2' } })).text()
    expect(received[0]).toMatchObject({ method: 'PUT', path: '/it', body: Buffer.from('kept') })
    expect([received[0]?.headers['x-a'], received[0]?.headers['x-b']]).toEqual([undefined, '2'])
  })

  test('says what it accepts, unless the caller does', async () => {
    const { url, received } = await httpServer((response) => void response.end())
    const send = open()
    await (await send(url)).text()
    await (await send(url, { headers: { Accept: 'text/csv', 'accept-encoding': 'identity' } })).text()
    expect(received[0]?.headers).toMatchObject({ accept: '*/*', 'user-agent': 'node' })
    expect(received[0]?.headers['accept-encoding']).toContain('gzip')
    expect(received[1]?.headers).toMatchObject({ accept: 'text/csv', 'accept-encoding': 'identity' })
  })

  test.each<[string, string, RequestInit]>([
    ['another scheme', 'ftp://example.test/', {}],
    ['credentials in the URL', 'http://a:b@127.0.0.1/', {}],
    ['a GET with a body', 'http://127.0.0.1/', { body: 'x' }],
    ['a header with a space in its name', 'http://127.0.0.1/', { headers: { 'a b': 'c' } }],
    ['no URL', 'no url', {}],
  ])('refuses %s with a TypeError', async (_case, url, init) => {
    await expect(open()(url, init)).rejects.toThrow(TypeError)
  })
})

describe.each(contestants)('redirects with %s', (_name, open) => {
  const redirecting = (status: number, location?: string) =>
    httpServer((response, { path }) => {
      if (path !== '/') return void response.end(path)
      response.writeHead(status, location === undefined ? {} : { location }).end('moved')
    })

  test('manual: is the answer', async () => {
    const { url, received } = await redirecting(302, '/next')
    const response = await open()(url, { redirect: 'manual' })
    expect([response.status, response.headers.get('location'), await response.text()]).toEqual([302, '/next', 'moved'])
    expect(received).toHaveLength(1)
  })

  test('error: is one', async () => {
    const { url, received } = await redirecting(307, '/next')
    await expect(open()(url, { redirect: 'error' })).rejects.toThrow(TypeError)
    expect(received).toHaveLength(1)
  })

  test.each([
    [301, 'GET', ''],
    [302, 'GET', ''],
    [303, 'GET', ''],
    [307, 'POST', 'kept'],
    [308, 'POST', 'kept'],
  ])('follow: a POST that meets %d goes on as %s', async (status, method, body) => {
    const { url, received } = await redirecting(status, '/next')
    const response = await open()(url, { method: 'POST', body: 'kept' })
    expect([response.url, response.redirected, await response.text()]).toEqual([`${url}/next`, true, '/next'])
    const [, second] = received
    expect([second?.method, second?.body.toString()]).toEqual([method, body])
    expect(second?.headers['content-type']).toBe(method === 'GET' ? undefined : 'text/plain;charset=UTF-8')
  })

  test('follow: credentials stay behind where another origin begins', async () => {
    const other = await httpServer((response) => void response.end('other'))
    const { url } = await redirecting(307, `${other.url}/there`)
    const headers = { authorization: 'Bearer x', cookie: 'a=b', 'x-kept': 'yes' }
    expect(await (await open()(url, { headers })).text()).toBe('other')
    const arrived = other.received[0]?.headers
    expect([arrived?.authorization, arrived?.cookie, arrived?.['x-kept']]).toEqual([undefined, undefined, 'yes'])
  })

  test.each<[string, string | undefined, RequestInit & { duplex?: 'half' }]>([
    ['to another scheme', 'ftp://example.test/', {}],
    ['with a stream that is gone', '/next', { method: 'POST', body: new Blob(['x']).stream(), duplex: 'half' }],
    ['without end', '/', {}],
  ])('follow: %s is an error', async (_case, location, init) => {
    const { url } = await redirecting(307, location)
    await expect(open()(url, init)).rejects.toThrow(TypeError)
  })

  test('follow: one that leads nowhere is the answer', async () => {
    const { url } = await redirecting(302)
    expect((await open()(url)).status).toBe(302)
  })
})
