import type { Json } from './json.ts'

/** A request, read whole. */
export interface IncomingRequest {
  /** In upper case. */
  readonly method: string
  /** With the query. */
  readonly url: URL
  /** All that came. */
  readonly headers: Headers
  /** The body, as it came; empty where there was none. */
  readonly text: string
}

/** A request on its way to the operation that answers it. */
export interface Call extends IncomingRequest {
  /** The path's parameters, decoded. */
  readonly params: Readonly<Record<string, string>>
  /** The body's JSON; undefined where there isn't one or it cannot be read. */
  readonly body: Json | undefined
}

/** The token in an Authorization header, whatever the case of its scheme (RFC 9110 §11.1). */
export const bearerToken = (headers: Headers): string | undefined =>
  /^bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
