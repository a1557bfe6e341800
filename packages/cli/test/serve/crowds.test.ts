import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { connected, head, statusesIn } from './support/raw-connection.ts'
import { newServer } from './support/served.ts'

const MANY = 1_000
const TOKEN = '/v1/tokens/bitize/shop'

it('1,000 idle connections keep no caller from an answer, and end with the server', async () => {
  const { server, keys, get } = await newServer()
  const idle = await Promise.all(Array.from({ length: MANY }, () => connected(server.url)))
  const [half = idle[0]] = idle
  half?.write('GET /v1/accounts HTTP/1.1\r\n')
  expect((await get(TOKEN, keys['all'])).status).toBe(200)
  expect(await (await get('/metrics', keys['all'])).text()).toMatch(/^chaveiro_open_connections 10\d\d$/m)
  const closed = Promise.all(idle.map((socket) => once(socket.resume(), 'close')))
  expect(await server.stop()).toBe(true)
  await closed
})

it('1,000 connections at once get their answers, with one token call for all', async () => {
  const { server, keys, simulator, log } = await newServer()
  const host = `Host: ${new URL(server.url).host}`
  const key = `Authorization: Bearer ${keys['all']}`
  const sockets = await Promise.all(Array.from({ length: MANY }, () => connected(server.url)))
  const answers = sockets.map(async (socket) => {
    socket.write(head(`GET ${TOKEN} HTTP/1.1`, host, key, 'Connection: close'))
    return statusesIn(await text(socket))
  })
  expect(new Set((await Promise.all(answers)).flat())).toEqual(new Set([200]))
  expect(simulator.count('authenticate')).toBe(1)
  expect(log().filter(({ status }) => status === 200)).toHaveLength(MANY)
})
