import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { simulateBitize } from '../src/index.ts'
import { listen } from '../src/server.ts'
import { createClient, errorOf } from './bitize-client.ts'

describe('the server', () => {
  it('listens on a free port of 127.0.0.1, and stops', async () => {
    const server = await listen(simulateBitize())
    expect(server.url.hostname).toBe('127.0.0.1')
    expect(Number(server.url.port)).toBeGreaterThan(0)
    expect((await fetch(new URL('/vendors', server.url))).status).toBe(401)
    await server.close()
    await server.close()
    await expect(fetch(server.url)).rejects.toBeInstanceOf(TypeError)
  })

  it('takes the port that it is given, and says so when that is taken', async () => {
    const first = await listen(simulateBitize())
    const port = Number(first.url.port)
    await expect(listen(simulateBitize(), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    await first.close()
    const second = await listen(simulateBitize(), { port })
    expect(second.url.port).toBe(first.url.port)
    await second[Symbol.asyncDispose]()
  })

  it('shares its state with the in-process fetch', async () => {
    const bitize = simulateBitize()
    const server = await listen(bitize)
    const { access_token } = await createClient(fetch, server.url, bitize.credentials).tokens()
    const inside = createClient(bitize.fetch, bitize.url, bitize.credentials)
    expect((await inside.api('/vendors', access_token)).status).toBe(200)
    await server.close()
  })

  it('keeps to its own origin, whatever the request target says', async () => {
    const bitize = simulateBitize()
    const server = await listen(bitize)
    const response = await fetch(`${server.url.origin}//elsewhere.test/auth`)
    expect(response.status).toBe(404)
    expect(bitize.requests).toMatchObject([{ path: '//elsewhere.test/auth', operation: undefined }])
    await server.close()
  })

  it('answers a thousand callers at once', async () => {
    const bitize = simulateBitize()
    const server = await listen(bitize)
    const client = createClient(fetch, server.url, bitize.credentials)
    const { access_token } = await client.tokens()
    const answers = await Promise.all(Array.from({ length: 1_000 }, () => client.api('/vendors', access_token)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1_000)
    expect(bitize.count('listVendors')).toBe(1_000)
    await Promise.all(answers.map((answer) => answer.text()))
    await server.close()
  })

  it('cuts hanging connections when it closes', async () => {
    const bitize = simulateBitize()
    const server = await listen(bitize)
    const hang = bitize.faults.next({ kind: 'hang' })
    const call = errorOf(fetch(server.url))
    await hang.met
    await server.close()
    expect(await call).toBeInstanceOf(TypeError)
  })

  it('outlives a caller who dies in the middle of a request', async () => {
    const bitize = simulateBitize()
    const server = await listen(bitize)
    const socket = connect(Number(server.url.port), '127.0.0.1')
    socket.write('POST /auth HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{')
    // The server has read the head once it answers a later request.
    await fetch(server.url)
    socket.resetAndDestroy()
    await once(socket, 'close')
    expect((await fetch(new URL('/vendors', server.url))).status).toBe(401)
    expect(bitize.count('authenticate')).toBe(0)
    await server.close()
  })

  it('answers 501 to the one method that a fetch cannot express', async () => {
    const bitize = simulateBitize()
    const server = await listen(bitize)
    const traced = request(server.url, { method: 'TRACE' }).end()
    const [response] = await once(traced, 'response')
    expect(response).toHaveProperty('statusCode', 501)
    expect(bitize.count()).toBe(0)
    await server.close()
  })

  it('forgets the body of a GET, as the Fetch standard has none', async () => {
    const bitize = simulateBitize()
    const server = await listen(bitize)
    const get = request(new URL('/vendors', server.url), { headers: { 'content-length': 2 } }).end('{}')
    const [response] = await once(get, 'response')
    expect(response).toHaveProperty('statusCode', 401)
    await server.close()
  })
})
