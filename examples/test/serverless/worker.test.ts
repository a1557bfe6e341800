import { bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager } from '@chaveiro/core'
import { storeConformance } from '@chaveiro/core/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { durableObjectStore } from '../../serverless/durable-object-store.ts'
import { type BitizeServer, bitizeServer } from './support/bitize-server.ts'
import { type RunningWorker, workerOnWorkerd } from './support/worker-on-workerd.ts'

async function scene(): Promise<RunningWorker & { readonly bitize: BitizeServer }> {
  const bitize = await bitizeServer()
  const { consumerKey, secretKey } = bitize.simulator.credentials
  const worker = await workerOnWorkerd({
    BITIZE_SERVER: bitize.url.href,
    BITIZE_CONSUMER_KEY: consumerKey,
    BITIZE_SECRET_KEY: secretKey,
  })
  onTestFinished(() => worker[Symbol.asyncDispose]())
  return { ...worker, bitize }
}

describe('a Worker with a manager for each request', () => {
  it('makes one token call for forty requests', async () => {
    const { ask, bitize } = await scene()
    const first = await Promise.all(Array.from({ length: 20 }, () => ask('/vendors')))
    const later: Response[] = []
    while (later.length < 20) later.push(await ask('/vendors'))
    expect([...first, ...later].map(({ status }) => status)).toEqual(Array(40).fill(200))
    expect(bitize.tokenCalls()).toBe(1)
  })

  it('answers at once while its token is refreshed, and keeps the new token although the answer is out', async () => {
    const { ask, bitize, cells, sealer } = await scene()
    const store = durableObjectStore(cells, sealer)
    await bitize.obtainLongAgo('shop', store)
    bitize.hold()
    // The refresh is held back, and this is answered anyway.
    const answer = await ask('/vendors')
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ data: [] })])
    await bitize.held
    bitize.release()
    const { credentials } = bitize.simulator
    const provider = bitizeProvider({ server: bitize.url })
    const status = () =>
      createTokenManager({ provider, credentials: () => credentials, store })
        .account('shop')
        .status()
    while ((await status()).generation !== 2) await ask('/vendors')
    expect(bitize.simulator.count('refreshAccessToken')).toBe(1)
    expect(bitize.simulator.reuses).toBe(0)
  })
})

describe('the store of Durable Objects', () => {
  let worker: RunningWorker
  beforeAll(async () => {
    worker = await workerOnWorkerd({})
  })
  afterAll(() => worker[Symbol.asyncDispose]())
  const open = () => durableObjectStore(worker.cells, worker.sealer)
  storeConformance({ test: it, open, durable: true, sealed: true })
})
