import type { InputFact, OperationFact, RetryAfterFact } from './token-provider.ts'

/** The life of the tokens of one security scheme, for documentation. */
export interface SchemeFact {
  /** The operationIds. */
  readonly acquire?: string | undefined
  /** The operation that exchanges a refresh token. */
  readonly refresh?: string | undefined
  /** The operation that ends a token. */
  readonly revoke?: string | undefined
  /** The operation that lists issued tokens. */
  readonly list?: string | undefined
  /** One sentence, with its source. */
  readonly lifetime?: string | undefined
  /** What a second acquire does to the first token. */
  readonly repeat: 'free' | 'leaves-token' | 'ends-previous' | 'unknown'
  /** What becomes of a refresh token that was used. `none`: there are no refresh tokens. */
  readonly rotation: 'always' | 'never' | 'unknown' | 'none'
}

/** What a spec states, as data. Generated into every provider package. */
export interface ProviderFacts {
  /** The name of its folder in `specs`. */
  readonly id: string
  /** The name that people use. */
  readonly title: string
  /** The documented servers, by name. */
  readonly servers: Readonly<Record<string, string>>
  /** Servers that exist and whose host no document names, by name: where users find it. */
  readonly undocumentedServers?: Readonly<Record<string, string>> | undefined
  /** What users configure, by name. */
  readonly inputs: Readonly<Record<string, InputFact>>
  /** What the document describes, by operationId. */
  readonly operations: Readonly<Record<string, OperationFact>>
  /** The lives of its tokens, by security scheme. */
  readonly schemes: Readonly<Record<string, SchemeFact>>
  /** Headers in which the provider documents how long to wait. */
  readonly retryAfter?: readonly RetryAfterFact[] | undefined
}
