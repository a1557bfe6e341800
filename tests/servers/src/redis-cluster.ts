import { redisCli, redisUntil, startRedis } from './redis.ts'
import type { RunningServer } from './running-server.ts'

/** Redis servers that share the slots. */
export interface RunningCluster extends AsyncDisposable {
  readonly nodes: readonly RunningServer[]
}

/** Three primaries without replicas, the fewest that redis-cli makes a cluster of. */
export async function startRedisCluster(): Promise<RunningCluster> {
  // On a busy machine no node may take another one for dead.
  const options = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '60000']
  const nodes = await Promise.all([startRedis(...options), startRedis(...options), startRedis(...options)])
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`)
  redisCli('--cluster', 'create', ...addresses, '--cluster-yes')
  // A node may learn that all slots are served a moment later than redis-cli.
  for (const { port } of nodes) redisUntil(port, 'cluster_state:ok', 'CLUSTER', 'INFO')
  return {
    nodes,
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()))
    },
  }
}
