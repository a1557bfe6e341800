import { getEventListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { rawAnswer } from '../../src/node/index.ts'
import { NodeResponse } from '../../src/node/node-response.ts'
import { retryFetch } from '../../src/retry/index.ts'
import { httpServer } from '../retry/loopback.ts'
import { ownFetch } from './own-fetch.ts'

async function textOf({ body }: ReturnType<typeof rawAnswer>): Promise<string> {
  const chunks: Uint8Array[] = []
  for (let chunk = await body?.read(); chunk; chunk = await body?.read()) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

describe('a response taken apart', () => {
  test('has its fields as they came, and its body', async () => {
    const { url } = await httpServer((response) => {
      response.writeHead(200, [
        ['X-Twice', 'a'],
        ['X-Twice', 'b'],
      ])
      response.end('all of it')
    })
    const answer = rawAnswer(await ownFetch()(url))
    expect(answer.fields.slice(0, 4)).toEqual(['X-Twice', 'a', 'X-Twice', 'b'])
    expect(await textOf(answer)).toBe('all of it')
    expect(answer.body?.isOver).toBe(true)
  })

  test('of another fetch has the fields as that shows them', async () => {
    const answer = rawAnswer(new Response('all of it', { headers: { 'X-Own': 'a' } }))
    expect(answer.fields).toEqual(['content-type', 'text/plain;charset=UTF-8', 'x-own', 'a'])
    expect(await textOf(answer)).toBe('all of it')
    expect(answer.body?.isOver).toBe(true)
    expect(rawAnswer(new Response(null, { status: 204 })).body).toBeUndefined()
  })

  test('can be read in no other way', async () => {
    const { url } = await httpServer((response) => void response.end('all of it'))
    const response = await ownFetch()(url)
    rawAnswer(response)
    expect([response.bodyUsed, response.body?.locked]).toEqual([true, true])
    await expect(response.text()).rejects.toThrow(TypeError)
    expect(() => response.clone()).toThrow(TypeError)
    expect(() => rawAnswer(response)).toThrow(TypeError)
  })

  test('that is cancelled ends its connection', async () => {
    const { url, closed } = await neverEnding()
    const { body } = rawAnswer(await ownFetch()(url))
    expect(Buffer.from((await body?.read()) ?? '').toString()).toBe('first')
    body?.cancel()
    await closed
    expect(await body?.read()).toBeUndefined()
  })
})

describe('a response of nodeFetch', () => {
  test('reads its body itself in every way that the platform’s has', () => {
    const own = Object.getOwnPropertyNames(NodeResponse.prototype)
    const ofHead = ['constructor', 'headers', 'ok', 'redirected', 'status', 'statusText', 'type']
    const missing = Object.getOwnPropertyNames(Response.prototype).filter((name) => !own.includes(name))
    expect(missing.filter((name) => !ofHead.includes(name))).toEqual([])
  })

  test('is read once', async () => {
    const { url } = await httpServer((response) => void response.end('"it"'))
    const fetch = ownFetch()
    const ways: ((response: Response) => Promise<unknown>)[] = [
      (response) => response.text(),
      (response) => response.json(),
      (response) => response.bytes(),
      (response) => response.arrayBuffer(),
      (response) => response.blob(),
      async (response) => response.body?.getReader().read(),
    ]
    for (const first of ways) {
      const response = await fetch(url)
      await first(response)
      expect(response.bodyUsed).toBe(true)
      for (const second of ways.slice(0, -1)) await expect(second(response)).rejects.toThrow(TypeError)
    }
  })

  test('can be copied, and both can be read', async () => {
    const { url } = await httpServer((response) => void response.end('"it"'))
    const response = await ownFetch()(url)
    expect([await response.clone().json(), await response.json()]).toEqual(['it', 'it'])
  })
})

describe('under retries the caller’s abort', () => {
  test('ends the reading of the body', async () => {
    const { url, closed } = await neverEnding()
    const abort = new AbortController()
    const response = await retryFetch(ownFetch())(url, { signal: abort.signal })
    const text = response.text()
    abort.abort('enough')
    await expect(text).rejects.toBe('enough')
    await closed
    expect(getEventListeners(abort.signal, 'abort')).toEqual([])
  })

  test('is no longer listened for once the body has arrived', async () => {
    const { url } = await httpServer((response) => void response.end('all of it'))
    const { signal } = new AbortController()
    const response = await retryFetch(ownFetch())(url, { signal })
    await response.text()
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('ends a call that waits for its answer', async () => {
    const abort = new AbortController()
    const { url } = await httpServer(() => abort.abort('enough'))
    await expect(retryFetch(ownFetch())(url, { signal: abort.signal })).rejects.toBe('enough')
    expect(getEventListeners(abort.signal, 'abort')).toEqual([])
  })

  test('of a fetch that only passes on to it comes as a signal', async () => {
    const { url } = await neverEnding()
    const abort = new AbortController()
    const own = ownFetch()
    const signals: unknown[] = []
    const response = await retryFetch((input, init) => {
      signals.push(init?.signal)
      return own(input, init)
    })(url, { signal: abort.signal })
    const text = response.text()
    abort.abort('enough')
    await expect(text).rejects.toBe('enough')
    expect(signals).toEqual([expect.any(AbortSignal)])
  })
})

/** An answer that begins. */
async function neverEnding(): Promise<{ readonly url: string; readonly closed: Promise<void> }> {
  let close = (): void => {}
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })
  const { url } = await httpServer((response, { socket }) => {
    socket.once('close', close)
    response.write('first')
  })
  return { url, closed }
}
