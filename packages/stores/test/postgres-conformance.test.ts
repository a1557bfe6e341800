import { type RawRecords, storeConformance } from '@chaveiro/core/testing'
import { postgresStore } from '@chaveiro/stores/postgres'
import { describeWith } from '@chaveiro/test-servers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { notices, type PostgresClients, postgresClients } from './support/postgres-clients.ts'
import { testSealer } from './support/seal.ts'

const schema = `chaveiro_test_${crypto.randomUUID().replaceAll('-', '')}`

describe.each([
  ['PostgreSQL', false],
  ['PostgreSQL behind a pooler in transaction mode [MP20]', true],
])('%s', (title, pooled) => {
  describeWith(pooled ? ['own-postgres', 'pgbouncer'] : ['postgres'], title, () => {
    let clients: PostgresClients
    beforeAll(async () => {
      clients = await postgresClients({ pooled })
      await postgresStore({ client: clients.sql, schema }).migrate()
    }, 60_000)
    afterAll(async () => {
      await clients.pool.query(`DROP SCHEMA ${schema} CASCADE`)
      await clients[Symbol.asyncDispose]()
    })

    const table = `${schema}.chaveiro_token`
    const raw: RawRecords = {
      read: async (key) => (await clients.pool.query(`SELECT value FROM ${table} WHERE key = $1`, [key])).rows[0].value,
      write: async (key, text) =>
        void (await clients.pool.query(`UPDATE ${table} SET value = $2 WHERE key = $1`, [key, text])),
    }

    const combinations = [
      ['pool', 'sealed'],
      ['sql', 'sealed'],
      ...(pooled
        ? []
        : ([
            ['client', 'sealed'],
            ['pool', 'unsealed'],
            ['sql', 'unsealed'],
          ] as const)),
    ] as const

    describe.each(combinations)('with %s, %s', (name, kind) => {
      const sealer = kind === 'sealed' ? testSealer : undefined
      const open = () => postgresStore({ client: clients[name], sealer, schema })
      storeConformance({ test: it, open, durable: true, sealed: kind === 'sealed', raw })
    })

    it('causes no remark of the server, which some clients print', () => {
      expect(notices).toEqual([])
    })
  })
})
