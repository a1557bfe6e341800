import { postgresStore } from '@chaveiro/stores/postgres'
import { rotateKey } from '@chaveiro/stores/sealer'
import { describeWith, type RunningServer, startPostgres } from '@chaveiro/test-servers'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { collect } from './support/collect.ts'
import { errorOf } from './support/error-of.ts'
import { notices, type PostgresClients, postgresClients } from './support/postgres-clients.ts'
import { testSealer } from './support/seal.ts'

const newSchema = (): string => `chaveiro_test_${crypto.randomUUID().replaceAll('-', '')}`

describeWith(['postgres'], 'the PostgreSQL store', () => {
  let clients: PostgresClients
  const schemas: string[] = []
  beforeAll(async () => {
    clients = await postgresClients()
  }, 60_000)
  afterAll(async () => {
    for (const schema of schemas) await clients.pool.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`)
    await clients[Symbol.asyncDispose]()
  })

  /** A schema of this test's own. */
  function schema(): string {
    const name = newSchema()
    schemas.push(name)
    return name
  }

  it('takes a record whose time is over as absent, and the next one with an end deletes its row', async () => {
    const place = { schema: schema() }
    const store = postgresStore({ client: clients.pool, ...place })
    await store.migrate()
    const keys = async (): Promise<string[]> => {
      const { rows } = await clients.pool.query(`SELECT key FROM "${place.schema}".chaveiro_token ORDER BY key`)
      return rows.map(({ key }: { key: string }) => key)
    }
    const end = (key: string): Promise<unknown> =>
      clients.pool.query(`UPDATE "${place.schema}".chaveiro_token SET ends_at = now() WHERE key = $1`, [key])
    const old = await store.commit('over', 'x', null, { ttlMs: 60_000 })
    await store.commit('again', 'x', null, { ttlMs: 60_000 })
    await store.commit('for good', 'y', await store.commit('for good', 'x', null, { ttlMs: 60_000 }))
    await store.commit('token', 'x', null)
    for (const key of ['over', 'again']) await end(key)
    expect(await store.read('over')).toBeUndefined()
    expect(await collect(store.keys())).toEqual(['for good', 'token'])
    expect(await errorOf(store.commit('over', 'y', old))).toMatchObject({ code: 'conflict' })
    expect(await keys()).toEqual(['again', 'for good', 'over', 'token'])
    await store.commit('again', 'y', null, { ttlMs: 60_000 })
    expect(await keys()).toEqual(['again', 'for good', 'token'])
    expect(await store.read('again')).toMatchObject({ value: 'y' })
  })

  it('rotating the key leaves the end of a record as it is', async () => {
    const place = { schema: schema() }
    const store = postgresStore({ client: clients.pool, sealer: testSealer, ...place })
    await store.migrate()
    const ends = async (): Promise<unknown> =>
      (await clients.pool.query(`SELECT ends_at FROM "${place.schema}".chaveiro_token`)).rows[0].ends_at
    await store.commit('a', 'x', null, { ttlMs: 60_000 })
    const before = await ends()
    const next = postgresStore({
      client: clients.pool,
      sealer: { ...testSealer, isCurrent: () => false },
      ...place,
    })
    expect(await next.reseal('a')).toBe('resealed')
    expect(before).not.toBeNull()
    expect(await ends()).toEqual(before)
  })

  it('creates its schema and table once, however many processes migrate at the same time', async () => {
    const place = { schema: schema(), table: 'Tokens_1' }
    const stores = [clients.pool, clients.sql, clients.client].map((client) => postgresStore({ client, ...place }))
    await Promise.all([...stores, ...stores, ...stores, ...stores].map((store) => store.migrate()))
    const [store] = stores
    await store?.commit('a', 'one', null)
    await store?.migrate()
    expect(await store?.read('a')).toMatchObject({ value: 'one' })
    const { rows } = await clients.pool.query(
      'SELECT table_name FROM information_schema.tables WHERE table_schema = $1',
      [place.schema],
    )
    expect(rows).toEqual([{ table_name: 'Tokens_1' }])
    expect(notices).toEqual([])
  })

  it('completes a table from before records had ends, once, and keeps what is in it', async () => {
    const place = { schema: schema(), table: 'Tokens_1' }
    const name = `"${place.schema}"."${place.table}"`
    // As migrate() created it then.
    await clients.pool.query(`CREATE SCHEMA "${place.schema}"; CREATE TABLE ${name} (
      key text COLLATE "C" PRIMARY KEY, version text NOT NULL, value text NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now())`)
    await clients.pool.query(`INSERT INTO ${name} (key, version, value) VALUES ('a', 'v1', 'one')`)
    const stores = [clients.pool, clients.sql, clients.client].map((client) => postgresStore({ client, ...place }))
    const [store] = stores
    const message = expect.stringContaining('its table is from an earlier version; call migrate() once (42703)')
    expect(await errorOf(store?.read('a') ?? Promise.resolve())).toMatchObject({ code: 'store', message })

    await Promise.all([...stores, ...stores, ...stores].map((one) => one.migrate()))

    expect(await store?.read('a')).toEqual({ value: 'one', version: 'v1' })
    await store?.commit('b', 'x', null, { ttlMs: 60_000 })
    const { rows: ends } = await clients.pool.query(`SELECT key, ends_at > now() AS lives FROM ${name} ORDER BY key`)
    expect(ends).toEqual([
      { key: 'a', lives: null },
      { key: 'b', lives: true },
    ])
    // The same as in a table that is new.
    const fresh = { ...place, schema: schema() }
    await postgresStore({ client: clients.pool, ...fresh }).migrate()
    const shape = async ({ schema }: { schema: string }): Promise<unknown> => [
      (
        await clients.pool.query(
          'SELECT column_name, data_type, is_nullable, column_default, collation_name FROM information_schema.columns WHERE table_schema = $1 ORDER BY ordinal_position',
          [schema],
        )
      ).rows,
      (await clients.pool.query('SELECT indexname FROM pg_indexes WHERE schemaname = $1 ORDER BY 1', [schema])).rows,
    ]
    expect(await shape(place)).toEqual(await shape(fresh))
    expect(notices).toEqual([])
  })

  it('that was not migrated says what to do', async () => {
    const store = postgresStore({ client: clients.pool, schema: 'public', table: newSchema() })
    const message = expect.stringContaining('its table does not exist; call migrate() once (42P01)')
    expect(await errorOf(store.read('a'))).toMatchObject({ code: 'store', message })
    expect(await errorOf(store.commit('a', 'one', null))).toMatchObject({ code: 'store', message })
    expect(await errorOf(collect(store.keys()))).toMatchObject({ code: 'store', message })
  })

  it('leaves nothing behind in the session: no transaction, no prepared statement, no setting', async () => {
    const client = new pg.Client({ connectionString: clients.server.url })
    await client.connect()
    onTestFinished(() => client.end())
    const state = async (): Promise<unknown> => [
      (await client.query('SELECT name FROM pg_prepared_statements')).rows,
      (await client.query("SELECT name, setting FROM pg_settings WHERE source = 'session' ORDER BY name")).rows,
      (await client.query("SELECT mode FROM pg_locks WHERE locktype = 'advisory'")).rows,
    ]
    const before = await state()
    const store = postgresStore({ client, schema: schema() })
    await store.migrate()
    await store.commit('a', null, await store.commit('a', 'two', await store.commit('a', 'one', null)))
    expect(await state()).toEqual(before)
  })

  it.each(['repeatable read', 'serializable'])(
    'has one winner where the default isolation is %s',
    async (isolation) => {
      const name = schema()
      const options = `-c default_transaction_isolation=${isolation.replace(' ', '\\ ')}`
      const pool = new pg.Pool({ connectionString: clients.server.url, options })
      onTestFinished(() => pool.end())
      const store = postgresStore({ client: pool, schema: name })
      await store.migrate()
      let version = await store.commit('a', 'start', null)
      for (let round = 0; round < 10; round += 1) {
        const expected = version
        const commits = Array.from({ length: 8 }, (_, index) => store.commit('a', `by ${index}`, expected))
        const ends = await Promise.allSettled(commits)
        const won = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))
        const lost = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
        expect(won).toHaveLength(1)
        for (const reason of lost) expect(reason).toMatchObject({ code: 'conflict' })
        version = won[0] ?? ''
      }
    },
  )

  it.each(['pool', 'sql'] as const)('lists and rotates more records than a page holds, with %s', async (name) => {
    const store = postgresStore({ client: clients[name], sealer: testSealer, schema: schema() })
    await store.migrate()
    const keys = ['', ...Array.from({ length: 1_010 }, (_, index) => `key ${index}`)]
    await Promise.all(keys.map((key) => store.commit(key, 'x', null)))
    expect((await collect(store.keys())).sort()).toEqual(keys.sort())
    expect(await rotateKey(store)).toMatchObject({ seen: 1_011, current: 1_011 })
  })

  it('ends a read with the reason of its signal, at once, even if the table is locked', async () => {
    const name = schema()
    const store = postgresStore({ client: clients.pool, schema: name })
    await store.migrate()
    const other = new pg.Client({ connectionString: clients.server.url })
    await other.connect()
    onTestFinished(() => other.end())
    await other.query(`BEGIN; LOCK TABLE ${name}.chaveiro_token IN ACCESS EXCLUSIVE MODE`)
    const controller = new AbortController()
    const reading = errorOf(store.read('a', { signal: controller.signal }))
    controller.abort(new Error('no patience'))
    expect(await reading).toMatchObject({ message: 'no patience' })
    await other.query('ROLLBACK')
  })

  describe('names', () => {
    it.each(['', 'a b', 'a"b', 'a;b', "a'b", 'é', '1a', 'a'.repeat(64), 'a$b', 'public.a'])('%j is refused', (name) => {
      expect(() => postgresStore({ client: clients.pool, table: name })).toThrow(TypeError)
      expect(() => postgresStore({ client: clients.pool, schema: name })).toThrow(TypeError)
    })

    it('that are reserved words are quoted', async () => {
      const store = postgresStore({ client: clients.pool, schema: schema(), table: 'select' })
      await store.migrate()
      await store.commit('a', 'one', null)
      expect(await collect(store.keys())).toEqual(['a'])
    })
  })

  it('refuses a client of another shape', () => {
    for (const client of [undefined, null, {}, () => {}, 'postgres://localhost']) {
      // @ts-expect-error: that is the mistake
      expect(() => postgresStore({ client })).toThrow(TypeError)
    }
  })
})

describeWith(['own-postgres'], 'a PostgreSQL', () => {
  async function newServer(): Promise<RunningServer> {
    const server = await startPostgres()
    onTestFinished(() => server[Symbol.asyncDispose]())
    return server
  }

  it('migrates without the right to create anything when everything is there', async () => {
    const server = await newServer()
    const owner = new pg.Client({ connectionString: server.url })
    await owner.connect()
    onTestFinished(() => owner.end())
    const name = newSchema()
    await postgresStore({ client: owner, schema: name }).migrate()
    const role = newSchema()
    await owner.query(`CREATE ROLE ${role} LOGIN; GRANT USAGE ON SCHEMA ${name} TO ${role};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ${name}.chaveiro_token TO ${role}`)
    const url = new URL(server.url)
    url.username = role
    const pool = new pg.Pool({ connectionString: url.href })
    onTestFinished(() => pool.end())
    const store = postgresStore({ client: pool, schema: name })
    await store.migrate()
    await store.commit('a', null, await store.commit('a', 'one', null))
    expect(await errorOf(postgresStore({ client: pool, schema: newSchema() }).migrate())).toMatchObject({
      code: 'store',
      message: 'PostgreSQL could not create its table: this user lacks the necessary rights (42501).',
    })
  })

  it('that is down is an error of code store, and works again when it is back', async () => {
    const server = await newServer()
    const pool = new pg.Pool({ connectionString: server.url })
    pool.on('error', () => {})
    const store = postgresStore({ client: pool })
    await store.migrate()
    await store.commit('a', 'one', null)
    await server.kill()
    for (const error of [await errorOf(store.read('a')), await errorOf(store.commit('a', 'two', null))]) {
      expect(error).toMatchObject({
        code: 'store',
        action: 'retry',
        message: expect.stringMatching(/^PostgreSQL could not/),
      })
      expect(JSON.stringify(error)).not.toContain('127.0.0.1')
    }
  })
})
