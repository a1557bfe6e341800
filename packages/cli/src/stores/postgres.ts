import { postgresStore } from '@chaveiro/stores/postgres'
import type { Sealer } from '@chaveiro/stores/sealer'
import type { Session } from '../program/session.ts'
import { loadDriver } from './drivers.ts'
import type { OpenStore } from './open-store.ts'

const CONNECT_MS = 5_000

/** A store in PostgreSQL. Connections are opened when the first record is read. */
export async function openPostgres(url: string, sealer: Sealer, session: Session): Promise<OpenStore> {
  const { default: pg } = await loadDriver(() => import('pg'), 'pg', session)
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: CONNECT_MS })
  // A connection that breaks while it is idle is nobody's business: the next query says so.
  pool.on('error', () => {})
  const store = postgresStore({ client: pool, sealer })
  return { store, outlivesProcess: true, prepare: () => store.migrate(), close: () => pool.end() }
}
