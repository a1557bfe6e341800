import { execFileSync } from 'node:child_process'
import { program } from './needs.ts'
import { foreignServer, type RunningServer, startServer, temporaryFolder } from './running-server.ts'

/** The Redis that CHAVEIRO_TEST_REDIS_URL names, else one of our own. */
export async function redisForTests(): Promise<RunningServer> {
  const url = process.env['CHAVEIRO_TEST_REDIS_URL']
  if (!url) return startRedis()
  return foreignServer(url, 6379)
}

// A primary would wait 5 s for more replicas before it gives the first one its data.
const PROMPT = ['--repl-diskless-sync-delay', '0']

/** A Redis of our own, empty, on this machine only, which writes nothing to disk. */
export function startRedis(...options: readonly string[]): Promise<RunningServer> {
  const folder = temporaryFolder('redis')
  const settings = ['--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no', ...PROMPT]
  return startServer(
    folder,
    (port) => `redis://127.0.0.1:${port}`,
    (port) => ({
      command: [program('redis-server'), '--port', String(port), ...settings, ...options],
      ready: 'Ready to accept connections',
    }),
  )
}

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

const TIMEOUT_MS = 30_000

/** Runs redis-cli with these arguments; gives what it printed. */
function redisCli(...args: readonly string[]): string {
  return execFileSync(program('redis-cli'), args, { stdio: 'pipe', encoding: 'utf8' })
}

/** Asks a Redis until its answer has this in it. Each question takes some milliseconds. */
function redisUntil(port: number, expected: string, ...command: readonly string[]): void {
  const end = performance.now() + TIMEOUT_MS
  while (!redisCli('-p', String(port), ...command).includes(expected)) {
    if (performance.now() > end) throw new Error(`The Redis on port ${port} did not come to say ${expected}.`)
  }
}
