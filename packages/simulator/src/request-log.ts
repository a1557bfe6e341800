import type { FaultKind } from './fault.ts'
import type { TokenRef } from './issued-token.ts'

/** A request as the simulator remembers it: without headers and body, and with every query value taken out. */
export interface ReceivedRequest<Operation extends string = string> {
  /** In upper case. */
  readonly method: string
  /** `/auth?refresh_token=[redacted]` */
  readonly path: string
  /** Undefined: no operation of the provider. */
  readonly operation: Operation | undefined
  /** Epoch milliseconds on the simulator's clock. */
  readonly receivedAt: number
  /** The issued token that it carried, as Bearer or as refresh token, if the simulator knows it. */
  readonly token: TokenRef | undefined
  /** The fault that it met. */
  readonly fault: FaultKind | undefined
  /** Whether it reached the provider's own code, so that it may have changed something. */
  readonly processed: boolean
  /** Undefined: no answer, or none yet. */
  readonly status: number | undefined
  /** What became of it; `aborted`: the caller gave up. */
  readonly outcome: 'pending' | 'answered' | 'reset' | 'aborted'
}

/** The same, while it is being answered. */
export type LogEntry<Operation extends string> = {
  -readonly [Key in keyof ReceivedRequest<Operation>]: ReceivedRequest<Operation>[Key]
}

/**
 * Path and parameter names. No value: a refresh token may be one, and a mistaken client may send any secret there. Nor
 * digits that are as many as a card number has (ISO/IEC 7812: up to 19).
 */
export const redactedPath = (url: URL): string => {
  const names = [...url.searchParams.keys()].map((name) => `${name}=[redacted]`)
  const path = names.length === 0 ? url.pathname : `${url.pathname}?${names.join('&')}`
  return path.replaceAll(/\d{13,19}/g, '[redacted]')
}
