import { describe, expect, test } from 'vitest'
import { attemptsOf, type Fetch, retryFetch } from '../../src/retry/index.ts'
import { retrying } from '../../src/retry/retry-fetch.ts'
import { resolveRetryOptions } from '../../src/retry/retry-options.ts'
import { httpServer } from './loopback.ts'
import { withoutWaiting } from './without-waiting.ts'

describe('a Request object', () => {
  test('reaches the given fetch as a URL and a plain init, with the properties that frameworks hang on it', async () => {
    const request = Object.assign(
      new Request('https://a.example/', { method: 'PUT', body: 'x', headers: { a: '1' }, referrer: '' }),
      { next: { revalidate: 60 }, cf: { cacheTtl: 5 } },
    )
    const sent: unknown[] = []
    const inner: Fetch = async (...call) => {
      sent.push(call)
      return new Response(null, { status: sent.length === 1 ? 503 : 200 })
    }
    const undefinedOnes: Record<string, unknown> = { method: undefined, credentials: undefined }
    await retryFetch(inner, withoutWaiting())(request, undefinedOnes)
    const plain = {
      method: 'PUT',
      headers: { a: '1', 'content-type': 'text/plain;charset=UTF-8' },
      body: new TextEncoder().encode('x').buffer,
      credentials: 'same-origin',
      referrer: '',
      next: { revalidate: 60 },
      cf: { cacheTtl: 5 },
    }
    expect(sent).toMatchObject(Array(2).fill(['https://a.example/', plain]))
  })

  test('keeps them when it is sent elsewhere', async () => {
    const request = Object.assign(
      new Request('https://a.example/', { method: 'PUT', body: 'x', credentials: 'omit' }),
      {
        next: { revalidate: 60 },
      },
    )
    const policy = resolveRetryOptions(withoutWaiting())
    const sent: RequestInit[] = []
    const inner = async (_input: unknown, init: RequestInit = {}): Promise<Response> => {
      sent.push(init)
      return new Response()
    }
    const leg = { url: new URL('https://a.example/there'), asGet: false, isElsewhere: false }
    await retrying(request, {}, policy, (attempt) => attempt.transmit(inner, attempt.headers, leg))
    expect(sent[0]).toMatchObject({ method: 'PUT', credentials: 'omit', next: { revalidate: 60 } })
    expect(await new Response(sent[0]?.body).text()).toBe('x')
  })

  test('properties of the init stay too', async () => {
    const inits: unknown[] = []
    const inner = async (_input: unknown, init?: RequestInit): Promise<Response> => {
      inits.push(init)
      return new Response(null, { status: inits.length === 1 ? 503 : 200 })
    }
    const init: RequestInit & { next: unknown } = { next: { tags: ['a'] }, credentials: 'include' }
    await retryFetch(inner, withoutWaiting())('https://a.example/', init)
    expect(inits).toMatchObject(Array(2).fill({ next: { tags: ['a'] }, credentials: 'include' }))
  })

  test('that was used already is refused by fetch, once', async () => {
    const { url, received } = await httpServer((response) => response.end())
    const request = new Request(url, { method: 'PUT', body: 'x' })
    await request.text()
    const error = await retryFetch(fetch, withoutWaiting())(request).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(attemptsOf(error)).toMatchObject({ attempts: 1, giveUp: 'body-not-replayable' })
    expect(received).toHaveLength(0)
  })

  test('and so is a GET with a body', async () => {
    const error = await retryFetch(fetch, withoutWaiting())('http://127.0.0.1/', { body: 'x' }).catch(
      (thrown: unknown) => thrown,
    )
    expect(attemptsOf(error)).toMatchObject({ attempts: 1, giveUp: 'body-not-replayable' })
  })
})
