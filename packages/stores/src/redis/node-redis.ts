import { hasMethods } from '../cell/check-options.ts'
import { scanPage } from './answers.ts'
import type { RedisCommands } from './redis-cells.ts'
import { runScript } from './run-script.ts'

/** What is used of a client, a pool or a cluster of node-redis (`redis` on npm, 5 and newer). */
export interface NodeRedisClient {
  /** Reads fields of a hash. */
  hmGet(key: string, fields: string[]): PromiseLike<unknown>
  /** Runs a script that the server has. */
  evalSha(sha1: string, options: NodeRedisEvalOptions): PromiseLike<unknown>
  /** Runs a script that is sent along. */
  eval(script: string, options: NodeRedisEvalOptions): PromiseLike<unknown>
}

/** How node-redis takes the keys and arguments of a script. */
export interface NodeRedisEvalOptions {
  /** The keys that the script touches. */
  keys: string[]
  /** What else it is given. */
  arguments: string[]
}

interface Scanning {
  scan(
    cursor: string,
    options: { MATCH: string; COUNT: number },
  ): Promise<{ cursor?: unknown; keys?: unknown } | undefined>
}

interface Cluster {
  readonly masters: Iterable<unknown>
  nodeClient(node: unknown): Promise<Scanning>
}

export function isNodeRedis(client: unknown): client is NodeRedisClient {
  return hasMethods(client, 'hmGet', 'evalSha', 'eval')
}

export function nodeRedisCommands(client: NodeRedisClient): RedisCommands {
  return {
    fields: async (name, fields) => client.hmGet(name, [...fields]),
    run(script, name, args) {
      const options = { keys: [name], arguments: [...args] }
      return runScript(
        script,
        async (sha1) => client.evalSha(sha1, options),
        async () => client.eval(script, options),
      )
    },
    async *scan(pattern) {
      for await (const node of primaries(client)) {
        let cursor = '0'
        do {
          const answer = await node.scan(cursor, { MATCH: pattern, COUNT: 500 })
          const page = scanPage(cursor, answer?.cursor, answer?.keys)
          cursor = page.cursor
          yield* page.names
        } while (cursor !== '0')
      }
    },
  }
}

async function* primaries(client: NodeRedisClient): AsyncIterable<Scanning> {
  if (isCluster(client)) for (const node of client.masters) yield await client.nodeClient(node)
  else if (isScanning(client)) yield client
}

function isCluster(client: unknown): client is Cluster {
  return hasMethods(client, 'nodeClient') && 'masters' in client
}

function isScanning(client: unknown): client is Scanning {
  return hasMethods(client, 'scan')
}
