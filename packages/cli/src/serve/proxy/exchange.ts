import type { Client } from '../../providers/cli-provider.ts'
import type { CliFacts } from '../../providers/sign-in-method.ts'
import type { Call } from '../door/call.ts'

/** What a key allows through the proxy door. */
export interface PathRule {
  /** In upper case. Empty: any. */
  readonly methods: readonly string[]
  /** Segments, `*` and `**`. Empty: any. */
  readonly path: readonly string[]
  /** As written, for the log. */
  readonly text: string
}

/** An account that the server has opened. */
export interface ServedAccount {
  readonly provider: string
  readonly name: string
  readonly facts: CliFacts
  readonly client: Client
  /** Every secret of the account that is known by now. */
  readonly secrets: () => readonly string[]
}

/** One call through the proxy door, which the key and the account allow. */
export interface ProxyExchange {
  readonly call: Call
  /** The raw request target behind `/v1/proxy/{provider}/{account}`, as it came; begins with `/`. */
  readonly target: string
  readonly account: ServedAccount
  readonly rules: readonly PathRule[]
  /** May this key hold tokens? Then echoes aren't its concern. */
  readonly holdsTokens: boolean
  /** Epoch milliseconds: how long a caller has to wait is said from now. */
  readonly now: () => number
  /** Where `Location` is rewritten to: `/v1/proxy/{provider}/{account}` as it was called. */
  readonly mount: string
}

/** What became of a call, for the log and the metrics. */
export interface ProxyOutcome {
  readonly status: number
  /** The rule that matched, as written. */
  readonly rule?: string
  readonly attempts?: number
  /** Of the problem that was sent, if it was one of ours. */
  readonly code?: string
}
