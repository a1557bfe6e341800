import type { FaultKind } from './fault.ts'
import type { TokenRef } from './issued-token.ts'

/** A request as the simulator remembers it: without headers and body, and with every query value taken out. */
export interface ReceivedRequest<Operation extends string = string> {
  /** Counts the requests of a simulator, from 1; `reset()` doesn't start again. */
  readonly id: number
  /** In upper case. */
  readonly method: string
  /** `/auth?refresh_token=[redacted]` */
  readonly path: string
  /** Undefined: no operation of the provider. */
  readonly operation: Operation | undefined
  /** Epoch milliseconds on the simulator's clock. */
  readonly receivedAt: number
  /** When its answer began, or the connection ended. Undefined: not yet. */
  readonly answeredAt: number | undefined
  /** The issued token that it carried, as Bearer or as refresh token, if the simulator knows it. */
  readonly token: TokenRef | undefined
  /** The token that its answer brought. */
  readonly issued: TokenRef | undefined
  /** Where its address held a secret that doesn't belong there, such as `query.access_token` or `path`. */
  readonly exposed: readonly string[]
  /** The fault that it met. */
  readonly fault: FaultKind | undefined
  /** Whether it reached the provider's own code, so that it may have changed something. */
  readonly processed: boolean
  /** Undefined: no answer, or none yet. */
  readonly status: number | undefined
  /** Why the provider refused it, without any of its values. */
  readonly detail: string | undefined
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
export const redactedPath = (url: URL, isSecret: (segment: string) => boolean): string => {
  const segments = url.pathname.split('/').map((segment) => (isSecret(decoded(segment)) ? '[redacted]' : segment))
  const names = [...url.searchParams.keys()].map((name) => `${name}=[redacted]`)
  const path = names.length === 0 ? segments.join('/') : `${segments.join('/')}?${names.join('&')}`
  return path.replaceAll(/\d{13,19}/g, '[redacted]')
}

/** What a request's address holds that could be a secret: the values of its path and its query. */
export interface AddressValues {
  readonly url: URL
  /** The parameters of the path, where it is that of an operation. */
  readonly params: readonly string[] | undefined
  /** The parameters of the query that are documented, and so may hold a secret. */
  readonly documented: readonly string[]
}

/** Where an address holds a secret that doesn't belong there. */
export const exposedPlaces = (
  { url, params = url.pathname.split('/').map(decoded), documented }: AddressValues,
  isSecret: (value: string) => boolean,
): readonly string[] => {
  const isExposed = (value: string): boolean => value !== '' && isSecret(value.replace(/^(?:Bearer|Basic) /i, ''))
  const parameters = [...url.searchParams].filter(([name, value]) => !documented.includes(name) && isExposed(value))
  return [...(params.some(isExposed) ? ['path'] : []), ...new Set(parameters.map(([name]) => `query.${name}`))]
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
