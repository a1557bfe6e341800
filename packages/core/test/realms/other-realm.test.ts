import { runInNewContext } from 'node:vm'
import { createTokenManager } from '@chaveiro/core'
import { expectDone, resolveServer } from '@chaveiro/core/provider'
import { memoryStore, shared } from '@chaveiro/core/shared'
import { describe, expect, test } from 'vitest'
import { failureOfError } from '../../src/http/failure.ts'
import { type RetryRequestInit, retryFetch } from '../../src/retry/index.ts'
import { countingProvider } from '../support/counting-provider.ts'

// What a test runner's `vm` context makes: none of these values is an instance of a class of this realm.
function foreign(code: string, values: Record<string, unknown> = {}): unknown {
  return runInNewContext(code, values)
}

const FOREIGN_URL = `
  class URL {
    constructor(inner) { this.inner = inner }
    get href() { return this.inner.href }
    get origin() { return this.inner.origin }
    get protocol() { return this.inner.protocol }
    get hostname() { return this.inner.hostname }
    get pathname() { return this.inner.pathname }
    get username() { return this.inner.username }
    get password() { return this.inner.password }
    toString() { return this.inner.href }
  }
  new URL(inner)`

describe('values of another realm', () => {
  test.each([
    ['new TypeError("Failed to fetch")', 'network', 'maybe'],
    ['new TypeError("terminated", { cause: new Error("closed") })', 'network', 'maybe'],
    ['new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) })', 'network', 'no'],
    ['new AggregateError([Object.assign(new Error(), { code: "CERT_HAS_EXPIRED" })])', 'other', 'no'],
    ['new Error("not of fetch")', 'other', 'maybe'],
  ])('an error: %s', (code, kind, applied) => {
    const error = foreign(code)
    expect(error).not.toBeInstanceOf(Error)
    expect(failureOfError(error)).toMatchObject({ kind, applied })
  })

  test('bytes in an upload, and the promise of a body', async () => {
    const sent: unknown[] = []
    const inner = async (_input: unknown, init?: RequestInit): Promise<Response> => {
      sent.push(await new Response(init?.body).text())
      return new Response()
    }
    const chunk = foreign('new Uint8Array([111, 108, 97])')
    expect(chunk).not.toBeInstanceOf(Uint8Array)
    const stream = new ReadableStream({
      start: (controller) => {
        controller.enqueue(chunk)
        controller.close()
      },
    })
    const later = foreign('async () => "later"')
    for (const body of [stream, later]) {
      const init: RetryRequestInit = { method: 'PUT' }
      await retryFetch(inner)('https://a.example/', Object.assign(init, { body, duplex: 'half' }))
    }
    expect(sent).toEqual(['ola', 'later'])
  })

  test('the URL of a server and of a call', async () => {
    const url = foreign(FOREIGN_URL, { inner: new URL('https://api.example/x') })
    expect(url).not.toBeInstanceOf(URL)
    const facts = { title: 'Example', servers: {} }
    expect(Reflect.apply(resolveServer, undefined, [facts, { server: url }]).href).toBe('https://api.example/x')
    const asked: string[] = []
    const manager = createTokenManager({
      provider: countingProvider(new URL('https://api.example'), () => 1),
      credentials: () => ({}),
      fetch: async (input) => {
        asked.push(input instanceof Request ? input.url : String(input))
        return new Response()
      },
    })
    await Reflect.apply(manager.account('one').fetch, undefined, [url])
    expect(asked).toEqual(['https://api.example/x'])
  })

  test('a SyntaxError of an answer that is not JSON', async () => {
    const broken = foreign('new SyntaxError("Unexpected token")')
    const answer = async (): Promise<never> => {
      throw broken
    }
    await expect(expectDone('revoke', answer())).resolves.toBeUndefined()
  })

  test('an error of a store, by its code', async () => {
    const error = foreign('Object.assign(new Error("redis://secret"), { code: "ECONNREFUSED" })')
    const store = shared({ ...memoryStore(), read: () => Promise.reject(error) })
    const manager = createTokenManager({
      provider: countingProvider(new URL('https://api.example'), () => 1),
      credentials: () => ({}),
      storeFailure: 'fail',
      store,
    })
    const failure = await manager
      .account('one')
      .getToken()
      .catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ code: 'store', message: expect.stringContaining('(ECONNREFUSED)') })
    expect(String(failure)).not.toContain('secret')
  })
})
