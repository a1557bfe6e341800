import { postgresStore } from '@chaveiro/stores/postgres'
import { describeWith } from '@chaveiro/test-servers'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PostgresClients, postgresClients } from './support/postgres-clients.ts'
import { testSealer } from './support/seal.ts'
import { tokenWorld } from './support/token-world.ts'

const schema = `chaveiro_test_${crypto.randomUUID().replaceAll('-', '')}`

describe.each([
  ['PostgreSQL with a pool of two [MP19]', false],
  ['PostgreSQL behind a pooler in transaction mode [MP20]', true],
])('%s', (title, pooled) => {
  describeWith(pooled ? ['own-postgres', 'pgbouncer'] : ['postgres'], title, () => {
    let clients: PostgresClients
    let pool: pg.Pool
    beforeAll(async () => {
      clients = await postgresClients({ pooled })
      pool = new pg.Pool({ connectionString: clients.url, max: 2 })
      await postgresStore({ client: pool, schema }).migrate()
    }, 60_000)
    afterAll(async () => {
      await pool.query(`DROP SCHEMA ${schema} CASCADE`)
      await pool.end()
      await clients[Symbol.asyncDispose]()
    })

    it('holds no connection while five token calls are in flight at once', async () => {
      const inUse: number[] = []
      let waiting = 0
      let release: () => void = () => {}
      const allThere = new Promise<void>((resolve) => {
        release = resolve
      })
      const world = tokenWorld(async () => {
        waiting += 1
        if (waiting % 5 === 0) release()
        // Comes only if all five accounts have got this far, on two connections.
        await allThere
        inUse.push(pool.totalCount - pool.idleCount + pool.waitingCount)
      })
      await using manager = world.manager(postgresStore({ client: pool, sealer: testSealer, schema }))
      const tokens = await Promise.all([1, 2, 3, 4, 5].map((seller) => manager.account(`seller-${seller}`).getToken()))
      expect(new Set(tokens.map((token) => token.reveal())).size).toBe(5)
      expect(inUse[0]).toBe(0)
    })

    it.each(['pool', 'sql'] as const)('lets two processes share a token and its refresh, with %s', async (name) => {
      const world = tokenWorld()
      const open = () => postgresStore({ client: clients[name], sealer: testSealer, schema })
      await using first = world.manager(open(), { namespace: name })
      await using second = world.manager(open(), { namespace: name })
      const token = await first.account('seller').getToken()
      expect((await second.account('seller').getToken()).generation).toBe(token.generation)
      const [one, two] = await Promise.all(
        [first, second].map((manager) => manager.account('seller').getToken({ newerThan: token })),
      )
      expect(one?.reveal()).toBe(two?.reveal())
      expect(world.calls).toEqual(['acquire', 'refresh'])
    })
  })
})
