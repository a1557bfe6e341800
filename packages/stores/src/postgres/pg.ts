import { hasMethods } from '../cell/check-options.ts'
import type { Query } from './postgres-cells.ts'

/** What is used of a pool or a client of `pg`. */
export interface PgClient {
  /** Runs a statement with its values apart from its text. */
  query(text: string, values?: string[]): Promise<{ rows: unknown[] }>
}

export function isPg(client: unknown): client is PgClient {
  return hasMethods(client, 'query')
}

/** Statements without a name: nothing is prepared that another connection of a pooler would not know. */
export function pgQuery(client: PgClient): Query {
  const send = async (text: string, values: readonly string[]): Promise<unknown> => {
    // Without values it is a simple query: one message, one transaction.
    const result: unknown = await (values.length === 0 ? client.query(text) : client.query(text, [...values]))
    // Some wrappers give the rows alone.
    return typeof result === 'object' && result !== null && 'rows' in result ? result.rows : result
  }
  return isPool(client) ? send : (text, values) => oneAfterTheOther(client, () => send(text, values))
}

/** A pool counts its connections. */
function isPool(client: PgClient): boolean {
  return 'totalCount' in client
}

// From version 9 on, a single client of `pg` takes no query before the last one has ended; several stores may share one.
const lastQueries = new WeakMap<PgClient, Promise<unknown>>()

function oneAfterTheOther<T>(client: PgClient, send: () => Promise<T>): Promise<T> {
  const query = (lastQueries.get(client) ?? Promise.resolve()).then(send)
  lastQueries.set(
    client,
    query.catch(() => {}),
  )
  return query
}
