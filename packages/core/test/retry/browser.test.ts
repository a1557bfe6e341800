import { fileURLToPath } from 'node:url'
import { describeWith, startChromium } from '@chaveiro/test-servers'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrivals, type HopAnswer, redirectedTo } from '../support/redirected-post.ts'
import { httpServer, type Received } from './loopback.ts'

const ENTRY = fileURLToPath(new URL('../../src/retry/index.ts', import.meta.url))

interface Outcome {
  readonly status?: number
  readonly redirected?: boolean
  readonly attempts: number
  readonly giveUp?: string
}

describeWith(['chromium'], 'retryFetch in Chromium, which hides redirects', () => {
  let browser: Awaited<ReturnType<typeof startChromium>>
  let tab: Awaited<ReturnType<typeof browser.newPage>>
  let page = ''

  beforeAll(async () => {
    const options = { bundle: true, write: false, format: 'iife', globalName: 'chaveiro', platform: 'browser' } as const
    const { outputFiles } = await build({ ...options, entryPoints: [ENTRY] })
    page = `<!doctype html><script>${(outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script')}</script>`
    browser = await startChromium()
    tab = await browser.newPage()
  }, 60_000)
  afterAll(() => browser?.close())

  /** A page posts an order; what came of it, and what arrived. */
  async function posted(answers: readonly HopAnswer[], more: RequestInit, status = 303): Promise<[Outcome, string[]]> {
    const redirected = redirectedTo(status, answers)
    const received: Received[] = []
    const { url } = await httpServer((response, request) => {
      if (request.path === '/') return void response.writeHead(200, { 'content-type': 'text/html' }).end(page)
      if (request.path === '/favicon.ico') return void response.writeHead(204).end()
      received.push(request)
      redirected(response, request)
    })
    await tab.goto(url)
    const outcome = await tab.evaluate(async (init) => {
      const { retryFetch, attemptsOf } = Reflect.get(globalThis, 'chaveiro')
      const send = retryFetch(fetch, { baseMs: 0, throttleBaseMs: 0 })
      try {
        const response = await send('/orders', init)
        return { status: response.status, redirected: response.redirected, ...attemptsOf(response) }
      } catch (error) {
        return attemptsOf(error)
      }
    }, more)
    return [outcome, arrivals(received)]
  }

  test('a POST is followed to its answer as by fetch', async () => {
    const [outcome, arrived] = await posted([], { method: 'POST', body: '{}' })
    expect(outcome).toMatchObject({ status: 200, redirected: true, attempts: 1 })
    expect(arrived).toEqual(['POST /orders', 'GET /done'])
  })

  test.each([429, 503])('a %d from behind the redirect is returned, and the POST not sent again', async (status) => {
    const [outcome, arrived] = await posted([status], { method: 'POST', body: '{}' })
    expect(outcome).toMatchObject({ status, attempts: 1, giveUp: 'unsafe-method' })
    expect(arrived).toEqual(['POST /orders', 'GET /done'])
  })

  test.each([{}, { 'idempotency-key': 'k1' }])(
    'after an error it is not sent again, with the headers %o',
    async (headers) => {
      // Chromium itself asks once more over a new connection when the GET's is lost.
      const [outcome, arrived] = await posted(['reset', 'reset', 'reset'], { method: 'POST', body: '{}', headers })
      expect(outcome).toMatchObject({ attempts: 1, giveUp: 'unsafe-method' })
      expect(arrived.filter((line) => line.startsWith('POST'))).toHaveLength(1)
    },
  )

  test('a PUT may be applied twice, and is retried as ever', async () => {
    const [outcome, arrived] = await posted([503], { method: 'PUT', body: '{}' }, 307)
    expect(outcome).toMatchObject({ status: 200, attempts: 2 })
    expect(arrived).toEqual(['PUT /orders', 'PUT /done', 'PUT /orders', 'PUT /done'])
  })
})
