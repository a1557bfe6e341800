import type { Call } from '../incoming-request.ts'
import type { Json } from '../json.ts'

/** An operation of a simulated provider's API, behind an access token. */
export interface OAuthApiOperation {
  /** In upper case. */
  readonly method: string
  /** As in OpenAPI: `/orders/{id}`. */
  readonly path: string
  /** Does the provider's work. Faults, a wrong token and missing headers are dealt with before. */
  readonly answer: (call: OAuthApiCall) => OAuthApiAnswer
}

/** A request with an access token that is good. */
export interface OAuthApiCall extends Call {
  /** The client that got the token. */
  readonly client: string
  /** The person who agreed; undefined: it is the client's own. */
  readonly account: string | undefined
  /** What the token is good for. */
  readonly scopes: readonly string[]
}

/** What the API answers. */
export interface OAuthApiAnswer {
  /** Of HTTP. */
  readonly status: number
  /** Besides `content-type` and `date`. @default none */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** Left out: an empty body. */
  readonly body?: Json | undefined
}
