import type { JsonObject } from '../json.ts'
import type { ReceivedRequest } from '../request-log.ts'
import { isMeant, type RequestWish } from '../request-wish.ts'
import { asJson } from './views.ts'

/** Requests that a test expects of a provider. */
export interface Expectation {
  readonly provider: string
  readonly request: RequestWish
  readonly atLeast: number
  readonly atMost: number | undefined
}

/** An expectation, compared with what was received so far. */
export const expectationView = (expectation: Expectation, requests: readonly ReceivedRequest[]): JsonObject => {
  const { request, atLeast, atMost } = expectation
  const received = requests.filter((one) => isMeant(one, request)).length
  return asJson({ ...expectation, received, met: received >= atLeast && received <= (atMost ?? Infinity) })
}
