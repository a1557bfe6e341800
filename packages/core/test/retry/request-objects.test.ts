import { describe, expect, test } from 'vitest'
import { attemptsOf, retryFetch } from '../../src/fetch/index.ts'
import { retrying } from '../../src/fetch/retry-fetch.ts'
import { resolveRetryOptions } from '../../src/fetch/retry-options.ts'
import { sendingOn } from '../../src/fetch/sending-on.ts'
import { httpServer } from './loopback.ts'
import { withoutWaiting } from './without-waiting.ts'

describe('a Request object', () => {
  test('is handed on itself, with the properties that frameworks hang on it', async () => {
    const request = Object.assign(new Request('https://a.example/', { method: 'PUT', body: 'x' }), {
      next: { revalidate: 60 },
      cf: { cacheTtl: 5 },
    })
    const inputs: unknown[] = []
    const inner = async (input: unknown): Promise<Response> => {
      inputs.push(input)
      return new Response(null, { status: inputs.length === 1 ? 503 : 200 })
    }
    await retryFetch(inner, withoutWaiting())(request)
    expect(inputs).toEqual([request, request])
    expect(inputs[1]).toBe(request)
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
    await retrying(request, {}, policy, (attempt) =>
      attempt.transmit(sendingOn(inner, new URL('https://a.example/there'), false), attempt.headers),
    )
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
