import { postgresForTests, type RunningServer, startPgbouncer, startPostgres } from '@chaveiro/test-servers'
import pg from 'pg'
import postgres from 'postgres'

/** One server and every kind of client that the store takes. */
export interface PostgresClients extends AsyncDisposable {
  /** Where the clients are connected to. */
  readonly url: string
  /** The server, behind a pooler or not. */
  readonly server: RunningServer
  readonly pool: pg.Pool
  readonly client: pg.Client
  readonly sql: postgres.Sql
}

/** `pooled`: through a pgbouncer in transaction mode. */
export async function postgresClients({ pooled = false } = {}): Promise<PostgresClients> {
  const server = await (pooled ? startPostgres() : postgresForTests())
  const pooler = pooled ? await startPgbouncer(server) : undefined
  const { url } = pooler ?? server
  const pool = new pg.Pool({ connectionString: url })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  // Whatever a server says unasked would show here, and our statements cause nothing.
  const sql = postgres(url, { onnotice: ({ message }) => void notices.push(message ?? '') })
  // The server may end before they do.
  pool.on('error', () => {})
  client.on('error', () => {})
  return {
    url,
    server,
    pool,
    client,
    sql,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([pool.end(), client.end(), sql.end({ timeout: 1 })])
      await pooler?.[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** What PostgreSQL remarked, which Postgres.js would print. */
export const notices: string[] = []
