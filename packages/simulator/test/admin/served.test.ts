import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { createAdmin } from '../../src/admin.ts'
import { createAdminClient } from '../../src/client.ts'
import { adjustableClock, simulateBitize } from '../../src/index.ts'
import { listen, type SimulatorServer } from '../../src/server.ts'
import { createClient } from '../bitize-client.ts'

const servers: SimulatorServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

const serve = async (hosts?: readonly string[]) => {
  const clock = adjustableClock()
  const bitize = simulateBitize({ clock })
  const admin = createAdmin({ simulators: { bitize }, clock, hosts })
  const server = await listen(bitize, { admin })
  servers.push(server)
  return { bitize, server, client: createClient(fetch, server.url, bitize.credentials) }
}

/** A GET with headers that `fetch` doesn't let through. */
const get = async (url: URL, headers: Record<string, string>): Promise<{ status: number; body: string }> => {
  const [response] = await once(request(new URL('/__simulator/state', url), { headers }).end(), 'response')
  return { status: response.statusCode, body: await text(response) }
}

it('is at the address of the provider, which a typed client takes', async () => {
  const { server, bitize, client } = await serve()
  const admin = createAdminClient({ url: server.url })
  await admin.POST('/faults', { body: { provider: 'bitize', fault: { kind: 'status', status: 503 } } })
  expect((await client.authenticate()).status).toBe(503)
  const { data } = await admin.GET('/state')
  expect(data?.providers).toMatchObject([{ id: 'bitize', url: server.url.href, requests: 1 }])
  const { error } = await admin.POST('/tokens/revoke', { body: { provider: 'acme' } })
  expect(error?.code).toBe('unknown-provider')
  expect(bitize.requests).toHaveLength(1)
})

it('is not there unless it is asked for', async () => {
  const server = await listen(simulateBitize())
  servers.push(server)
  expect((await fetch(new URL('/__simulator/state', server.url))).status).toBe(404)
})

it.each([
  ['its own name', '127.0.0.1', 200],
  ['its name in words', 'localhost', 200],
  ['a name that was allowed', 'simulator', 200],
  ['the name of a page that leads here', 'evil.example', 403],
  ['no name at all', '?', 403],
])('answers a request to %s: %s with %i', async (_, host, status) => {
  const { server } = await serve(['simulator'])
  const answer = await get(server.url, { host: `${host}:${server.url.port}` })
  expect({ status: answer.status, code: JSON.parse(answer.body).code }).toEqual({
    status,
    code: status === 403 ? 'unknown-host' : undefined,
  })
})

it('takes requests of its own page, and of no other', async () => {
  const { server } = await serve()
  expect(await get(server.url, { origin: server.url.origin })).toMatchObject({ status: 200 })
  for (const origin of ['https://evil.example', 'http://127.0.0.1:1', 'null']) {
    const { status, body } = await get(server.url, { origin })
    expect({ status, code: JSON.parse(body).code }).toEqual({ status: 403, code: 'foreign-origin' })
  }
})

it('tells what happens as it happens, until the client goes', async () => {
  const { server, client } = await serve()
  const gone = new AbortController()
  const stream = await fetch(new URL('/__simulator/events', server.url), { signal: gone.signal })
  const reader = (stream.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const until = async (pattern: RegExp): Promise<void> => {
    while (!pattern.test(heard)) heard += (await reader.read()).value ?? ''
  }
  await until(/simulator/)
  await client.authenticate()
  await until(
    /event: request\ndata: \{.*"outcome":"pending".*\n\nevent: request\ndata: \{.*"outcome":"answered".*\n\n/s,
  )
  await createAdminClient({ url: server.url }).POST('/clock/advance', { body: { ms: 1 } })
  await until(/event: changed\ndata: \{"what":"clock"\}/)
  gone.abort()
  await expect(reader.read()).rejects.toThrow('aborted')
})

it('receives a request only after its time on the way', async () => {
  const clock = adjustableClock()
  const bitize = simulateBitize({ clock })
  const server = await listen(bitize, { admin: createAdmin({ simulators: { bitize }, clock }), latencyMs: 600_000 })
  servers.push(server)
  const caller = new AbortController()
  const asked = fetch(server.url, { signal: caller.signal })
  for (let turn = 0; turn < 5; turn += 1) await get(server.url, {})
  expect(bitize.requests).toEqual([])
  caller.abort()
  await expect(asked).rejects.toThrow('aborted')
})
