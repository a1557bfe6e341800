import { postgresStore } from '@chaveiro/stores/postgres'
import { describeWith, postgresForTests, type RunningServer } from '@chaveiro/test-servers'
import pg from 'pg'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { failuresOf } from './support/conforms.ts'
import { errorOf } from './support/error-of.ts'

const schema = `chaveiro_test_${crypto.randomUUID().replaceAll('-', '')}`
const TEXT = 25

const bytes = (text: unknown): Buffer => Buffer.from(String(text))
const upper = (text: string): string => text.toUpperCase()

describeWith(['postgres'], 'PostgreSQL, whatever the options of its driver,', () => {
  let server: RunningServer
  let owner: pg.Pool
  beforeAll(async () => {
    server = await postgresForTests()
    owner = new pg.Pool({ connectionString: server.url })
    await postgresStore({ client: owner, schema }).migrate()
  }, 60_000)
  afterAll(async () => {
    await owner.query(`DROP SCHEMA ${schema} CASCADE`)
    await owner.end()
    await server[Symbol.asyncDispose]()
  })

  function pool(options: pg.PoolConfig = {}): pg.Pool {
    const client = new pg.Pool({ connectionString: server.url, ...options })
    onTestFinished(() => client.end())
    return client
  }

  function sql(options: postgres.Options<Record<string, postgres.PostgresType>> = {}): postgres.Sql {
    const client = postgres(server.url, options)
    onTestFinished(() => client.end({ timeout: 1 }))
    return client
  }

  const textParser = (parse: (text: unknown) => unknown): pg.CustomTypesConfig => ({
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === TEXT ? parse : pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format),
  })

  // The types of pg don't know it.
  const binary: pg.PoolConfig & { binary: true } = { binary: true }
  const PG: Readonly<Record<string, pg.PoolConfig>> = {
    binary,
    'a parser that makes bytes of texts': { types: textParser(bytes) },
    'limits of time': { query_timeout: 60_000, statement_timeout: 60_000 },
    'another encoding of the client': { client_encoding: 'SQL_ASCII' },
  }

  it.each(Object.entries(PG))('works as a store with %s of pg', async (_, options) => {
    const client = pool(options)
    expect(await failuresOf(() => postgresStore({ client, schema }))).toEqual([])
  })

  type Rows = readonly Record<string, unknown>[]
  const renamed = (rows: Rows, rename: (name: string) => string) =>
    rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [rename(name), value])))
  const WRAPPERS: Readonly<
    Record<string, (client: pg.Pool) => { query: (text: string, values?: string[]) => Promise<{ rows: unknown[] }> }>
  > = {
    'rows as arrays': (client) => ({
      query: (text, values = []) => client.query<unknown[], string[]>({ text, values, rowMode: 'array' }),
    }),
    'renamed columns': (client) => ({
      query: async (text, values) => Object({ rows: renamed((await client.query(text, values)).rows, upper) }),
    }),
    'the rows alone': (client) => ({ query: async (text, values) => Object((await client.query(text, values)).rows) }),
    'rows in another object': (client) => ({
      query: async (text, values) =>
        Object({ rows: (await client.query(text, values)).rows.map((data) => ({ id: 1, data })) }),
    }),
  }

  it.each(Object.entries(WRAPPERS))('works as a store through a wrapper of pg that gives %s', async (_, wrap) => {
    const client = wrap(pool())
    expect(await failuresOf(() => postgresStore({ client, schema }))).toEqual([])
  })

  const POSTGRES_JS: Readonly<Record<string, postgres.Options<Record<string, postgres.PostgresType>>>> = {
    'camel case': { transform: postgres.camel },
    'Pascal case': { transform: postgres.toPascal ? { column: { from: postgres.toPascal } } : {} },
    'kebab case': { transform: postgres.kebab },
    'columns in capitals': { transform: { column: { from: upper } } },
    'columns without a name': { transform: { column: { from: () => '' } } },
    'rows as arrays': { transform: { row: { from: (row: object) => Object.values(row) } } },
    'rows as Maps': { transform: { row: { from: (row: object) => new Map(Object.entries(row)) } } },
    'values as bytes': { transform: { value: { from: bytes } } },
    'null for undefined': { transform: { undefined: null } },
    'a type that makes bytes of texts': {
      types: { text: { to: TEXT, from: [TEXT], serialize: (text: string) => text, parse: bytes } },
    },
    bigints: { types: { bigint: postgres.BigInt } },
    'prepare: false and fetch_types: false': { prepare: false, fetch_types: false },
    'one connection': { max: 1, prepare: false },
  }

  it.each(Object.entries(POSTGRES_JS))('works as a store with %s of Postgres.js', async (_, options) => {
    const client = sql(options)
    expect(await failuresOf(() => postgresStore({ client, schema }))).toEqual([])
  })

  describe('is an error at the first use, never an absent record or a conflict,', () => {
    const CHECK = "Give the store a client whose types, parsers, serializers and transforms don't change strings."

    it.each([
      ['a parser of pg', 'with an altered text', () => pool({ types: textParser((text) => `${String(text)} `) })],
      ['a parser of pg', 'with a row (an object) without a string in it', () => pool({ types: textParser(() => 7) })],
      [
        'a parser of pg',
        'with a row (an object) without a string in it',
        () => pool({ types: textParser((text) => upper(String(text))) }),
      ],
      [
        'a value transform of Postgres.js',
        'with a row (an object) without a string in it',
        () => sql({ transform: { value: { from: () => null } } }),
      ],
      [
        'a row transform of Postgres.js',
        'with a row (undefined) without a string in it',
        () => sql({ fetch_types: false, transform: { row: { from: () => undefined } } }),
      ],
      [
        'a serializer of Postgres.js',
        'with an altered text',
        () => sql({ types: { text: { to: TEXT, from: [TEXT], serialize: upper, parse: (text: string) => text } } }),
      ],
    ])('if %s alters what is sent or answered, here %s', async (_, what, newClient) => {
      const store = postgresStore({ client: newClient(), schema })
      const error = {
        code: 'store',
        action: 'fix-configuration',
        message: `The PostgreSQL client answered ${what}. ${CHECK}`,
      }
      expect(await errorOf(store.read('canary'))).toMatchObject(error)
      const failure = await errorOf(store.commit('canary', 'one', null))
      expect(failure).toMatchObject(error)
      expect(JSON.stringify(failure)).not.toContain('canary')
    })

    it('if a list of keys is altered', async () => {
      await postgresStore({ client: pool(), schema }).commit(crypto.randomUUID(), 'one', null)
      const store = postgresStore({ client: pool({ types: textParser((text) => `${String(text)} `) }), schema })
      expect(await errorOf(store.keys()[Symbol.asyncIterator]().next())).toMatchObject({
        code: 'store',
        action: 'fix-configuration',
      })
    })

    it.each([undefined, null, {}, { rows: undefined }, { rows: [] }, [], { rows: [{}, {}] }, 'text', { rows: [null] }])(
      'if the answer is %j',
      async (answer) => {
        const client = { query: async () => Object(answer) }
        const store = postgresStore({ client, schema })
        expect(await errorOf(store.read('a'))).toMatchObject({ code: 'store', action: 'fix-configuration' })
        expect(await errorOf(store.commit('a', 'one', null))).toMatchObject({
          code: 'store',
          action: 'fix-configuration',
        })
      },
    )
  })
})
