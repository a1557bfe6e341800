import type { ReplayClass } from '../http/failure.ts'
import type { RetryAfterFact } from '../http/retry-after.ts'

/** What a spec states, as data. Generated into every provider package. */
export interface ProviderFacts {
  /** The name of its folder in `specs`. */
  readonly id: string
  /** The name that people use. */
  readonly title: string
  /** The documented servers, by name. */
  readonly servers: Readonly<Record<string, string>>
  /** Where their APIs are, by the same names, where that is elsewhere. */
  readonly apiServers?: Readonly<Record<string, string>> | undefined
  /** Servers that exist and whose host no document names, by name: where users find it. */
  readonly undocumentedServers?: Readonly<Record<string, string>> | undefined
  /** What users configure, by name. */
  readonly inputs: Readonly<Record<string, InputFact>>
  /** What the document describes, by operationId. */
  readonly operations: Readonly<Record<string, OperationFact>>
  /** Query parameters that requests of the API carry besides the caller's. */
  readonly apiQuery?: readonly string[] | undefined
  /** Headers in which the provider documents how long to wait. */
  readonly retryAfter?: readonly RetryAfterFact[] | undefined
}

/** One input that the user configures, as the spec declares it. */
export interface InputFact {
  /** What it is and where a user finds it, in one sentence or two. */
  readonly description: string
  /** Drives redaction, documentation and checks. */
  readonly secret?: boolean | undefined
  /** Names the account: becomes the tenant. */
  readonly identity?: boolean | undefined
  /** The variable that the CLI reads, named in the message when the input is missing. */
  readonly env?: string | undefined
  /** May be left out: the provider itself says which inputs belong together. */
  readonly optional?: boolean | undefined
  /**
   * A duration is configured in milliseconds, under a name that ends in `Ms`. A certificate is a `CertificateInput`, and
   * always secret. @default string
   */
  readonly kind?: 'string' | 'duration' | 'certificate' | undefined
  /** Milliseconds for a duration. */
  readonly default?: string | number | undefined
}

/** One operation of a spec. */
export interface OperationFact {
  /** In upper case. */
  readonly method: string
  /** As in OpenAPI: `/tokens/{id}`. */
  readonly path: string
  /** Where it is, by the names of the documented servers, where that is elsewhere. */
  readonly servers?: Readonly<Record<string, string>> | undefined
  /** Where the API is that its tokens are for, by the same names, where that is not at `servers`. */
  readonly apiServers?: Readonly<Record<string, string>> | undefined
  /** How its body is sent. @default json */
  readonly content?: 'form' | undefined
  /** The security schemes that it names. */
  readonly security: readonly string[]
  /** Whether it may be sent again after a failure. */
  readonly replay: ReplayClass
  /** Query parameters in which the vendor demands a secret. */
  readonly secretQuery?: readonly string[] | undefined
  /** For a customer's own device only: no client on a server may call it. */
  readonly device?: boolean | undefined
  /** Of the API itself: no lifecycle calls it, and its answer holds no secret. */
  readonly api?: boolean | undefined
}

/** What the spec says about sending an operation again. @throws {TypeError} for an operation that it does not describe. */
export function operationReplay(
  { id, operations = {} }: { readonly id: string; readonly operations?: ProviderFacts['operations'] | undefined },
  operation: string,
): ReplayClass {
  const fact = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (fact) return fact.replay
  const known = Object.keys(operations).join(', ') || 'none'
  throw new TypeError(`${id} has no operation ${operation}. There are: ${known}.`)
}
