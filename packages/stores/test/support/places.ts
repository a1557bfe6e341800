import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RawRecords } from '@chaveiro/core/testing'
import { fileStore } from '@chaveiro/stores/file'
import { postgresStore } from '@chaveiro/stores/postgres'
import { redisStore } from '@chaveiro/stores/redis'
import type { RotatableStore, Sealer } from '@chaveiro/stores/sealer'
import type { Need } from '@chaveiro/test-servers'
import { recordFolder } from '../../src/file/record-folder.ts'
import { postgresClients } from './postgres-clients.ts'
import { redisClients } from './redis-clients.ts'
import { temporaryDirectory } from './temporary-directory.ts'

/** Where records are kept for one test. */
export interface Place {
  /** Another instance of it, as another process would have. */
  open(sealer?: Sealer): RotatableStore
  /** What is stored there, past the store. */
  readonly raw: RawRecords
}

/** A server, or none, that has room for any number of places. */
export interface Ground extends AsyncDisposable {
  newPlace(): Promise<Place>
}

/** Every kind of store that the scenarios are run on. */
export const GROUNDS: readonly { name: string; needs: readonly Need[]; start: () => Promise<Ground> }[] = [
  { name: 'files', needs: [], start: fileGround },
  { name: 'Redis', needs: ['redis'], start: redisGround },
  { name: 'PostgreSQL', needs: ['postgres'], start: postgresGround },
]

async function fileGround(): Promise<Ground> {
  return {
    async newPlace() {
      const directory = temporaryDirectory()
      const path = (key: string): string => join(recordFolder(directory, key), 'record.json')
      return {
        open: (sealer) => fileStore({ directory, sealer }),
        raw: { read: (key) => readFile(path(key), 'utf8'), write: (key, text) => writeFile(path(key), text) },
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}

async function redisGround(): Promise<Ground> {
  const clients = await redisClients()
  const { ioredis: client } = clients
  return {
    async newPlace() {
      const prefix = `chaveiro-test-${crypto.randomUUID()}:`
      const name = (key: string): string => `${prefix}{${key}}`
      return {
        open: (sealer) => redisStore({ client, sealer, prefix }),
        raw: {
          read: async (key) => (await client.hget(name(key), 't')) ?? '',
          write: async (key, text) => void (await client.hset(name(key), 't', text)),
        },
      }
    },
    [Symbol.asyncDispose]: () => clients[Symbol.asyncDispose](),
  }
}

async function postgresGround(): Promise<Ground> {
  const clients = await postgresClients()
  const { pool: client } = clients
  const schema = `chaveiro_test_${crypto.randomUUID().replaceAll('-', '')}`
  let places = 0
  return {
    async newPlace() {
      places += 1
      const table = `place_${places}`
      await postgresStore({ client, schema, table }).migrate()
      const name = `${schema}.${table}`
      return {
        open: (sealer) => postgresStore({ client, sealer, schema, table }),
        raw: {
          read: async (key) => (await client.query(`SELECT value FROM ${name} WHERE key = $1`, [key])).rows[0]?.value,
          write: async (key, text) =>
            void (await client.query(`UPDATE ${name} SET value = $2 WHERE key = $1`, [key, text])),
        },
      }
    },
    async [Symbol.asyncDispose]() {
      await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
      await clients[Symbol.asyncDispose]()
    },
  }
}
