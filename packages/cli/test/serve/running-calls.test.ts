import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { connected, head, statusesIn } from './support/raw-connection.ts'
import { newServer, type Served } from './support/served.ts'

const TOKEN = '/v1/tokens/bitize/shop'

/** A call of the token door that waits for the provider. */
async function waitingCall(served: Served, key = '') {
  const fault = served.simulator.faults.next({ kind: 'hang', operation: 'authenticate' })
  const answer = served.get(TOKEN, key)
  const outcome = answer.then(
    (response) => response.status,
    () => 'cut',
  )
  await fault.met
  return { fault, outcome }
}

it('at its end a server waits for a call that runs, and takes no other', async () => {
  const served = await newServer()
  const { server, keys, get, log, simulator } = served
  const { fault, outcome } = await waitingCall(served, keys['all'])
  const stopped = server.stop()
  await expect(get('/healthz')).rejects.toThrow('fetch failed')
  fault.release()
  expect(await outcome).toBe(200)
  expect(await stopped).toBe(true)
  expect(log().map(({ event }) => event)).toEqual(['listening', 'stopping', undefined, 'stopped'])
  expect(simulator.count('authenticate')).toBe(1)
})

it('a connection that is kept open is closed with its next answer, and an idle one at once', async () => {
  const served = await newServer()
  const { server, keys } = served
  const host = `Host: ${new URL(server.url).host}`
  const [idle, busy] = [await connected(server.url), await connected(server.url)]
  idle.write(head('GET /healthz HTTP/1.1', host))
  await once(idle, 'data')
  const fault = served.simulator.faults.next({ kind: 'hang', operation: 'authenticate' })
  busy.write(head(`GET ${TOKEN} HTTP/1.1`, host, `Authorization: Bearer ${keys['all']}`))
  await fault.met
  const stopped = server.stop()
  idle.resume()
  await once(idle, 'close')
  fault.release()
  const answers = await text(busy)
  expect(statusesIn(answers)).toEqual([200])
  await stopped
})

it('a call that doesn’t end within 7 s is cut, and its token is kept anyway', async () => {
  const served = await newServer()
  const { server, clock, keys, log } = served
  const { fault, outcome } = await waitingCall(served, keys['all'])
  const pending = clock.pending
  const stopped = server.stop()
  await clock.whenPending(pending + 1)
  await clock.advance(7_000)
  expect(await outcome).toBe('cut')
  fault.release()
  expect(await stopped).toBe(true)
  expect(log().map(({ event }) => event)).toEqual(expect.arrayContaining(['stopping', 'cut', 'stopped']))
})

it('a token call that doesn’t end keeps no server for longer than 10 s', async () => {
  const served = await newServer()
  const { server, clock, keys } = served
  const { fault, outcome } = await waitingCall(served, keys['all'])
  const pending = clock.pending
  const stopped = server.stop()
  await clock.whenPending(pending + 1)
  await clock.advance(7_000)
  expect(await outcome).toBe('cut')
  await served.closing
  await clock.advance(3_000)
  expect(await stopped).toBe(false)
  fault.release()
})

it('a key that is revoked refuses new calls; one that runs goes on', async () => {
  const served = await newServer()
  const { clock, keys, get, revokeKey } = served
  const { fault, outcome } = await waitingCall(served, keys['all'])
  await revokeKey('all')
  await clock.advance(5_001)
  const refused = await get(TOKEN, keys['all'])
  expect({ status: refused.status, code: (await refused.json()).code }).toEqual({ status: 401, code: 'key-refused' })
  fault.release()
  expect(await outcome).toBe(200)
})

it('a key that is revoked at once ends its calls, and those of no other', async () => {
  const keys = [
    { name: 'one', allow: ['bitize/*'], doors: ['token'] },
    { name: 'other', allow: ['bitize/*'], doors: ['token'] },
  ]
  const served = await newServer({ keys })
  const first = await waitingCall(served, served.keys['one'])
  const second = served.get(TOKEN, served.keys['other'])
  await served.revokeKey('one', true)
  const cut = first.outcome
  await served.clock.advance(2_000)
  expect(await cut).toBe('cut')
  first.fault.release()
  expect((await second).status).toBe(200)
})

it('a key that is added while the server runs opens it', async () => {
  const { addKey, clock, get } = await newServer({ keys: [] })
  const key = await addKey({ name: 'new', doors: ['token'] })
  await clock.advance(5_001)
  expect((await get(TOKEN, key)).status).toBe(200)
})

it('a caller that hangs up ends its own wait only', async () => {
  const served = await newServer()
  const { simulator, keys, get } = served
  const fault = simulator.faults.next({ kind: 'hang', operation: 'authenticate' })
  const host = `Host: ${new URL(served.server.url).host}`
  const gone = await connected(served.server.url)
  gone.write(head(`GET ${TOKEN} HTTP/1.1`, host, `Authorization: Bearer ${keys['all']}`))
  await fault.met
  const other = get(TOKEN, keys['all'])
  gone.destroy()
  fault.release()
  expect((await other).status).toBe(200)
  expect(simulator.count('authenticate')).toBe(1)
})
