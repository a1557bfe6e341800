import type { Cells, Life } from '../cell/cells.ts'
import { hashFields, isDone } from './answers.ts'
import { COMPARE_AND_SET, UNVERSIONED } from './compare-and-set.ts'

/** The few commands that are needed, in the same shape for every client. */
export interface RedisCommands {
  /** HMGET. The answers of this and of `run` are as the driver's options have made them. */
  fields(name: string, fields: readonly string[]): Promise<unknown>
  /** EVALSHA of a script on one name; EVAL if the server does not know it. */
  run(script: string, name: string, args: readonly string[]): Promise<unknown>
  /** SCAN over every primary. */
  scan(pattern: string): AsyncIterable<string>
}

const REASONS: Readonly<Record<string, string>> = {
  NOAUTH: 'it wants a password',
  WRONGPASS: 'it refuses the user name or the password',
  NOPERM: 'this user may not run HMGET, EVALSHA and EVAL, or not on these keys',
  READONLY: 'this is a replica; connect to the primary',
  OOM: 'its memory is full',
  MISCONF: 'it refuses writes because it cannot save to disk',
  LOADING: 'it is still loading its data',
  MASTERDOWN: 'its primary is down',
  NOREPLICAS: 'too few replicas are connected for a write',
  CLUSTERDOWN: 'the cluster is down',
  CROSSSLOT: 'the prefix maps one record to two slots',
  MOVED: 'this is one node of a cluster; connect with a cluster client',
  WRONGTYPE: 'the key of this record is used by something else; choose another prefix',
  BUSY: 'a script blocks it',
}

export function redisCells(commands: RedisCommands, prefix: string): Cells {
  // In a cluster the text in braces decides on the node, whatever other names an application gives to the account.
  const nameOf = (key: string): string => `${prefix}{${key}}`
  return {
    name: 'Redis',
    reasons: REASONS,
    async read(key) {
      const [version, text] = hashFields(await commands.fields(nameOf(key), ['v', 't']), 2)
      if (version === undefined && text === undefined) return undefined
      return { version: version ?? UNVERSIONED, text: version === undefined ? undefined : text }
    },
    async swap(key, next, expect, life) {
      // To the script the empty text means absent; no version is empty.
      if (expect === '') return false
      const args = [expect ?? '', next.version, next.text === null ? 'delete' : 'set', next.text ?? '', lifeText(life)]
      return isDone(await commands.run(COMPARE_AND_SET, nameOf(key), args))
    },
    async *keys() {
      const start = `${prefix}{`
      for await (const name of commands.scan(`${escapePattern(start)}*}`)) yield name.slice(start.length, -1)
    },
  }
}

function lifeText(life: Life): string {
  if (typeof life === 'string') return life
  // Redis takes no more than this many milliseconds from now, give or take (expire time is a signed 64-bit number).
  return life > Number.MAX_SAFE_INTEGER ? 'until-deleted' : String(life)
}

/** Text as a pattern of SCAN that matches itself. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]]/g, '\\$&')
}
