import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { Server } from 'node:net'
import type { BitizeOptions } from '@chaveiro/bitize'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startShop } from '../../recipes/express/shop.ts'
import { shop } from '../../recipes/fastify/shop.ts'
import { type BitizeForTest, bitizeForTest, urlOf } from './support/bitize.ts'

type Start = (options: BitizeOptions) => Promise<{ server: Server; stop: () => Promise<void> }>

const frameworks: Readonly<Record<string, Start>> = {
  async express(options) {
    const running = startShop(options, 0)
    await once(running.server, 'listening')
    return running
  },
  async fastify(options) {
    const app = shop(options)
    await app.listen({ port: 0 })
    return { server: app.server, stop: () => app.close() }
  },
}

interface Scene extends BitizeForTest {
  readonly vendors: string
  readonly stop: () => Promise<void>
}

async function scene(start: Start, options: Partial<BitizeOptions> = {}): Promise<Scene> {
  const bitize = await bitizeForTest()
  const { server, stop } = await start({ ...bitize.options, ...options })
  let stopped: Promise<void> | undefined
  const stopOnce = (): Promise<void> => {
    stopped ??= stop()
    return stopped
  }
  onTestFinished(stopOnce)
  return { ...bitize, vendors: `${urlOf(server)}/vendors`, stop: stopOnce }
}

/** Over a connection that isn't kept, because a server that stops waits for those that are. */
function visitOnce(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => resolve(response.resume())).on('error', reject)
  })
}

describe.each(Object.entries(frameworks))('the shop on %s', (_, start) => {
  it('obtains one token for a hundred visitors at once', async () => {
    const { vendors, simulator } = await scene(start)
    const visits = await Promise.all(Array.from({ length: 100 }, () => fetch(vendors)))
    expect(new Set(visits.map(({ status }) => status))).toEqual(new Set([200]))
    expect(simulator.count('authenticate')).toBe(1)
  })

  it('hides a rejected token and a failing API from its visitors', async () => {
    const { vendors, simulator } = await scene(start)
    await fetch(vendors)
    simulator.revoke()
    simulator.faults.next({ kind: 'status', status: 503, operation: 'listVendors' })
    const visit = await fetch(vendors)
    expect([visit.status, await visit.json()]).toEqual([200, expect.objectContaining({ data: [] })])
  })

  it('answers 502 where the API refuses, so that no visitor takes it for their own login', async () => {
    const { vendors, simulator } = await scene(start)
    simulator.faults.next({ kind: 'status', status: 403, operation: 'listVendors' })
    expect((await fetch(vendors)).status).toBe(502)
  })

  it('answers 503 with a code where there is no token, and with nothing secret', async () => {
    const { vendors } = await scene(start, { secretKey: 'outdated-secret' })
    const visit = await fetch(vendors)
    expect([visit.status, await visit.text()]).toEqual([503, '{"error":"credentials-rejected"}'])
  })

  it('answers the visitors that it has before it stops', async () => {
    const { vendors, hold, stop } = await scene(start)
    const held = hold('/vendors')
    const visit = visitOnce(vendors)
    const release = await held
    const stopped = stop()
    release()
    expect((await visit).statusCode).toBe(200)
    await stopped
    await expect(fetch(vendors)).rejects.toThrow('fetch failed')
  })
})
