import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Need, startPostgres, startRedis } from '@chaveiro/test-servers'
import type { StoreSettings } from '../../src/messages.ts'

/** A real place for records that a fleet shares. */
export interface Place extends AsyncDisposable {
  /** How the nth member opens it: they take turns with the drivers. */
  settings(member: number): StoreSettings
  /** Ends its server at once, as a crash does, and starts it again with what it had acknowledged. */
  readonly server?: { kill(): Promise<void>; restart(): Promise<void> }
}

export interface PlaceKind {
  readonly name: string
  readonly needs: readonly Need[]
  open(): Promise<Place>
}

export const PLACES: readonly PlaceKind[] = [
  { name: 'file', needs: [], open: filePlace },
  { name: 'Redis', needs: ['own-redis'], open: redisPlace },
  { name: 'PostgreSQL', needs: ['own-postgres'], open: postgresPlace },
]

export async function filePlace(): Promise<Place> {
  const directory = mkdtempSync(join(tmpdir(), 'chaveiro-processes-'))
  return {
    settings: () => ({ kind: 'file', directory }),
    async [Symbol.asyncDispose]() {
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

async function redisPlace(): Promise<Place> {
  // What it has acknowledged is on disk, so that a crash loses nothing.
  const server = await startRedis('--appendonly', 'yes', '--appendfsync', 'always')
  return {
    settings: (member) => ({ kind: 'redis', url: server.url, driver: member % 2 === 0 ? 'redis' : 'ioredis' }),
    server,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

async function postgresPlace(): Promise<Place> {
  const server = await startPostgres()
  return {
    settings: (member) => ({ kind: 'postgres', url: server.url, driver: member % 2 === 0 ? 'pg' : 'postgres' }),
    server,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
