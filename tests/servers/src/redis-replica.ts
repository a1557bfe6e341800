import { startRedis } from './redis.ts'
import { redisUntil } from './redis-cli.ts'
import type { RunningServer } from './running-server.ts'

/** A replica of a Redis of our own, once it has everything that was written there before. */
export async function startRedisReplica(primary: RunningServer): Promise<RunningServer> {
  const replica = await startRedis('--replicaof', '127.0.0.1', String(primary.port))
  try {
    redisUntil(replica.port, 'master_link_status:up', 'INFO', 'replication')
    // The number of replicas that have acknowledged what was written.
    redisUntil(primary.port, '1', 'WAIT', '1', '1000')
    return replica
  } catch (error) {
    await replica[Symbol.asyncDispose]()
    throw error
  }
}
