import { postgresStore } from '@chaveiro/stores/postgres'
import type { Sealer } from '@chaveiro/stores/sealer'
import type { Session } from '../session/session.ts'
import { loadDriver, type OpenStore } from './drivers.ts'

const CONNECT_MS = 5_000

/** A store in PostgreSQL. Connections are opened when the first record is read. */
export async function openPostgres(url: string, sealer: Sealer, session: Session): Promise<OpenStore> {
  const { default: pg } = await loadDriver(() => import('pg'), 'pg', session)
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: CONNECT_MS })
  // A connection that breaks while it is idle concerns no query yet: the next one says so.
  pool.on('error', () => {})
  const store = postgresStore({ client: pool, sealer })
  return { store, outlivesProcess: true, prepare: () => store.migrate(), close: () => pool.end() }
}
