import { once } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { apiServer } from '../support/api-server.ts'

const TEXT = 'ação — €\u0000'
const BYTES = new Uint8Array([0, 255, 13, 10, 128])

async function* pieces(): AsyncGenerator<string> {
  yield 'one, '
  yield 'two'
}

function streamOf(...chunks: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift()
      if (chunk === undefined) controller.close()
      else controller.enqueue(typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk)
    },
  })
}

describe('a 401 to a POST is replayed byte for byte [RJ10]', () => {
  test.each<[string, () => BodyInit, Buffer]>([
    ['a string', () => TEXT, Buffer.from(TEXT)],
    ['an ArrayBuffer', () => BYTES.slice().buffer, Buffer.from(BYTES)],
    ['a view of bytes', () => BYTES.slice(), Buffer.from(BYTES)],
    ['a Blob', () => new Blob([BYTES, 'end']), Buffer.concat([BYTES, Buffer.from('end')])],
    ['URLSearchParams', () => new URLSearchParams({ a: 'b c', d: 'ç&' }), Buffer.from('a=b+c&d=%C3%A7%26')],
    ['a ReadableStream', () => streamOf(BYTES.slice(), 'x'), Buffer.concat([BYTES, Buffer.from('x')])],
  ])('with %s', async (_kind, body, expected) => {
    const { source, received } = await apiServer({ refusals: 1 })
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: body(), duplex: 'half' }
    expect((await source.fetch('/upload', init)).status).toBe(200)
    expect(received.map((request) => request.body)).toEqual([expected, expected])
    expect(received[0]?.headers['content-type']).toBe(received[1]?.headers['content-type'])
    expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  test('with an async iterable', async () => {
    const { source, received } = await apiServer({ refusals: 1 })
    // Node's own extension of fetch: no type names it.
    await Reflect.apply(source.fetch, undefined, ['/upload', { method: 'POST', body: pieces() }])
    expect(received.map(({ body }) => body.toString())).toEqual(['one, two', 'one, two'])
  })

  test('with FormData, whose boundary is fresh each time', async () => {
    const { source, received } = await apiServer({ refusals: 1 })
    const form = new FormData()
    form.set('name', 'Ana')
    form.set('file', new File([BYTES], 'a.bin'))
    await source.fetch('/upload', { method: 'POST', body: form })
    const parsed = await Promise.all(
      received.map(async ({ headers, body }) => {
        const got = await new Response(new Uint8Array(body), {
          headers: { 'content-type': headers['content-type'] ?? '' },
        }).formData()
        const file = got.get('file')
        return [got.get('name'), file instanceof File && Buffer.from(await file.arrayBuffer())]
      }),
    )
    expect(parsed).toEqual([
      ['Ana', Buffer.from(BYTES)],
      ['Ana', Buffer.from(BYTES)],
    ])
  })

  test('with a Request, whose own fields and headers stay', async () => {
    const { source, received, url } = await apiServer({ refusals: 1 })
    const request = new Request(new URL('/upload?x=1', url), { method: 'PUT', headers: { 'x-own': 'yes' }, body: TEXT })
    expect((await source.fetch(request)).status).toBe(200)
    expect(
      received.map(({ method, path, headers, body }) => [method, path, headers['x-own'], body.toString()]),
    ).toEqual([
      ['PUT', '/upload?x=1', 'yes', TEXT],
      ['PUT', '/upload?x=1', 'yes', TEXT],
    ])
  })
})

test('a stream over the cap goes once, and its 401 is returned, readable [RJ10]', async () => {
  const { source, received, renewals } = await apiServer({ refusals: 1 })
  const chunk = new Uint8Array(300_000).fill(7)
  const init: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body: streamOf(chunk, chunk, chunk, chunk),
    duplex: 'half',
  }
  const response = await source.fetch('/upload', init)
  expect([response.status, await response.text()]).toEqual([401, 'refused'])
  expect(received.map(({ body }) => body.byteLength)).toEqual([1_200_000])
  expect(renewals()).toBe(1)
  expect((await source.fetch('/vendors')).status).toBe(200)
  expect(renewals()).toBe(2)
})

describe('a replay', () => {
  test('puts the new token on and keeps everything else, an idempotency key too [RJ11]', async () => {
    const { source, received } = await apiServer({ refusals: 1 })
    const headers = { 'idempotency-key': 'k-1', 'x-trace': 't', 'content-type': 'application/json' }
    await source.fetch('/orders', { method: 'POST', headers, body: '{}' })
    const kept = received.map(({ headers: got }) => [got['idempotency-key'], got['x-trace'], got['content-type']])
    expect(kept).toEqual([
      ['k-1', 't', 'application/json'],
      ['k-1', 't', 'application/json'],
    ])
    expect(received.map(({ headers: got }) => got.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  test('frees the connection of the refused request: its body was read to the end [RJ12]', async () => {
    const { source, received } = await apiServer({
      answer: (response, _request, nth) => void response.writeHead(nth % 2 === 1 ? 401 : 200).end('x'.repeat(60_000)),
    })
    for (let call = 0; call < 10; call += 1) await (await source.fetch('/vendors')).text()
    expect(received).toHaveLength(20)
    // Node frees a connection one turn of the event loop after its response; without any wait, two take turns.
    expect(new Set(received.map(({ socket }) => socket)).size).toBeLessThanOrEqual(2)
  })

  test('cancels a refused body that does not end, and frees its socket [RJ12]', async () => {
    const manager = { timeoutMs: false, attemptTimeoutMs: false } as const
    const { source, received, clock } = await apiServer({ refusals: 1, endless: true, manager })
    const call = source.fetch('/vendors')
    // The 250 ms that a refused body is given.
    while (clock.nextTimerMs !== 250) await setImmediate()
    await clock.advance(250)
    expect((await call).status).toBe(200)
    const [first] = received
    if (first && !first.socket.destroyed) await once(first.socket, 'close')
    expect(first?.socket.destroyed).toBe(true)
  })
})

describe('the caller’s own Authorization is a TypeError, and nothing is sent [RJ11]', () => {
  test.each<[string, (url: URL) => [string | Request, RequestInit?]]>([
    ['in an object', () => ['/x', { headers: { Authorization: 'Bearer mine' } }]],
    ['in lower case', () => ['/x', { headers: { authorization: 'Bearer mine' } }]],
    ['in pairs', () => ['/x', { headers: [['AUTHORIZATION', 'Bearer mine']] }]],
    ['in Headers', () => ['/x', { headers: new Headers({ authorization: '' }) }]],
    ['on a Request', (url) => [new Request(new URL('/x', url), { headers: { authorization: 'Basic x' } })]],
  ])('%s', async (_form, call) => {
    const { source, received, url, renewals } = await apiServer({})
    const [input, init] = call(url)
    const error = await source.fetch(input, init).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).not.toContain('mine')
    expect([received.length, renewals()]).toEqual([0, 0])
  })

  test('unless other headers replace it', async () => {
    const { source, received, url } = await apiServer({})
    const request = new Request(new URL('/x', url), { headers: { authorization: 'Basic x' } })
    expect((await source.fetch(request, { headers: { accept: 'text/plain' } })).status).toBe(200)
    expect(received[0]?.headers.authorization).toBe('Bearer token-1')
  })
})
