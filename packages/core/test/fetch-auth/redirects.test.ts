import type { ServerResponse } from 'node:http'
import { attemptsOf } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { httpServer } from '../retry/loopback.ts'
import { type ApiServer, type ApiServerOptions, apiServer } from '../support/api-server.ts'

const CUSTOM: ApiServerOptions['provider'] = {
  authorize: (headers, { accessToken }) => headers.set('x-api-token', accessToken),
}

/** Sends `/from` on to `location`; answers everything else. */
function redirecting(status: number, location: string, options: Partial<ApiServerOptions> = {}): Promise<ApiServer> {
  return apiServer({
    answer: (response, { path }) => {
      if (path === '/from') response.writeHead(status, { location }).end('moved')
      else response.end(`here: ${path}`)
    },
    ...options,
  })
}

async function elsewhere(): Promise<{ url: string; received: { headers: object }[] }> {
  return httpServer((response: ServerResponse) => void response.end('stolen'))
}

describe('a redirect to the same origin [RJ13]', () => {
  test('is followed with the token', async () => {
    const { source, received } = await redirecting(302, '/to?x=1')
    expect(await (await source.fetch('/from')).text()).toBe('here: /to?x=1')
    expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-1'])
  })

  test('is followed with a token in a header of its own too', async () => {
    const { source, received } = await redirecting(307, '/to', { provider: CUSTOM })
    await source.fetch('/from')
    expect(received.map(({ headers }) => headers['x-api-token'])).toEqual(['token-1', 'token-1'])
  })

  test.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [301, 'PUT', 'PUT', 'body'],
    [307, 'POST', 'POST', 'body'],
    [308, 'PUT', 'PUT', 'body'],
    [303, 'HEAD', 'HEAD', ''],
    [302, 'GET', 'GET', ''],
  ])('with %d turns %s into %s, as fetch does', async (status, method, becomes, body) => {
    const { source, received } = await redirecting(status, '/to')
    const content =
      method === 'GET' || method === 'HEAD' ? {} : { body: 'body', headers: { 'content-type': 'text/x', 'x-own': '1' } }
    await source.fetch('/from', { method, ...content })
    expect(received.map((request) => request.method)).toEqual([method, becomes])
    expect(received[1]?.body.toString()).toBe(body)
    expect(received[1]?.headers['content-type']).toBe(body === '' ? undefined : 'text/x')
    expect(received[1]?.headers['x-own']).toBe('body' in content ? '1' : undefined)
  })

  test('is followed from a Request, with its method, headers and body', async () => {
    const { source, received, url } = await redirecting(308, '/to')
    await source.fetch(new Request(new URL('/from', url), { method: 'PATCH', headers: { 'x-own': '1' }, body: 'text' }))
    expect(received.map(({ method, path, headers, body }) => [method, path, headers['x-own'], String(body)])).toEqual([
      ['PATCH', '/from', '1', 'text'],
      ['PATCH', '/to', '1', 'text'],
    ])
  })

  test('and refused there is replayed from the start with a new token', async () => {
    const { source, received } = await apiServer({
      answer: (response, { path, headers }) => {
        if (path === '/from') response.writeHead(307, { location: '/to' }).end()
        else response.writeHead(headers.authorization === 'Bearer token-1' ? 401 : 200).end()
      },
    })
    expect((await source.fetch('/from')).status).toBe(200)
    expect(received.map(({ path, headers }) => `${path} ${headers.authorization}`)).toEqual([
      '/from Bearer token-1',
      '/to Bearer token-1',
      '/from Bearer token-2',
      '/to Bearer token-2',
    ])
  })

  test('is followed for a GET whose operation must never be repeated', async () => {
    const operations = { read: { method: 'GET', path: '/from', security: [], replay: 'never' } } as const
    const { source, received } = await redirecting(302, '/to', { provider: { operations } })
    expect((await source.fetch.with({ operation: 'read' })('/from')).status).toBe(200)
    expect(received).toHaveLength(2)
  })

  test('with a body that cannot be sent again is returned as it came', async () => {
    const { source, received } = await redirecting(307, '/to')
    const body = new ReadableStream({
      start(controller) {
        for (let chunk = 0; chunk < 5; chunk += 1) controller.enqueue(new Uint8Array(300_000))
        controller.close()
      },
    })
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    expect((await source.fetch('/from', init)).status).toBe(307)
    expect(received).toHaveLength(1)
  })

  test.each(['http://', 'http://[', undefined])('with the Location %j is returned as it came', async (location) => {
    const headers = location === undefined ? {} : { location }
    const { source } = await apiServer({ answer: (response) => void response.writeHead(302, headers).end('moved') })
    const response = await source.fetch('/from')
    expect([response.status, await response.text()]).toEqual([302, 'moved'])
  })

  test('that goes round in circles ends as fetch ends it, is not tried again, and names no token', async () => {
    const { source, received } = await apiServer({
      answer: (response) => void response.writeHead(302, { location: '/from' }).end(),
    })
    const error = await source.fetch('/from').catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(attemptsOf(error)).toMatchObject({ attempts: 1, giveUp: 'not-retryable' })
    expect(received).toHaveLength(21)
  })
})

describe('a redirect that leaves the origin [RJ13]', () => {
  test.each([
    ['Authorization', undefined],
    ['a header of its own', CUSTOM],
  ])('is not followed, so a token in %s goes nowhere', async (_where, provider) => {
    const other = await elsewhere()
    const { source } = await redirecting(302, other.url, provider ? { provider } : {})
    const response = await source.fetch('/from')
    expect([response.status, response.headers.get('location'), await response.text()]).toEqual([
      302,
      other.url,
      'moved',
    ])
    expect(other.received).toEqual([])
  })

  test.each([
    ['without a scheme', (host: string) => `//${host}/x`],
    ['with backslashes', (host: string) => `\\\\${host}/x`],
    ['with our host as user name', (host: string, own: string) => `http://${own}@${host}/`],
  ])('%s is not followed', async (_name, locate) => {
    const other = await elsewhere()
    let location = ''
    const { source, url } = await apiServer({
      answer: (response, { path }) =>
        void (path === '/from' ? response.writeHead(302, { location }).end() : response.end()),
    })
    location = locate(new URL(other.url).host, url.host)
    expect((await source.fetch('/from')).status).toBe(302)
    expect(other.received).toEqual([])
  })

  test('to the same host with a user name is not followed: that asks for another authentication', async () => {
    let location = ''
    const { source, received, url } = await apiServer({
      answer: (response, { path }) =>
        void (path === '/from' ? response.writeHead(302, { location }).end() : response.end()),
    })
    location = `http://user:pass@${url.host}/to`
    expect((await source.fetch('/from')).status).toBe(302)
    expect(received).toHaveLength(1)
  })

  test('to plain http is not followed', async () => {
    const { source } = await redirecting(301, 'http://api.example.com/from')
    expect((await source.fetch('/from')).status).toBe(301)
  })

  test('is followed with the token where alsoSendTo names that origin', async () => {
    const other = await elsewhere()
    const { source } = await redirecting(307, `${other.url}/x`, { manager: { alsoSendTo: [new URL(other.url)] } })
    expect(await (await source.fetch('/from')).text()).toBe('stolen')
    expect(other.received[0]?.headers).toMatchObject({ authorization: 'Bearer token-1' })
  })
})

describe('what the caller says about redirects [RJ13]', () => {
  test('manual returns the redirect', async () => {
    const { source, received } = await redirecting(302, '/to')
    expect((await source.fetch('/from', { redirect: 'manual' })).status).toBe(302)
    expect(received).toHaveLength(1)
  })

  test.each(['in the init', 'on the Request'])('error %s is a TypeError after one request', async (where) => {
    const { source, received, url } = await redirecting(302, '/to')
    const target = new URL('/from', url)
    const call =
      where === 'in the init'
        ? source.fetch(target, { redirect: 'error' })
        : source.fetch(new Request(target, { redirect: 'error' }))
    const error = await call.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TypeError)
    expect(attemptsOf(error)).toMatchObject({ attempts: 1 })
    expect(received).toHaveLength(1)
  })

  test.each<[RequestRedirect, number]>([
    ['follow', 2],
    ['error', 1],
  ])('%s frees the bodies of redirects that will not be read', async (redirect, sent) => {
    const answers: Response[] = []
    const fetch = async (input: string | URL | Request): Promise<Response> => {
      const hasMoved = new Request(input).url.endsWith('/from')
      const init = hasMoved ? { status: 302, headers: { location: '/to' } } : {}
      answers.push(new Response('moved', init))
      return answers[answers.length - 1] ?? Response.error()
    }
    const { source } = await apiServer({ manager: { fetch } })
    await source.fetch('/from', { redirect }).catch(() => {})
    expect(answers).toHaveLength(sent)
    expect(answers[0]?.bodyUsed).toBe(true)
    expect(answers[1]?.bodyUsed).not.toBe(true)
  })

  test('an opaque redirect of a platform that hides them is returned, or refused if the caller wants an error', async () => {
    const hidden = new Response(null)
    Object.defineProperties(hidden, { status: { value: 0 }, ok: { value: false }, type: { value: 'opaqueredirect' } })
    const { source } = await apiServer({ manager: { fetch: async () => hidden } })
    expect(await source.fetch('/from')).toBe(hidden)
    await expect(source.fetch('/from', { redirect: 'error' })).rejects.toThrow(TypeError)
  })
})
