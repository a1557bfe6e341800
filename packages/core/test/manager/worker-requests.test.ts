import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { afterEach, describe, expect, test } from 'vitest'

// What every request of the Worker shares. The path says what a request does with it.
const WORKER = `
  import { createTokenManager } from '@chaveiro/core'
  import { defineProvider } from '@chaveiro/core/provider'
  let manager
  const sources = {}
  export default {
    async fetch(request, { issuer, options }, context) {
      const url = new URL(request.url)
      const server = new URL(issuer)
      const { refreshOnly, ...own } = options
      const post = async (io, body) => {
        const response = await io.fetch(server, { method: 'POST', body: JSON.stringify(body) })
        const { token, lifeMs } = await response.json()
        return { accessToken: token, refreshToken: 'r-' + token, expiresAt: io.now + lifeMs }
      }
      manager ??= createTokenManager({
        provider: defineProvider({
          id: 'example', server, refreshKind: 'single-use', repeat: 'free',
          acquire: refreshOnly ? undefined : (io) => post(io, {}),
          refresh: (io, { refreshToken }) => post(io, { refreshToken }),
        }),
        credentials: () => ({}),
        tokenCallTimeoutMs: 1_000,
        ...own,
      })
      const name = url.searchParams.get('account') ?? 'one'
      const account = url.pathname === '/close' ? undefined : sources[name] ??= manager.account(name)
      const actions = {
        get: async () => (await account.getToken()).reveal(),
        reject: async () => String(await account.reject(await account.getToken())),
        seed: () => account.seed({ accessToken: 'seeded', refreshToken: 'r-seeded', expiresAt: Date.now() }),
        end: () => account.end(),
        api: async () => (await account.fetch('/api')).text(),
        warm: async () => JSON.stringify(await manager.warm(['one', 'two', 'three'])),
        close: () => manager.close(),
        status: async () => JSON.stringify(await account.status()),
      }
      const work = actions[url.pathname.slice(1)]()
      if (url.searchParams.has('waitUntil')) context.waitUntil(work.catch(() => {}))
      // As if its client had gone: workerd ends what a request has under way.
      if (url.searchParams.has('leave')) return new Response('left')
      return work.then((text) => new Response(text ?? 'done'), (error) => new Response(error.code ?? String(error)))
    },
  }`

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

interface Issuer {
  readonly url: string
  /** The bodies of the token calls so far. */
  readonly bodies: string[]
  /** The token calls that have not been answered. */
  readonly open: (() => void)[]
  /** Answers at once from now on. */
  answerAll(lifeMs?: number): void
  /** Holds answers back again. */
  hold(): void
  /** Resolves when this many token calls have come. */
  called(times: number): Promise<void>
}

/** An issuer over real sockets that answers when the test wants. Also the API. */
async function issuer(): Promise<Issuer> {
  const bodies: string[] = []
  const open: (() => void)[] = []
  const waiting: { readonly times: number; readonly resolve: () => void }[] = []
  let isOpen = false
  let life = 3_600_000
  const answer = (response: ServerResponse, number: number): void => {
    response.end(JSON.stringify({ token: `token-${number}`, lifeMs: life }))
  }
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      request.resume()
      response.end(`api with ${request.headers.authorization}`)
      return
    }
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      const number = bodies.push(body)
      if (isOpen) answer(response, number)
      else open.push(() => answer(response, number))
      for (const { times, resolve } of waiting) if (bodies.length >= times) resolve()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port }: AddressInfo = JSON.parse(JSON.stringify(server.address()))
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    open,
    answerAll(lifeMs = life) {
      life = lifeMs
      isOpen = true
      for (const answerOne of open.splice(0)) answerOne()
    },
    hold: () => {
      isOpen = false
    },
    called: (times) =>
      new Promise((resolve) => {
        if (bodies.length >= times) resolve()
        else waiting.push({ times, resolve })
      }),
  }
}

const script = build({
  stdin: { contents: WORKER, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
  bundle: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  conditions: ['@chaveiro/source', 'workerd', 'worker'],
}).then(({ outputFiles }) => outputFiles[0]?.text ?? '')

/** Starts the Worker. What it returns sends one request to it and resolves with its answer's text. */
async function worker(
  issuer: Issuer,
  options: Record<string, unknown> = {},
): Promise<(path: string) => Promise<string>> {
  const miniflare = new Miniflare({
    modules: true,
    script: await script,
    compatibilityDate: '2025-11-01',
    cf: false,
    bindings: { issuer: issuer.url, options },
    // A request that is gone makes workerd warn of each promise that it leaves behind.
    handleRuntimeStdio: (stdout: Readable, stderr: Readable) => {
      stdout.resume()
      stderr.resume()
    },
  })
  closers.push(() => miniflare.dispose())
  const url = await miniflare.ready
  return async (path) => (await fetch(new URL(path, url))).text()
}

describe('requests of one Worker that share a manager', () => {
  test('wait together for one token call', async () => {
    const calls = await issuer()
    const ask = await worker(calls)
    const first = ask('/get')
    await calls.called(1)
    const others = Array.from({ length: 20 }, (_, index) => ask(index % 2 === 0 ? '/get' : '/api'))
    // Each of them has come as far as it can once a later one was served.
    await ask('/status')
    calls.answerAll()
    expect(await first).toBe('token-1')
    const answers = await Promise.all(others)
    expect(answers.filter((_, index) => index % 2 === 0)).toEqual(Array(10).fill('token-1'))
    expect(answers.filter((_, index) => index % 2 === 1)).toEqual(Array(10).fill('api with Bearer token-1'))
    expect(calls.bodies).toHaveLength(1)
    expect(await ask('/get')).toBe('token-1')
  })

  test('get a token although the one that began the call is gone: the call counts as lost', async () => {
    const calls = await issuer()
    const ask = await worker(calls)
    expect(await ask('/get?leave')).toBe('left')
    await calls.called(1)
    const others = [ask('/get'), ask('/get'), ask('/api'), ask('/warm')]
    await calls.called(2)
    calls.answerAll()
    const [one, two, api, warm] = await Promise.all(others)
    expect(one).toMatch(/^token-[234]$/)
    expect([two, api]).toEqual([one, `api with Bearer ${one}`])
    expect(JSON.parse(warm ?? '')).toMatchObject({ ready: 3, failed: [] })
    expect(calls.bodies.filter((body) => body === '{}')).toHaveLength(4)
  })

  test('leave a call to the one that is gone where `waitUntil` keeps it alive', async () => {
    const calls = await issuer()
    const ask = await worker(calls, { tokenCallTimeoutMs: 10_000 })
    expect(await ask('/get?leave&waitUntil')).toBe('left')
    await calls.called(1)
    const other = ask('/get')
    calls.answerAll()
    expect(await other).toBe('token-1')
    expect(calls.bodies).toHaveLength(1)
  })

  test('never take a refresh that was sent for one that was not', async () => {
    const calls = await issuer()
    const ask = await worker(calls, { refreshOnly: true })
    await ask('/seed')
    expect(await ask('/get?leave')).toBe('left')
    await calls.called(1)
    expect(await ask('/get')).toBe('unavailable')
    expect(JSON.parse(await ask('/status'))).toMatchObject({ lastFailure: { code: 'unavailable' } })
    expect(await ask('/get')).toBe('unavailable')
    expect(calls.bodies).toEqual(['{"refreshToken":"r-seeded"}'])
  })

  test('get the place at the endpoint back that a request took with it', async () => {
    const calls = await issuer()
    const ask = await worker(calls, { tokenCallsAtOnce: 1 })
    expect(await ask('/get?leave')).toBe('left')
    await calls.called(1)
    const another = ask('/get?account=two')
    await calls.called(2)
    calls.answerAll()
    expect(await another).toBe('token-2')
  }, 40_000)

  test.each(['/close', '/end', '/seed'])('do not wait forever in %s', async (path) => {
    const calls = await issuer()
    const ask = await worker(calls)
    expect(await ask('/get?leave')).toBe('left')
    await calls.called(1)
    expect(await ask(`${path}?leave`)).toBe('left')
    expect(await ask(path)).toBe('done')
    calls.answerAll()
    expect(await ask('/get')).toBe(path === '/close' ? 'closed' : 'token-2')
  })

  test('refresh again after a background refresh that ended with its request', async () => {
    const calls = await issuer()
    const ask = await worker(calls, { refreshWindowMs: 1_800_000 })
    calls.answerAll(4_000)
    // The second half of its life is its window.
    expect(await ask('/get')).toBe('token-1')
    calls.hold()
    let answer = ''
    while (calls.bodies.length < 2) answer = await ask('/get')
    expect(answer).toBe('token-1')
    calls.answerAll(3_600_000)
    let later = ''
    for (later = await ask('/get'); later === 'token-1'; later = await ask('/get'));
    expect(later).toMatch(/^token-[34]$/)
  }, 30_000)
})
