import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { attemptsOf, type RetryRequestInit, retryFetch } from '../../src/retry/index.ts'
import { bodyOf } from '../../src/retry/replayable-body.ts'
import { retrying } from '../../src/retry/retry-fetch.ts'
import { overridePolicy, type ResolvedRetryPolicy, resolveRetryOptions } from '../../src/retry/retry-options.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { httpServer, type Received } from './loopback.ts'
import { withoutWaiting } from './without-waiting.ts'

// Every byte value, so that no text encoding goes unnoticed.
const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const MEBIBYTE = 2 ** 20

function streamOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift()
      if (chunk) controller.enqueue(chunk)
      else controller.close()
    },
  })
}

function formData(): FormData {
  const form = new FormData()
  form.append('name', 'José')
  form.append('file', new Blob([BYTES], { type: 'image/png' }), 'chave.png')
  return form
}

/** Sends the body to a server that refuses it once, by the retry policy, and gives both arrivals. */
async function sentTwice(input: (url: string) => string | Request, init: RetryRequestInit): Promise<Received[]> {
  const { url, received } = await httpServer((response, _request, nth) => {
    response.writeHead(nth === 1 ? 503 : 200).end()
  })
  const response = await retryFetch(fetch, withoutWaiting())(input(url), { method: 'PUT', ...init })
  expect(response.status).toBe(200)
  expect(received).toHaveLength(2)
  return received
}

/** The same for a refused token: a 401, and a second transmission within one attempt. */
async function replayed(body: RetryRequestInit['body'], more: Partial<ResolvedRetryPolicy> = {}): Promise<Received[]> {
  const { url, received } = await httpServer((response, _request, nth) => {
    response.writeHead(nth === 1 ? 401 : 200, { 'www-authenticate': 'Bearer' }).end()
  })
  const options = overridePolicy(resolveRetryOptions(withoutWaiting()), { retry: false, keepBody: true })
  await retrying(url, { method: 'POST', body }, { ...options, ...more }, async (attempt) => {
    const first = await attempt.transmit(fetch, attempt.headers)
    return attempt.canReplay ? attempt.transmit(fetch, attempt.headers) : first
  })
  return received
}

const kinds: [string, () => RetryRequestInit['body'], Buffer, contentType?: string][] = [
  ['a string', () => 'olá €', Buffer.from('olá €'), 'text/plain;charset=UTF-8'],
  ['an empty string', () => '', Buffer.alloc(0), 'text/plain;charset=UTF-8'],
  [
    'URLSearchParams',
    () => new URLSearchParams({ a: '1', b: 'ç' }),
    Buffer.from('a=1&b=%C3%A7'),
    'application/x-www-form-urlencoded;charset=UTF-8',
  ],
  ['a Blob', () => new Blob([BYTES], { type: 'image/png' }), Buffer.from(BYTES), 'image/png'],
  ['an ArrayBuffer', () => BYTES.slice().buffer, Buffer.from(BYTES)],
  ['a Uint8Array', () => BYTES, Buffer.from(BYTES)],
  ['a view of a part', () => new Uint16Array(BYTES.slice().buffer, 4, 8), Buffer.from(BYTES.subarray(4, 20))],
  ['a DataView', () => new DataView(BYTES.slice().buffer, 1, 3), Buffer.from(BYTES.subarray(1, 4))],
  ['a function of a string', () => () => 'fresh', Buffer.from('fresh'), 'text/plain;charset=UTF-8'],
  ['an async function of bytes', () => async () => BYTES, Buffer.from(BYTES)],
  ['a function of a stream', () => () => streamOf(BYTES, BYTES), Buffer.concat([BYTES, BYTES])],
  ['a stream', () => streamOf(BYTES, new Uint8Array(), BYTES), Buffer.concat([BYTES, BYTES])],
  ['a stream without an end of its own', () => new Blob([BYTES]).stream(), Buffer.from(BYTES)],
]

describe('[RJ10] every kind of body arrives byte for byte', () => {
  test.each(kinds)('%s, sent again after a 503', async (_name, body, bytes, contentType) => {
    const received = await sentTwice((url) => url, { body: body() })
    expect(received.map((request) => request.body)).toEqual([bytes, bytes])
    expect(received.map(({ headers }) => headers['content-type'])).toEqual([contentType, contentType])
  })

  test.each(kinds)('%s, replayed after a 401', async (_name, body, bytes) => {
    expect((await replayed(body())).map((request) => request.body)).toEqual([bytes, bytes])
  })

  test('an async iterable, of text and bytes', async () => {
    const { url, received } = await httpServer((response, _request, nth) =>
      response.writeHead(nth === 1 ? 503 : 200).end(),
    )
    // Node takes one as a body; its type does not say so.
    const init: RequestInit = { method: 'PUT' }
    Object.assign(init, { body: Readable.from(['olá ', Buffer.from(BYTES)]), duplex: 'half' })
    expect((await retryFetch(fetch, withoutWaiting())(url, init)).status).toBe(200)
    const bytes = Buffer.concat([Buffer.from('olá '), BYTES])
    expect(received.map((request) => request.body)).toEqual([bytes, bytes])
  })

  test('FormData, which gets a new boundary each time', async () => {
    const received = await sentTwice((url) => url, { body: formData() })
    const boundaries = new Set<string>()
    for (const { headers, body } of received) {
      const type = headers['content-type'] ?? ''
      boundaries.add(type)
      const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
      expect(form.get('name')).toBe('José')
      const file = form.get('file')
      expect(file instanceof File && [file.name, file.type, new Uint8Array(await file.arrayBuffer())]).toEqual([
        'chave.png',
        'image/png',
        BYTES,
      ])
    }
    expect(boundaries.size).toBe(2)
  })

  test('a Request with FormData, whose one boundary stays right', async () => {
    const received = await sentTwice((url) => new Request(url, { method: 'PUT', body: formData() }), {})
    const [first, second] = received
    expect(second?.body).toEqual(first?.body)
    expect(second?.headers['content-type']).toBe(first?.headers['content-type'])
    expect(first?.body.toString('latin1')).toContain(first?.headers['content-type']?.split('boundary=')[1] ?? 'absent')
  })

  test('a Request with a body: its own, or the one of the init', async () => {
    const request = (url: string): Request => new Request(url, { method: 'PUT', body: 'own', headers: { a: '1' } })
    const own = await sentTwice(request, {})
    expect(own.map(({ body, headers }) => [String(body), headers['a'], headers['content-type']])).toEqual(
      Array(2).fill(['own', '1', 'text/plain;charset=UTF-8']),
    )
    const other = await sentTwice(request, { body: 'other', headers: { a: '2' } })
    expect(other.map(({ body, headers }) => [String(body), headers['a']])).toEqual(Array(2).fill(['other', '2']))
  })

  test('a Request without a body', async () => {
    const received = await sentTwice((url) => new Request(`${url}/x?y=1`, { method: 'DELETE', headers: { a: '1' } }), {
      method: 'DELETE',
    })
    expect(received.map(({ method, path, headers }) => [method, path, headers['a']])).toEqual(
      Array(2).fill(['DELETE', '/x?y=1', '1']),
    )
  })
})

describe('a stream', () => {
  const big = new Uint8Array(MEBIBYTE + 1).fill(7)

  test.each([
    ['of exactly 1 MiB is sent again', MEBIBYTE, 2],
    ['of one byte more is sent once, whole', MEBIBYTE + 1, 1],
    ['of much more is sent once, whole', 5 * MEBIBYTE, 1],
  ])('%s', async (_name, size, times) => {
    const bytes = Buffer.alloc(size, 'chaveiro')
    const { url, received } = await httpServer((response) => response.writeHead(503).end())
    const chunks = Array.from({ length: Math.ceil(size / 65_536) }, (_, nth) =>
      bytes.subarray(nth * 65_536, (nth + 1) * 65_536),
    )
    const response = await retryFetch(fetch, { ...withoutWaiting(), maxAttempts: 2 })(url, {
      method: 'PUT',
      body: streamOf(...chunks),
    })
    expect(response.status).toBe(503)
    expect(attemptsOf(response)).toMatchObject({
      attempts: times,
      giveUp: times === 1 ? 'body-not-replayable' : 'attempts',
    })
    expect(received.map(({ body }) => body.equals(bytes))).toEqual(Array(times).fill(true))
  })

  test('whose source fills the same memory again arrives as it was', async () => {
    const memory = new Uint8Array(4)
    let chunks = 0
    const pull = (controller: ReadableStreamDefaultController): void => {
      chunks += 1
      if (chunks > 3) controller.close()
      else controller.enqueue(memory.fill(chunks))
    }
    // Nothing ahead of its reader: a chunk that waits would be overwritten by its own source.
    const stream = new ReadableStream({ pull }, { highWaterMark: 0 })
    const [first, second] = await sentTwice((url) => url, { body: stream })
    const expected = Buffer.from([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3])
    expect([first?.body, second?.body]).toEqual([expected, expected])
  })

  test('that outgrew the buffer is not replayed after a 401, and the answer is returned', async () => {
    const received = await replayed(streamOf(big))
    expect(received.map(({ body }) => body.byteLength)).toEqual([MEBIBYTE + 1])
  })

  test('inside a Request, over the limit, arrives whole', async () => {
    const { url, received } = await httpServer((response) => response.end())
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body: streamOf(big, BYTES), duplex: 'half' }
    const request = new Request(url, init)
    expect((await retryFetch(fetch, withoutWaiting())(request)).status).toBe(200)
    expect(received[0]?.body.equals(Buffer.concat([big, BYTES]))).toBe(true)
  })

  test('is left alone when nothing could send it again', async () => {
    const stream = streamOf(BYTES)
    const sent: unknown[] = []
    const inner = async (_input: unknown, init?: RequestInit): Promise<Response> => {
      sent.push(init?.body)
      return new Response()
    }
    await retryFetch(inner, { ...withoutWaiting(), maxAttempts: 1 })('https://a.example/', {
      method: 'POST',
      body: stream,
    })
    await retryFetch(inner, { ...withoutWaiting(), bufferBytes: 0 })('https://a.example/', {
      method: 'POST',
      body: stream,
    })
    expect(sent).toEqual([stream, stream])
  })

  test('that fails makes the call fail with its error, before anything was sent', async () => {
    const error = new Error('disk gone')
    const body = new ReadableStream({ pull: (controller) => controller.error(error) })
    const call = retryFetch(() => expect.fail('it was sent'), withoutWaiting())('https://a.example/', {
      method: 'PUT',
      body,
    })
    await expect(call).rejects.toBe(error)
  })

  test('that hangs is given up when the caller aborts, and told so', async () => {
    const abort = new AbortController()
    const cancelled: unknown[] = []
    const body = new ReadableStream({ cancel: (reason) => void cancelled.push(reason) })
    const call = retryFetch(() => expect.fail('it was sent'), withoutWaiting())('https://a.example/', {
      method: 'PUT',
      body,
      signal: abort.signal,
    })
    abort.abort('enough')
    await expect(call).rejects.toBe('enough')
    expect(cancelled).toEqual(['enough'])
  })

  test('that hangs is given up at the total deadline', async () => {
    const clock = new FakeClock()
    const body = new ReadableStream()
    const call = retryFetch(() => expect.fail('it was sent'), { clock })('https://a.example/', { method: 'PUT', body })
    await expect(clock.run(call)).rejects.toHaveProperty('name', 'TimeoutError')
    expect(clock.monotonic()).toBe(120_000)
    expect(clock.pending).toBe(0)
  })

  test('of something other than bytes or text is refused', async () => {
    const body = new ReadableStream({ pull: (controller) => controller.enqueue({ a: 1 }) })
    const call = retryFetch(() => expect.fail('it was sent'), withoutWaiting())('https://a.example/', {
      method: 'PUT',
      body,
    })
    await expect(call).rejects.toThrow(TypeError)
  })
})

describe('a body larger than the replay buffer has no attempt timeout', () => {
  const bodies: [string, RetryRequestInit['body'], isLarge: boolean][] = [
    ['a long string', 'x'.repeat(11), true],
    ['a short string', 'x'.repeat(10), false],
    ['a long buffer', new Uint8Array(11), true],
    ['a long Blob', new Blob(['x'.repeat(11)]), true],
    ['a long stream', streamOf(new Uint8Array(11)), true],
    ['a short stream', streamOf(new Uint8Array(10)), false],
    ['URLSearchParams', new URLSearchParams('a=1'), false],
    ['small FormData', new FormData(), false],
    ['large FormData', formData(), true],
  ]
  test.each(bodies)('%s', async (_name, own, isLarge) => {
    const policy = { keepBody: false, maxAttempts: 3, bufferBytes: 10 }
    const body = await bodyOf(own, undefined, 'PUT', policy, () => new AbortController().signal)
    expect(body.isLarge).toBe(isLarge)
  })

  test('but the total deadline', async () => {
    const clock = new FakeClock()
    const fetch = retryFetch(() => new Promise(() => {}), { clock, bufferBytes: 10 })
    const call = fetch('https://a.example/', { method: 'PUT', body: 'x'.repeat(11) })
    await expect(clock.run(call)).rejects.toHaveProperty('name', 'TimeoutError')
    expect(clock.monotonic()).toBe(120_000)
  })
})
