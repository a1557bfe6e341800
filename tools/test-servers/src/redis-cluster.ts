import { execFileSync } from 'node:child_process'
import { program } from './needs.ts'
import { startRedis } from './redis.ts'
import type { RunningServer } from './running-server.ts'

/** Redis servers that share the slots. */
export interface RunningCluster extends AsyncDisposable {
  readonly nodes: readonly RunningServer[]
}

const START_TIMEOUT_MS = 30_000

/** Three primaries without replicas, the fewest that redis-cli makes a cluster of. */
export async function startRedisCluster(): Promise<RunningCluster> {
  // On a busy machine no node may take another one for dead.
  const options = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '60000']
  const nodes = await Promise.all([startRedis(...options), startRedis(...options), startRedis(...options)])
  const addresses = nodes.map(({ port }) => `127.0.0.1:${port}`)
  redisCli('--cluster', 'create', ...addresses, '--cluster-yes')
  for (const { port } of nodes) untilReady(port)
  return {
    nodes,
    async [Symbol.asyncDispose]() {
      await Promise.all(nodes.map((node) => node[Symbol.asyncDispose]()))
    },
  }
}

/** A node may learn that all slots are served a moment later than redis-cli; each question takes some milliseconds. */
function untilReady(port: number): void {
  const end = performance.now() + START_TIMEOUT_MS
  while (!redisCli('-p', String(port), 'CLUSTER', 'INFO').includes('cluster_state:ok')) {
    if (performance.now() > end) throw new Error(`The cluster's node on port ${port} did not become ready.`)
  }
}

function redisCli(...args: readonly string[]): string {
  return execFileSync(program('redis-cli'), args, { stdio: 'pipe', encoding: 'utf8' })
}
