import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { expect, it, vi } from 'vitest'
import { MOUNT, proxiedApi, raw } from './support/proxied-api.ts'

const MIB = 2 ** 20
// For a machine that is busy with other things.
const PATIENCE = { timeout: 20_000 }

/** Rejects the first token. */
function rejectingOnce(): (
  received: { headers: { authorization?: string | undefined } },
  response: ServerResponse,
) => void {
  let first: string | undefined
  return ({ headers }, response) => {
    first ??= headers.authorization
    response.statusCode = headers.authorization === first ? 401 : 200
    response.end('answered')
  }
}

/** What the types of Node leave out: a stream is sent while the answer may begin. */
function sending(method: string, body: string | ReadableStream): RequestInit {
  return Object.assign({ duplex: 'half' }, { method, body })
}

it('a body of up to 1 MiB is sent again with the next token', async () => {
  const { url, received, outcomes } = await proxiedApi(rejectingOnce())
  for (const body of ['x'.repeat(MIB), new Blob(['x'.repeat(MIB)]).stream()]) {
    const answer = await fetch(`${url}/orders`, sending('POST', body))
    expect(answer.status).toBe(200)
    expect(answer.headers.has('chaveiro-replayed')).toBe(false)
  }
  expect(received.map(({ body }) => body.length)).toEqual([MIB, MIB, MIB])
  expect(outcomes.map(({ status }) => status)).toEqual([200, 200])
})

it('a longer one is sent once: the 401 comes back with a note, and the next request has a new token', async () => {
  const { url, received, tokens } = await proxiedApi(rejectingOnce())
  const answer = await fetch(`${url}/orders`, { method: 'POST', body: 'x'.repeat(MIB + 1) })
  expect(answer.status).toBe(401)
  expect(answer.headers.get('chaveiro-replayed')).toBe('no')
  expect(received.map(({ body }) => body.length)).toEqual([MIB + 1])
  const next = await fetch(`${url}/orders`)
  expect(next.status).toBe(200)
  expect(received.at(-1)?.headers.authorization).toBe(`Bearer ${tokens[1]}`)
})

it('a longer one leaves with its length, if the caller said it, and in chunks otherwise', async () => {
  const { url, received } = await proxiedApi((_received, response) => response.end())
  const stream = new Blob(['x'.repeat(MIB + 1)]).stream()
  for (const body of ['x'.repeat(MIB + 1), stream]) await fetch(`${url}/orders`, sending('POST', body))
  const framing = received.map(({ headers }) => [headers['content-length'], headers['transfer-encoding']])
  expect(framing).toEqual([
    [String(MIB + 1), undefined],
    [undefined, 'chunked'],
  ])
  expect(received.map(({ body }) => body.length)).toEqual([MIB + 1, MIB + 1])
})

it.each([429, 503])('the same for a %s to a long body of unknown length', async (status) => {
  const { url, received } = await proxiedApi((_received, response) => response.writeHead(status).end())
  const body = new Blob(['x'.repeat(MIB + 1)]).stream()
  const answer = await fetch(`${url}/orders`, sending('PUT', body))
  expect(answer.status).toBe(status)
  expect(answer.headers.get('chaveiro-replayed')).toBe('no')
  expect(received).toHaveLength(1)
})

it('a caller that breaks off in its body ends the request to the provider', async () => {
  const ends: Promise<unknown>[] = []
  const { port, outcomes } = await proxiedApi(() => {}, {
    early: (request) => {
      request.resume()
      ends.push(new Promise((resolve) => request.on('close', () => resolve(request.complete))))
      return true
    },
  })
  const headers = { 'content-length': 3 * MIB }
  const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: `${MOUNT}/orders`, headers })
  request.on('error', () => {})
  request.write('x'.repeat(2 * MIB))
  await vi.waitFor(() => expect(ends).toHaveLength(1), PATIENCE)
  request.destroy()
  expect(await ends[0]).toBe(false)
  await vi.waitFor(() => expect(outcomes).toHaveLength(1), PATIENCE)
})

it('a caller that hangs up while it waits ends the request to the provider', async () => {
  let gone: Promise<unknown> | undefined
  const { url } = await proxiedApi((_received, response) => {
    gone = once(response, 'close')
  })
  const caller = new AbortController()
  const answer = fetch(`${url}/orders`, { method: 'POST', body: '{}', signal: caller.signal })
  const ended = answer.catch((error: unknown) => error)
  await vi.waitFor(() => expect(gone).toBeDefined(), PATIENCE)
  caller.abort()
  expect(await ended).toBe(caller.signal.reason)
  await gone
})

it('if the provider breaks off, the caller’s connection is destroyed, and never ended cleanly', async () => {
  const { port } = await proxiedApi((_received, response) => {
    response.write('the first half')
    setImmediate(() => response.destroy())
  })
  const answer = await raw(port, `GET ${MOUNT}/orders HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  // The last chunk of a whole answer is empty (RFC 9112 §7.1).
  expect(answer).not.toMatch(/\r\n0\r\n\r\n$/)
})

it('a server that stops ends what is under way', async () => {
  const { url, stop, outcomes, received } = await proxiedApi(() => {})
  const answer = fetch(`${url}/orders`)
  await vi.waitFor(() => expect(received).toHaveLength(1), PATIENCE)
  stop()
  expect(await (await answer).json()).toMatchObject({ status: 503, code: 'stopping', action: 'retry' })
  expect(outcomes).toEqual([{ status: 503, code: 'stopping' }])
})

it('an API that does not answer is a 502 without an address', async () => {
  const { url, apiUrl } = await proxiedApi((_received, response) => response.destroy())
  const answer = await fetch(`${url}/orders`, { method: 'POST' })
  const problem = await answer.text()
  expect(JSON.parse(problem)).toMatchObject({ status: 502, code: 'unavailable', action: 'retry' })
  expect(problem).not.toContain(new URL(apiUrl).port)
})

it('an answer of 64 MiB goes through a caller that reads slowly without being held', async () => {
  const part = Buffer.alloc(MIB, 'z')
  let written = 0
  const { url } = await proxiedApi(async (_received, response) => {
    for (let at = 0; at < 64; at += 1) {
      if (!response.write(part)) await once(response, 'drain')
      written += 1
    }
    response.end()
  })
  const reader = (await fetch(`${url}/export`)).body?.getReader()
  let read = (await reader?.read())?.value?.length ?? 0
  // What sockets and streams hold is a few MiB; the provider waits for the caller with the rest.
  await vi.waitFor(() => expect(written).toBeGreaterThan(0), PATIENCE)
  expect(written).toBeLessThan(48)
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read())
    read += part.value.length
  expect(read).toBe(64 * MIB)
})

it('an answer that comes slowly reaches its caller piece by piece', async () => {
  let answer: ServerResponse | undefined
  const { url } = await proxiedApi((_received, response) => {
    answer = response
    response.write('piece 0')
  })
  const reader = (await fetch(`${url}/events`)).body?.getReader()
  const decoder = new TextDecoder()
  for (let piece = 0; piece < 5; piece += 1) {
    // The next piece is written only when this one has arrived.
    expect(decoder.decode((await reader?.read())?.value)).toBe(`piece ${piece}`)
    if (piece < 4) answer?.write(`piece ${piece + 1}`)
  }
  answer?.end()
  expect((await reader?.read())?.done).toBe(true)
})

it('a long body that comes slowly reaches the API piece by piece', async () => {
  let arrived: IncomingMessage | undefined
  const { port } = await proxiedApi(() => {}, {
    early: (request, response) => {
      arrived = request
      request.once('end', () => response.end('all'))
      return true
    },
  })
  const headers = { 'content-length': 2 * MIB + 3 }
  const request = httpRequest({ port, host: '127.0.0.1', method: 'POST', path: `${MOUNT}/orders`, headers })
  const answered = once(request, 'response')
  request.write('x'.repeat(2 * MIB))
  await vi.waitFor(() => expect(arrived).toBeDefined(), PATIENCE)
  let read = 0
  arrived?.on('data', (chunk: Buffer) => {
    read += chunk.length
  })
  for (let bytes = 2 * MIB; bytes < 2 * MIB + 3; bytes += 1) {
    await vi.waitFor(() => expect(read).toBe(bytes), PATIENCE)
    request.write('x')
  }
  request.end()
  const [response] = await answered
  expect(response.statusCode).toBe(200)
})
