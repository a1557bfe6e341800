import { hasMethods } from '../cell/check-options.ts'
import { scanPage } from './answers.ts'
import { escapePattern, type RedisCommands } from './redis-cells.ts'
import { runScript } from './run-script.ts'

/** What is used of a client or a cluster of ioredis, or of iovalkey, which has the same methods. */
export interface IoredisClient {
  /** Reads fields of a hash. */
  hmget(key: string, ...fields: string[]): Promise<unknown>
  /** Runs a script that the server has. */
  evalsha(sha1: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>
  /** Runs a script that is sent along. */
  eval(script: string, keyCount: number, ...keysAndArguments: string[]): Promise<unknown>
}

interface Scanning {
  scan(cursor: string, match: 'MATCH', pattern: string, count: 'COUNT', size: number): Promise<unknown>
}

interface Cluster {
  nodes(role: 'master'): Scanning[]
}

export function isIoredis(client: unknown): client is IoredisClient {
  return hasMethods(client, 'hmget', 'evalsha', 'eval')
}

export function ioredisCommands(client: IoredisClient): RedisCommands {
  return {
    fields: async (name, fields) => client.hmget(name, ...fields),
    run: (script, name, args) =>
      runScript(
        script,
        async (sha1) => client.evalsha(sha1, 1, name, ...args),
        async () => client.eval(script, 1, name, ...args),
      ),
    async *scan(pattern) {
      // ioredis adds its own prefix to the names in commands. It neither adds it to a pattern nor removes it from answers.
      const own = keyPrefix(client)
      for (const node of primaries(client)) {
        let cursor = '0'
        do {
          const answer = await node.scan(cursor, 'MATCH', escapePattern(own) + pattern, 'COUNT', 500)
          const page = Array.isArray(answer)
            ? scanPage(cursor, answer[0], answer[1])
            : scanPage(cursor, answer, undefined)
          cursor = page.cursor
          for (const name of page.names) yield name.slice(own.length)
        } while (cursor !== '0')
      }
    },
  }
}

function primaries(client: IoredisClient): readonly Scanning[] {
  if (isCluster(client)) return client.nodes('master')
  return isScanning(client) ? [client] : []
}

function keyPrefix(client: object): string {
  const options: unknown = Reflect.get(client, 'options')
  const prefix: unknown =
    typeof options === 'object' && options !== null ? Reflect.get(options, 'keyPrefix') : undefined
  return typeof prefix === 'string' ? prefix : ''
}

function isCluster(client: unknown): client is Cluster {
  return hasMethods(client, 'nodes')
}

function isScanning(client: unknown): client is Scanning {
  return hasMethods(client, 'scan')
}
