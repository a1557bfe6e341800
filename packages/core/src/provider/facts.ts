import type { ReplayClass } from '../http/failure.ts'
import type { RetryAfterFact } from '../http/retry-after.ts'
import type { InputFact, OperationFact, TokenProvider } from './token-provider.ts'

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
  /** Headers in which the provider documents how long to wait. */
  readonly retryAfter?: readonly RetryAfterFact[] | undefined
}

/** What the spec says about sending an operation again. @throws {TypeError} for an operation that it does not describe. */
export function operationReplay(
  { id, operations = {} }: Pick<TokenProvider<never>, 'id' | 'operations'>,
  operation: string,
): ReplayClass {
  const fact = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (fact) return fact.replay
  const known = Object.keys(operations).join(', ') || 'none'
  throw new TypeError(`${id} has no operation ${operation}. There are: ${known}.`)
}
