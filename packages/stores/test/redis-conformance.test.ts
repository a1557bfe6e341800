import { type RawRecords, storeConformance } from '@chaveiro/core/testing'
import { redisStore } from '@chaveiro/stores/redis'
import { describeWith } from '@chaveiro/test-servers'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { type RedisClients, redisClients } from './support/redis-clients.ts'
import { testSealer } from './support/seal.ts'

describeWith(['redis'], 'Redis', () => {
  let clients: RedisClients
  beforeAll(async () => {
    clients = await redisClients()
  })
  afterAll(() => clients[Symbol.asyncDispose]())

  const prefix = `chaveiro-test-${crypto.randomUUID()}:`
  const raw: RawRecords = {
    read: async (key) => (await clients.ioredis.hget(`${prefix}{${key}}`, 't')) ?? '',
    write: async (key, text) => void (await clients.ioredis.hset(`${prefix}{${key}}`, 't', text)),
  }

  describe.each(['nodeRedis', 'nodeRedisPool', 'ioredis'] as const)('with %s', (name) => {
    describe.each([
      ['sealed', testSealer],
      ['unsealed', undefined],
    ])('%s', (_, sealer) => {
      const open = () => redisStore({ client: clients[name], sealer, prefix })
      storeConformance({ test: it, open, durable: true, sealed: sealer !== undefined, raw })
    })
  })
})
