import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import type { Fetch } from '../../src/http/fetch.ts'
import { httpServer } from '../retry/loopback.ts'
import { watchedUpload } from '../support/watched-upload.ts'
import { ownFetch } from './own-fetch.ts'

const contestants: [string, () => Fetch][] = [
  ['the platform', () => (input, init) => globalThis.fetch(input, init)],
  ['nodeFetch', () => ownFetch()],
]

describe.each(contestants)('an abort with %s rejects with the reason', (_name, open) => {
  const reason = new Error('enough')

  test('before it begins: nothing leaves', async () => {
    const { url, received } = await httpServer((response) => void response.end())
    await expect(open()(url, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(received).toEqual([])
  })

  test('while it waits for the answer: the connection ends', async () => {
    const controller = new AbortController()
    let closed: Promise<unknown> | undefined
    const { url } = await httpServer((_response, { socket }) => {
      closed = once(socket, 'close')
      controller.abort(reason)
    })
    await expect(open()(url, { signal: controller.signal })).rejects.toBe(reason)
    await closed
  })

  test('while the body is read: reading rejects', async () => {
    const controller = new AbortController()
    const { url } = await httpServer((response) => void response.write('first'))
    const response = await open()(url, { signal: controller.signal })
    const reader = response.body?.getReader()
    await reader?.read()
    controller.abort(reason)
    await expect(reader?.read()).rejects.toBe(reason)
  })
})

test('an abort cancels what an upload is read from', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const { stream, cancelled } = watchedUpload()
  const { url } = await httpServer((response) => void response.end())
  const init = { method: 'POST', body: stream, signal: controller.signal, duplex: 'half' }
  const call = ownFetch()(url, init)
  controller.abort(reason)
  await expect(call).rejects.toBe(reason)
  expect(cancelled).toEqual([reason])
})

test('a body that is cancelled ends its connection', async () => {
  let closed: Promise<unknown> | undefined
  const { url } = await httpServer((response, { socket }) => {
    closed = once(socket, 'close')
    response.write('first')
  })
  const response = await ownFetch()(url)
  await response.body?.cancel()
  await expect(closed).resolves.toBeDefined()
})

test('a signal keeps no listener of a call that is over', async () => {
  const { url } = await httpServer((response) => void response.end('ok'))
  const { signal } = new AbortController()
  const seen: string[] = []
  const watched = new Proxy(signal, {
    get(target, name) {
      if (name === 'addEventListener' || name === 'removeEventListener') seen.push(name)
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  await (await ownFetch()(url, { signal: watched })).text()
  expect(seen).toEqual(['addEventListener', 'removeEventListener'])
})

test('a slow reader holds the sender back', async () => {
  const chunk = Buffer.alloc(65_536)
  const CHUNKS = 1_000
  let sent = 0
  const { url } = await httpServer((response) => {
    const more = (): void => {
      sent += 1
      if (sent === CHUNKS) response.end(chunk)
      else if (response.write(chunk)) setImmediate(more)
      else response.once('drain', more)
    }
    more()
  })
  const response = await ownFetch()(url)
  const reader = response.body?.getReader()
  let bytes = (await reader?.read())?.value?.byteLength ?? 0
  // As much as that, read at once from another server, has the time to come whole.
  const other = await httpServer((answer) => void answer.end(Buffer.alloc(CHUNKS * chunk.byteLength)))
  await (await fetch(other.url)).arrayBuffer()
  expect(sent).toBeLessThan(CHUNKS)
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) bytes += part.value.byteLength
  expect(bytes).toBe(CHUNKS * chunk.byteLength)
})
