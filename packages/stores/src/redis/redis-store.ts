import { requireKnownOptions, requireSealer } from '../cell/check-options.ts'
import { createStore } from '../cell/create-store.ts'
import type { RotatableStore } from '../sealer/rotatable-store.ts'
import type { Sealer } from '../sealer/sealer.ts'
import { type IoredisClient, ioredisCommands, isIoredis } from './ioredis.ts'
import { isNodeRedis, type NodeRedisClient, nodeRedisCommands } from './node-redis.ts'
import { redisCells } from './redis-cells.ts'

/** A connected client, pool or cluster of `redis` (node-redis) or of `ioredis`. */
export type RedisClient = NodeRedisClient | IoredisClient

/** Options of {@link redisStore}. */
export interface RedisStoreOptions {
  /** Yours: the store neither connects nor closes it. */
  client: RedisClient
  /** Hides and authenticates the records. Without one, the manager wants `[storeUnsealed]: true`. */
  sealer?: Sealer | undefined
  /** What the names of the records begin with; the rest is the record's key as a hash tag. @default 'chaveiro:' */
  prefix?: string | undefined
}

/**
 * Keeps records in Redis or Valkey, for any number of machines: one hash per record, written by one script that
 * compares the version and sets. Nothing expires unless a commit brings a time to live.
 *
 * @throws TypeError for a client of another shape, or for an unknown option.
 * @example
 * const store = redisStore({ client: await createClient({ url }).connect(), sealer })
 */
export function redisStore(options: RedisStoreOptions): RotatableStore {
  requireKnownOptions('redisStore', options, ['client', 'sealer', 'prefix'])
  const { client, sealer, prefix = 'chaveiro:' } = options
  requireSealer(sealer)
  if (typeof prefix !== 'string') throw new TypeError('Option prefix must be a string.')
  if (isNodeRedis(client)) return createStore(redisCells(nodeRedisCommands(client), prefix), sealer)
  if (isIoredis(client)) return createStore(redisCells(ioredisCommands(client), prefix), sealer)
  throw new TypeError('redisStore needs the option client: a client of `redis` (node-redis) or `ioredis`.')
}
