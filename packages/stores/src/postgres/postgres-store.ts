import { requireKnownOptions, requireSealer } from '../cell/check-options.ts'
import { createStore } from '../cell/create-store.ts'
import { driverFailure } from '../cell/store-failure.ts'
import type { RotatableStore } from '../sealer/rotatable-store.ts'
import type { Sealer } from '../sealer/sealer.ts'
import { migration } from './migration.ts'
import { isPg, type PgClient, pgQuery } from './pg.ts'
import { postgresCells, type Query } from './postgres-cells.ts'
import { isPostgresJs, type PostgresJsClient, postgresJsQuery } from './postgres-js.ts'
import { tableName } from './statements.ts'

/** A pool or a client of `pg`, or the `sql` function of `postgres` (Postgres.js). */
export type PostgresClient = PgClient | PostgresJsClient

/** Options of {@link postgresStore}. */
export interface PostgresStoreOptions {
  /** Yours: the store neither connects nor closes it. */
  client: PostgresClient
  /** Hides and authenticates the records. Without one, the manager wants `[storeUnsealed]: true`. */
  sealer?: Sealer | undefined
  /** @default 'public' */
  schema?: string | undefined
  /** @default 'chaveiro_token' */
  table?: string | undefined
}

/** A store whose table can be created. */
export interface PostgresStore extends RotatableStore {
  /**
   * Creates the table, and the schema, unless they are there, and completes a table from an earlier version. Any number of
   * processes may call it at once.
   */
  migrate(): Promise<void>
}

/**
 * Keeps records in one table of PostgreSQL, for any number of machines. Every operation is one statement on its own: no
 * transaction stays open, no connection is held, no session state is used, so a pooler in transaction mode will do.
 *
 * @throws TypeError for a client of another shape, an unusable name, or an unknown option.
 * @example
 * const store = postgresStore({ client: new Pool({ connectionString }), sealer })
 * await store.migrate()
 */
export function postgresStore(options: PostgresStoreOptions): PostgresStore {
  requireKnownOptions('postgresStore', options, ['client', 'sealer', 'schema', 'table'])
  const { client, sealer, schema = 'public', table = 'chaveiro_token' } = options
  requireSealer(sealer)
  const name = tableName(schema, table)
  const query = queryOf(client)
  const cells = postgresCells(query, name)
  return {
    ...createStore(cells, sealer),
    async migrate() {
      try {
        await query(migration(schema, table), [])
      } catch (error) {
        throw driverFailure(cells, 'migrate', error)
      }
    },
  }
}

function queryOf(client: PostgresClient): Query {
  if (isPostgresJs(client)) return postgresJsQuery(client)
  if (isPg(client)) return pgQuery(client)
  throw new TypeError('postgresStore needs the option client: a pool or client of `pg`, or `sql` of `postgres`.')
}
