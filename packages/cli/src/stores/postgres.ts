import { postgresStore } from '@chaveiro/stores/postgres'
import type { Sealer } from '@chaveiro/stores/sealer'
import type { Session } from '../session/session.ts'
import { loadDriver, type OpenStore, type StoreUse } from './drivers.ts'

const CONNECT_MS = 5_000
// A command has one account, a server many.
const CONNECTIONS: Readonly<Record<StoreUse, number>> = { brief: 1, lasting: 8 }

/** A store in PostgreSQL. Connections are opened when the first record is read. */
export async function openPostgres(url: string, sealer: Sealer, session: Session, use: StoreUse): Promise<OpenStore> {
  const { default: pg } = await loadDriver(() => import('pg'), 'pg', session)
  const options = { connectionString: url, max: CONNECTIONS[use], connectionTimeoutMillis: CONNECT_MS }
  const pool = new pg.Pool(options)
  // A connection that breaks while it is idle concerns no query yet: the next one says so.
  pool.on('error', () => {})
  const store = postgresStore({ client: pool, sealer })
  return { store, outlivesProcess: true, prepare: () => store.migrate(), close: () => pool.end() }
}
