import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Fetch } from '@chaveiro/core'
import { type RetryRequestInit, retryFetch } from '@chaveiro/core/retry'
import nodeFetch from 'node-fetch'
import { Response as UndiciResponse, fetch as undici7 } from 'undici'
import { fetch as undici6 } from 'undici6'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** Another library's fetch, whose types of init and Response are its own. */
function foreign(send: (...call: never[]) => unknown): Fetch {
  return (...call) => Reflect.apply(send, undefined, call)
}

const FETCHES = { platform: fetch, undici6: foreign(undici6), undici7: foreign(undici7), nodeFetch: foreign(nodeFetch) }

// Every byte value, so that no text encoding goes unnoticed.
const BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte)

function form(): FormData {
  const data = new FormData()
  data.append('na"me', 'José\nSilva')
  data.append('file', new File([BYTES], 'chave "1".png', { type: 'image/png' }))
  return data
}

const BODIES: Readonly<Record<string, () => RetryRequestInit['body']>> = {
  string: () => 'olá €',
  bytes: () => BYTES,
  ArrayBuffer: () => BYTES.slice().buffer,
  Blob: () => new Blob([BYTES], { type: 'image/png' }),
  URLSearchParams: () => new URLSearchParams({ a: '1', b: 'ç' }),
  FormData: form,
  'a function of FormData': () => form,
  stream: () => new Blob([BYTES]).stream(),
}

const received: { headers: IncomingHttpHeaders; body: Buffer }[] = []
const server = createServer(async (incoming, outgoing) => {
  received.push({ headers: incoming.headers, body: await buffer(incoming) })
  // The first of two is refused, so each body is sent twice.
  outgoing.writeHead(received.length % 2 === 1 ? 503 : 200).end('an answer')
})
let url = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  url = typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : ''
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe.each(Object.entries(FETCHES))('through %s', (_, send) => {
  it.each(Object.entries(BODIES))('a body of kind %s arrives byte for byte, twice', async (_kind, body) => {
    received.length = 0
    const response = await retryFetch(send, { random: () => 0 })(url, { method: 'PUT', body: body() })
    expect([response.status, await response.text()]).toEqual([200, 'an answer'])
    const own = body()
    // What the platform itself makes of it.
    const expected = await read(new Response(typeof own === 'function' ? await own() : own))
    expect(await Promise.all(received.map(arrived))).toEqual([expected, expected])
  })
})

function arrived({ headers, body }: (typeof received)[number]): Promise<unknown> {
  const type = headers['content-type']
  return read(new Response(Uint8Array.from(body), { headers: type === undefined ? {} : { 'content-type': type } }))
}

/** The type and the bytes of a body; of a form its entries, because every encoding has another boundary. */
async function read(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type')
  if (!type?.startsWith('multipart/')) return [type, await response.arrayBuffer()]
  const entries = [...(await response.formData())].map(async ([name, value]) =>
    typeof value === 'string' ? [name, value] : [name, value.name, value.type, await value.arrayBuffer()],
  )
  return Promise.all(entries)
}

it('a response of undici’s own class is returned as it is', async () => {
  received.length = 1
  const response: unknown = await retryFetch(FETCHES.undici7)(url)
  expect(response).toBeInstanceOf(UndiciResponse)
})
