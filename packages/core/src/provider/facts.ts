import type { InputFact, OperationFact, RetryAfterFact } from './token-provider.ts'

/** The life of the tokens of one security scheme, for documentation. */
export interface SchemeFact {
  /** The operationIds. */
  readonly acquire?: string | undefined
  readonly refresh?: string | undefined
  readonly revoke?: string | undefined
  readonly list?: string | undefined
  /** One sentence, with its source. */
  readonly lifetime?: string | undefined
  readonly repeat: 'free' | 'leaves-token' | 'ends-previous' | 'unknown'
  /** What becomes of a refresh token that was used. `none`: there are no refresh tokens. */
  readonly rotation: 'always' | 'never' | 'unknown' | 'none'
}

/** What a spec states, as data. Generated into every provider package. */
export interface ProviderFacts {
  readonly id: string
  readonly title: string
  /** The documented servers, by name. */
  readonly servers: Readonly<Record<string, string>>
  /** Servers that exist and whose host no document names, by name: where users find it. */
  readonly undocumentedServers?: Readonly<Record<string, string>> | undefined
  readonly inputs: Readonly<Record<string, InputFact>>
  readonly operations: Readonly<Record<string, OperationFact>>
  readonly schemes: Readonly<Record<string, SchemeFact>>
  /** Headers in which the provider documents how long to wait. */
  readonly retryAfter?: readonly RetryAfterFact[] | undefined
}
