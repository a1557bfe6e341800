import type { FaultKind } from './fault.ts'
import type { ReceivedRequest } from './request-log.ts'

/** Which requests are meant, as plain data: assertions, `waitFor` and the admin API have this one way to say it. */
export interface RequestWish<Operation extends string = string> {
  /** @default any, also a request to no operation */
  readonly operation?: Operation | undefined
  /** In upper case. @default any */
  readonly method?: string | undefined
  /** Of the answer. @default any, also a request without an answer */
  readonly status?: number | undefined
  /** The fault that the request met. @default any, or none */
  readonly fault?: FaultKind | undefined
  /** What became of the request. @default whatever it is */
  readonly outcome?: ReceivedRequest['outcome'] | undefined
  /** The family of the token that the request carried. @default any */
  readonly family?: number | undefined
  /** The generation of the token that the request carried. @default any */
  readonly generation?: number | undefined
}

/** Is this request one of those that are meant? */
export const isMeant = <Operation extends string>(
  request: ReceivedRequest<Operation>,
  wish: RequestWish<Operation>,
): boolean => {
  const { operation, method, status, fault, outcome, family, generation } = wish
  return (
    (operation === undefined || request.operation === operation) &&
    (method === undefined || request.method === method) &&
    (status === undefined || request.status === status) &&
    (fault === undefined || request.fault === fault) &&
    (outcome === undefined || request.outcome === outcome) &&
    (family === undefined || request.token?.family === family) &&
    (generation === undefined || request.token?.generation === generation)
  )
}
