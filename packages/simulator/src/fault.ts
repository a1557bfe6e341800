// What can go wrong on the way to a provider and back, as plain data: a test says it, a command line can say it too.

import type { Json } from './json.ts'

/** A fault in place of the provider's answer: before the provider did its work, or after it. */
interface Processed {
  /**
   * `true`: the provider does the work first (issues the tokens, spends the refresh token), and only its answer is lost.
   *
   * @default false
   */
  readonly processed?: boolean | undefined
}

/** Another status in the provider's error model. */
export interface StatusFault extends Processed {
  readonly kind: 'status'
  /** 200 to 599. */
  readonly status: number
  /**
   * The `Retry-After` header: seconds, an instant (sent as an HTTP-date), or a string sent as it is.
   *
   * @default no header
   */
  readonly retryAfter?: number | Date | string | undefined
  /** Further headers, such as `www-authenticate`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /**
   * The JSON body.
   *
   * @default the provider's error model; none where that does not know the status
   */
  readonly body?: Json | undefined
}

/** The connection is reset without an answer. */
export interface ResetFault extends Processed {
  readonly kind: 'reset'
}

/** No answer until the fault is released or the caller gives up. */
export interface HangFault extends Processed {
  readonly kind: 'hang'
}

/** The provider starts its work after a pause on the simulator's clock. */
export interface DelayFault {
  readonly kind: 'delay'
  /** How long, in milliseconds on the simulator’s clock. */
  readonly delayMs: number
}

/** An HTML page, as proxies and captive portals send. */
export interface HtmlFault extends Processed {
  readonly kind: 'html'
  /** @default 200 */
  readonly status?: number | undefined
}

/** A redirect to somewhere else. */
export interface RedirectFault extends Processed {
  readonly kind: 'redirect'
  /** Where to: absolute, or a path. */
  readonly location: string | URL
  /** @default 307 */
  readonly status?: 301 | 302 | 303 | 307 | 308 | undefined
}

/** The true answer, its body in pieces. */
export interface SlowBodyFault {
  readonly kind: 'slow-body'
  /** Time before each piece. @default 1_000 */
  readonly everyMs?: number | undefined
  /** @default 4 */
  readonly pieces?: number | undefined
}

/** The true answer, whose connection is reset halfway through the body. */
export interface CutBodyFault {
  readonly kind: 'cut-body'
}

/** The true answer's status with no body. */
export interface EmptyBodyFault {
  readonly kind: 'empty-body'
}

/** The true answer, whose JSON ends too early. */
export interface MalformedJsonFault {
  readonly kind: 'malformed-json'
}

/** The true answer without one of its top-level fields. */
export interface MissingFieldFault {
  readonly kind: 'missing-field'
  /** The name of a top-level field. */
  readonly field: string
}

/** The true answer with another value in one of its top-level fields. */
export interface AlteredFieldFault {
  readonly kind: 'altered-field'
  /** The name of a top-level field. */
  readonly field: string
  /** The value to use instead. */
  readonly value: Json
}

/** The true answer, padded with spaces: valid JSON, but too long. */
export interface OversizedBodyFault {
  readonly kind: 'oversized-body'
  /** @default 5_242_880 */
  readonly sizeBytes?: number | undefined
}

/** The true answer with a `Date` header that is off. */
export interface SkewedDateFault {
  readonly kind: 'skewed-date'
  /** Positive: the server's clock is ahead. */
  readonly byMs: number
}

/** Everything that the simulator can be told to do wrong. */
export type Fault =
  | StatusFault
  | ResetFault
  | HangFault
  | DelayFault
  | HtmlFault
  | RedirectFault
  | SlowBodyFault
  | CutBodyFault
  | EmptyBodyFault
  | MalformedJsonFault
  | MissingFieldFault
  | AlteredFieldFault
  | OversizedBodyFault
  | SkewedDateFault

/** The name of a fault. */
export type FaultKind = Fault['kind']

/** Which requests a fault meets. */
export interface FaultScope<Operation extends string> {
  /**
   * The operation or operations that it waits for.
   *
   * @default any request, one to no known operation included
   */
  readonly operation?: Operation | readonly Operation[] | undefined
  /**
   * How many requests it meets; `Infinity` for all.
   *
   * @default 1
   */
  readonly times?: number | undefined
}
