import { hasMethods } from '../cell/check-options.ts'
import type { Query } from './postgres-cells.ts'

/** What is used of the `sql` function of `postgres` (Postgres.js). */
export interface PostgresJsClient {
  /** Runs a statement that is text; its values are parameters anyway. */
  unsafe(text: string, parameters?: string[]): PromiseLike<readonly unknown[]>
}

export function isPostgresJs(client: unknown): client is PostgresJsClient {
  return hasMethods(client, 'unsafe')
}

/**
 * `unsafe` is the way to a text with parameters; the text is ours and holds no value. Unlike a tagged template it
 * prepares nothing, so another connection of a pooler may run it.
 */
export function postgresJsQuery(sql: PostgresJsClient): Query {
  return async (text, values) => sql.unsafe(text, [...values])
}
