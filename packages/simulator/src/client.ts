// A typed client of the admin API, for programs that start a simulator elsewhere. Generated types, and openapi-fetch under
// them, as in the clients of providers.

import createClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './generated/admin-schema.ts'
import type { Fetch } from './in-process-fetch.ts'

/** The operations of the admin API, by path and method. */
export type AdminClient = Client<paths>

/** The shapes of the admin API's document, by name: `AdminSchemas['State']`. */
export type AdminSchemas = components['schemas']

/** Options of {@link createAdminClient}. */
export interface AdminClientOptions {
  /** The address of any of the simulated providers, such as `http://127.0.0.1:8080`. */
  readonly url: string | URL
  /** @default the global `fetch` */
  readonly fetch?: Fetch | undefined
}

/**
 * A client of the admin API of a simulator that runs elsewhere, in another process or in a container:
 * `await admin.POST('/faults', { body: { provider: 'bitize', fault: { kind: 'reset' } } })`. It resolves to `data` or to
 * `error`, a problem with a `code`; only a connection that fails makes it reject.
 */
export const createAdminClient = ({ url, fetch }: AdminClientOptions): AdminClient =>
  createClient<paths>({ baseUrl: new URL('/__simulator', url).href, ...(fetch && { fetch }) })
