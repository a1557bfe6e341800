import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { beforeAll, expect, test } from 'vitest'
import { httpServer } from '../retry/loopback.ts'

const WORKER = `
  import { createTokenManager } from '@chaveiro/core'
  import { defineProvider } from '@chaveiro/core/provider'
  export default {
    async fetch(_, { server }) {
      const provider = defineProvider({
        id: 'example', server: new URL(server), refreshKind: 'none', repeat: 'free',
        async acquire(io) {
          const { token } = await (await io.fetch(new URL('/token', server), { method: 'POST' })).json()
          return { accessToken: token }
        },
      })
      const caches = []
      const own = (url, init) => {
        caches.push(init.cache ?? 'not said')
        return fetch(url, init)
      }
      const account = createTokenManager({ provider, credentials: () => ({}), fetch: own }).account('one')
      const form = new FormData()
      form.append('a', 'b')
      const request = new Request(new URL('/orders', server), { method: 'POST', body: 'x' })
      const statuses = []
      for (const send of [() => account.fetch('/orders'), () => account.fetch(request),
        () => account.fetch('/orders', { method: 'POST', body: form })]) statuses.push((await send()).status)
      return Response.json({ statuses, caches })
    },
  }`

let script = ''
beforeAll(async () => {
  const bundle = await build({
    stdin: { contents: WORKER, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['@chaveiro/source', 'workerd', 'worker'],
  })
  script = bundle.outputFiles[0]?.text ?? ''
}, 120_000)

// The field exists from the compatibility date 2024-11-11; before it, workerd throws when it is set.
// https://developers.cloudflare.com/workers/configuration/compatibility-flags/
test.each([
  ['2022-03-01', 'not said'],
  ['2024-11-10', 'not said'],
  ['2024-11-11', 'no-store'],
  ['2026-04-01', 'no-store'],
])('in workerd of %s calls are sent, with cache: %s', { timeout: 120_000 }, async (compatibilityDate, cache) => {
  const { url, received } = await httpServer((response) => response.end('{"token":"live"}'))
  const worker = new Miniflare({ modules: true, script, compatibilityDate, cf: false, bindings: { server: url } })
  try {
    const answer: unknown = await (await worker.dispatchFetch('https://worker.example')).json()
    expect(answer).toEqual({ statuses: [200, 200, 200], caches: [cache, cache, cache, cache] })
    const sent = received.map(({ method, path, headers }) => `${method} ${path} ${headers.authorization ?? 'unsigned'}`)
    const post = 'POST /orders Bearer live'
    expect(sent).toEqual(['POST /token unsigned', 'GET /orders Bearer live', post, post])
    expect(received[2]?.body.toString()).toBe('x')
    expect(received[3]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
    expect(received[3]?.body.toString()).toContain('name="a"\r\n\r\nb\r\n')
  } finally {
    await worker.dispose()
  }
})
