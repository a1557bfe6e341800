import createClient, { type Client } from 'openapi-fetch'
import type { Fetch } from '../http/fetch.ts'
import { baseUrlOf } from '../provider/server.ts'

/** A client typed by a generated schema. The only place that knows openapi-fetch. */
export type TypedClient<Paths extends object> = Client<Paths>

/** What a typed client sends through. */
export interface ClientTransport {
  /** What everything is sent with. */
  fetch: Fetch
  /** Called before each request with the operation's path template. Returns what is sent. */
  prepare?: ((request: Request, path: string) => Promise<Request>) | undefined
}

/** Makes a typed client. Its bodies are JSON. */
export function typedClient<Paths extends object>(server: URL, transport: ClientTransport): TypedClient<Paths> {
  return open<Paths>(server, transport, {})
}

/** Makes a typed client whose bodies are forms, as RFC 6749 demands of token endpoints. A field is a text, a number or a boolean. */
export function formClient<Paths extends object>(server: URL, transport: ClientTransport): TypedClient<Paths> {
  // By this header openapi-fetch knows how to write a body.
  return open<Paths>(server, transport, { 'content-type': 'application/x-www-form-urlencoded' })
}

function open<Paths extends object>(
  server: URL,
  { fetch, prepare }: ClientTransport,
  headers: Readonly<Record<string, string>>,
): TypedClient<Paths> {
  const client = createClient<Paths>({ baseUrl: baseUrlOf(server), fetch, headers })
  if (prepare) {
    client.use({
      async onRequest({ request, schemaPath }) {
        // One call may name another base URL, and another fetch than ours: nothing is put on what goes elsewhere.
        return new URL(request.url).origin === server.origin ? prepare(request, schemaPath) : request
      },
    })
  }
  return client
}
