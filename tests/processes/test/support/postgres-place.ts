import { type RunningServer, startPostgres } from '@chaveiro/test-servers'
import pg from 'pg'
import type { Place } from './places.ts'

/** A PostgreSQL with someone at its controls. */
export interface PostgresPlace extends Place {
  readonly server: RunningServer
  /** Ends every connection of the fleet, as an administrator or a failover does. */
  terminateBackends(): Promise<void>
  /** Makes the next write wait, ends the connection that waits, and lets the others write. */
  terminateNextWrite(): Promise<() => Promise<void>>
}

const OTHERS = `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`
const WAITING = `${OTHERS} AND wait_event_type = 'Lock'`

export async function postgresPlace(): Promise<PostgresPlace> {
  const server = await startPostgres()
  const query = async (text: string): Promise<number> => {
    const client = await connected(server)
    try {
      return (await client.query(text)).rows.length
    } finally {
      await client.end()
    }
  }
  return {
    settings: (member) => ({ kind: 'postgres', url: server.url, driver: member % 2 === 0 ? 'pg' : 'postgres' }),
    server,
    async terminateBackends() {
      await query(terminate(OTHERS))
    },
    async terminateNextWrite() {
      const lock = await connected(server)
      await lock.query('BEGIN')
      // Operations that only read continue.
      await lock.query('LOCK TABLE chaveiro_token IN EXCLUSIVE MODE')
      return async () => {
        // Each question takes its time; the test's own time-out bounds it.
        while ((await query(terminate(WAITING))) === 0);
        await lock.query('ROLLBACK')
        await lock.end()
      }
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** Waits for each of them to be gone, but not for ever. */
function terminate(backends: string): string {
  return `SELECT pg_terminate_backend(pid, 5000) FROM (${backends}) AS backends`
}

async function connected({ url }: RunningServer): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  // A server that ends while it is connected is part of what is tried.
  client.on('error', () => {})
  await client.connect()
  return client
}
