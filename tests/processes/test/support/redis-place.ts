import { type RunningServer, startRedis } from '@chaveiro/test-servers'
import { Redis } from 'ioredis'
import type { Place } from './places.ts'

/** A Redis that writes nothing to disk, with someone at its controls. */
export interface RedisPlace extends Place {
  readonly server: RunningServer
  /** Runs a command of an administrator. */
  command(...words: readonly [string, ...string[]]): Promise<unknown>
  /** What tells one record from its successor. For a fleet with one account. */
  version(): Promise<string | undefined>
  /** Writes other data until the record has been evicted to make room for it. */
  evictRecords(): Promise<void>
}

const RECORDS = 'chaveiro:*'
// Room for some hundred of the texts that push the record out.
const ROOM_BYTES = 2 * 1024 * 1024
const FILLER = 'x'.repeat(8 * 1024)

export async function redisPlace(...options: readonly string[]): Promise<RedisPlace> {
  const server = await startRedis(...options)
  const client = new Redis(server.url, { retryStrategy: () => 25 })
  // A server that restarts is what this is for.
  client.on('error', () => {})
  const command: RedisPlace['command'] = (name, ...words) => client.call(name, ...words)
  const records = (): Promise<string[]> => client.keys(RECORDS)
  return {
    settings: (member) => ({ kind: 'redis', url: server.url, driver: member % 2 === 0 ? 'redis' : 'ioredis' }),
    server,
    command,
    async version() {
      const [name] = await records()
      return name === undefined ? undefined : ((await client.hget(name, 'v')) ?? undefined)
    },
    async evictRecords() {
      await client.config('SET', 'maxmemory-policy', 'allkeys-random')
      await client.config('SET', 'maxmemory', (await usedMemory(client)) + ROOM_BYTES)
      for (let key = 0; (await records()).length > 0; key += 1) await client.set(`other:${key}`, FILLER)
      // Nothing is evicted any more, so that what the fleet writes next stays.
      await client.config('SET', 'maxmemory', 0)
    },
    async [Symbol.asyncDispose]() {
      client.disconnect()
      await server[Symbol.asyncDispose]()
    },
  }
}

async function usedMemory(client: Redis): Promise<number> {
  const [, bytes] = /used_memory:(\d+)/.exec(await client.info('memory')) ?? []
  return Number(bytes)
}
