import { storeConformance } from '@chaveiro/core/testing'
import { redisStore } from '@chaveiro/stores/redis'
import { describeWith, startRedisCluster } from '@chaveiro/test-servers'
import { Cluster } from 'ioredis'
import { createCluster } from 'redis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { collect } from './support/collect.ts'
import { testSealer } from './support/seal.ts'

const newCluster = (rootNodes: { url: string }[]) => createCluster({ rootNodes })

describeWith(['own-redis'], 'a Redis cluster', () => {
  let servers: Awaited<ReturnType<typeof startRedisCluster>>
  let nodeRedis: ReturnType<typeof newCluster>
  let ioredis: Cluster
  beforeAll(async () => {
    servers = await startRedisCluster()
    nodeRedis = newCluster(servers.nodes.map(({ url }) => ({ url })))
    await nodeRedis.connect()
    ioredis = new Cluster(servers.nodes.map(({ port }) => ({ host: '127.0.0.1', port })))
  }, 60_000)
  afterAll(async () => {
    nodeRedis.destroy()
    ioredis.disconnect()
    await servers[Symbol.asyncDispose]()
  })

  describe.each(['nodeRedis', 'ioredis'] as const)('with %s', (name) => {
    const prefix = `chaveiro-test-${crypto.randomUUID()}:`
    const client = () => (name === 'ioredis' ? ioredis : nodeRedis)
    const open = () => redisStore({ client: client(), sealer: testSealer, prefix })
    storeConformance({ test: it, open, durable: true, sealed: true })

    it('lists the records of all nodes', async () => {
      const store = redisStore({ client: client(), prefix: `${prefix}listed:` })
      const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`)
      for (const key of keys) await store.commit(key, 'x', null)
      expect(new Set(await collect(store.keys()))).toEqual(new Set(keys))
    })
  })
})
