import createClient, { type Client } from 'openapi-fetch'
import type { Fetch } from '../http/fetch.ts'
import { baseUrlOf } from '../provider/server.ts'

/** A client typed by a generated schema. The only place that knows openapi-fetch. */
export type TypedClient<Paths extends object> = Client<Paths>

/** What a typed client sends through. */
export interface ClientTransport {
  /** What everything is sent with. */
  fetch: Fetch
  /** Called before each request with the operation's method and path template; may add headers. */
  prepare?: ((method: string, path: string, headers: Headers) => Promise<void>) | undefined
}

/** Makes a typed client. */
export function typedClient<Paths extends object>(
  server: URL,
  { fetch, prepare }: ClientTransport,
): TypedClient<Paths> {
  const client = createClient<Paths>({ baseUrl: baseUrlOf(server), fetch })
  if (prepare) {
    client.use({
      async onRequest({ request, schemaPath }) {
        // One call may name another base URL, and another fetch than ours: nothing is put on what goes elsewhere.
        if (new URL(request.url).origin === server.origin) await prepare(request.method, schemaPath, request.headers)
        return request
      },
    })
  }
  return client
}
