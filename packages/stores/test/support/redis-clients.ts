import { redisForTests } from '@chaveiro/test-servers'
import { Redis } from 'ioredis'
import { createClient, createClientPool } from 'redis'

// Called without generics, so that these are the types that a user's code has.
const newClient = (url: string) => createClient({ url })
const newPool = (url: string) => createClientPool({ url })

/** One server and every kind of client that the store takes. */
export interface RedisClients extends AsyncDisposable {
  readonly url: string
  readonly nodeRedis: ReturnType<typeof newClient>
  readonly nodeRedisPool: ReturnType<typeof newPool>
  readonly ioredis: Redis
}

export async function redisClients(): Promise<RedisClients> {
  const server = await redisForTests()
  const nodeRedis = newClient(server.url)
  await nodeRedis.connect()
  const nodeRedisPool = newPool(server.url)
  await nodeRedisPool.connect()
  const ioredis = new Redis(server.url)
  return {
    url: server.url,
    nodeRedis,
    nodeRedisPool,
    ioredis,
    async [Symbol.asyncDispose]() {
      nodeRedis.destroy()
      nodeRedisPool.destroy()
      ioredis.disconnect()
      await server[Symbol.asyncDispose]()
    },
  }
}
