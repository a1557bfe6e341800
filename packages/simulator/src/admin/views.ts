// How the admin API shows what the simulators know, in the shapes of its document.

import type { Fault, FaultScope } from '../fault.ts'
import type { QueuedFault } from '../fault-queue.ts'
import type { ListedToken } from '../issued-token.ts'
import type { JsonObject } from '../json.ts'
import type { ReceivedRequest } from '../request-log.ts'

/** What JSON makes of it: without fields that are undefined. */
export const asJson = (value: object): JsonObject => {
  const json: JsonObject = JSON.parse(JSON.stringify(value))
  return json
}

export const requestView = (provider: string, request: ReceivedRequest): JsonObject => asJson({ provider, ...request })

/** In JSON there is no infinity. */
const always = (times: number | undefined): number | 'always' | undefined => (times === Infinity ? 'always' : times)

export const faultView = (provider: string, { id, fault, remaining, holding }: QueuedFault): JsonObject =>
  asJson({ provider, id, fault: faultJson(fault), remaining: always(remaining), holding })

const faultJson = (fault: Fault & FaultScope<string>): JsonObject => {
  const { times, ...rest } = fault
  // A Date writes itself otherwise than the header has it.
  const given = 'retryAfter' in fault ? fault.retryAfter : undefined
  const retryAfter = typeof given === 'object' ? given.toUTCString() : given
  return asJson({ ...rest, times: always(times), ...(retryAfter !== undefined && { retryAfter }) })
}

/** A token as every list has it, whatever its provider calls the account. */
export interface TokenOwner {
  readonly account?: string | undefined
  readonly sellerId?: string | undefined
  readonly username?: string | undefined
  readonly clientId?: string | undefined
}

export const tokenView = (token: ListedToken & TokenOwner): JsonObject => {
  const { family, generation, issuedAt, access, refresh, expiresAt, state } = token
  const account = token.account ?? token.sellerId ?? token.username ?? token.clientId
  return asJson({ family, generation, account, issuedAt, access: access ?? { expiresAt, state }, refresh })
}
