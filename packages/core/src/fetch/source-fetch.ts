import { checkOptions, oneOf } from '../check-options.ts'
import type { Fetch } from '../http/fetch.ts'
import type { RetryOptions } from '../retry/retry-options.ts'

/** How one call, or all calls through one `fetch`, differ from the defaults. */
export interface FetchOptions {
  /** `false` sends once; an object changes single settings. @default the retry policy of the source */
  retry?: false | RetryOptions | undefined
  /** Bound on the whole call, up to the response's headers, in milliseconds; `false` for none. @default 120_000 */
  timeoutMs?: number | false | undefined
  /** Which methods are sent again, once, after the API rejected the token and a new one was obtained. @default 'all' */
  replay?: 'all' | 'idempotent' | undefined
  /** The operationId of the spec whose `x-retry` applies to the call. @default by method */
  operation?: string | undefined
}

/** `source.fetch`: give it to any client. `with()` returns one that behaves differently. */
export interface SourceFetch extends Fetch {
  /** Adds to the options so far; `undefined` changes nothing. @throws {TypeError} for an invalid option. */
  with(options: FetchOptions): SourceFetch
}

/** The options so far with some more. */
export function moreFetchOptions(options: FetchOptions, more: FetchOptions): FetchOptions {
  checkOptions(more, ['retry', 'timeoutMs', 'replay', 'operation'])
  if (more.retry) checkOptions(more.retry)
  // No other value counts as 'all': a caller that writes 'never' means less than that.
  oneOf('replay', more.replay ?? 'all', ['all', 'idempotent'])
  return {
    retry: moreRetryOptions(options.retry, more.retry),
    timeoutMs: more.timeoutMs ?? options.timeoutMs,
    replay: more.replay ?? options.replay,
    operation: more.operation ?? options.operation,
  }
}

function moreRetryOptions(retry: FetchOptions['retry'], more: FetchOptions['retry']): FetchOptions['retry'] {
  if (!retry || !more) return more ?? retry
  const given = Object.entries(more).filter(([, value]) => value !== undefined)
  return Object.assign({ ...retry }, Object.fromEntries(given))
}
