import { createReadStream } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type RetryRequestInit, retryFetch } from '../../src/retry/index.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { watchedUpload } from '../support/watched-upload.ts'
import { closedPort } from './loopback.ts'
import { withoutWaiting } from './without-waiting.ts'

const unused = (): never => expect.fail('it was sent')
const upload = (body: ReadableStream, more: RequestInit = {}): RetryRequestInit & { duplex: 'half' } => ({
  method: 'PUT',
  body,
  duplex: 'half',
  ...more,
})

describe('an upload whose request is not sent is cancelled with the reason', () => {
  test('when the caller had aborted before', async () => {
    const { stream, cancelled } = watchedUpload()
    const call = retryFetch(unused, withoutWaiting())(
      'https://a.example/',
      upload(stream, { signal: AbortSignal.abort('enough') }),
    )
    await expect(call).rejects.toBe('enough')
    expect(cancelled).toEqual(['enough'])
  })

  test('when a header is not valid', async () => {
    const { stream, cancelled } = watchedUpload()
    const call = retryFetch(unused, withoutWaiting())('https://a.example/', upload(stream, { headers: { 'a b': 'c' } }))
    const error = await call.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(cancelled).toEqual([error])
  })

  test('when it is a Request', async () => {
    const { stream, cancelled } = watchedUpload()
    const init: RequestInit & { duplex: 'half' } = { method: 'PUT', body: stream, duplex: 'half' }
    const request = new Request('https://a.example/', init)
    const call = retryFetch(unused, withoutWaiting())(request, { signal: AbortSignal.abort('enough') })
    await expect(call).rejects.toBe('enough')
    expect(cancelled).toEqual(['enough'])
  })

  test('when a part of it was read, and cannot be sent', async () => {
    const { stream, cancelled } = watchedUpload({ chunk: 'not bytes' })
    const error = await retryFetch(unused, withoutWaiting())('https://a.example/', upload(stream)).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(TypeError)
    expect(cancelled).toEqual([error])
  })

  test('when the time is over before it has been read', async () => {
    const clock = new FakeClock()
    const { stream, cancelled } = watchedUpload({ chunk: undefined })
    const call = retryFetch(unused, { clock, timeoutMs: 1_000 })('https://a.example/', upload(stream))
    const error = await clock.run(call).catch((thrown: unknown) => thrown)
    expect(error).toHaveProperty('name', 'TimeoutError')
    expect(cancelled).toEqual([error])
  })

  test('when no server listens, although fetch itself leaves it open', async () => {
    const { stream, cancelled } = watchedUpload()
    const error = await retryFetch(fetch, withoutWaiting())(await closedPort(), upload(stream)).catch(
      (thrown: unknown) => thrown,
    )
    expect(cancelled).toEqual([error])
  })

  test('when it is a file, which is closed', async () => {
    const file = createReadStream(fileURLToPath(import.meta.url))
    const closed = new Promise<void>((resolve) => void file.on('close', resolve))
    const init: RequestInit = { method: 'PUT', signal: AbortSignal.abort('enough') }
    Object.assign(init, { body: file })
    await expect(retryFetch(unused, withoutWaiting())('https://a.example/', init)).rejects.toBe('enough')
    await closed
    expect(file.destroyed).toBe(true)
  })

  test('but not when another reader has it', async () => {
    const { stream, cancelled } = watchedUpload()
    const reader = stream.getReader()
    await expect(retryFetch(unused, withoutWaiting())('https://a.example/', upload(stream))).rejects.toThrow(TypeError)
    expect(cancelled).toEqual([])
    reader.releaseLock()
  })
})
