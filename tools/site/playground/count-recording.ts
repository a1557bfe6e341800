import type { Recording, SentRequest } from './stage.ts'

/** What a scene comes to, in numbers. */
export interface Counts {
  readonly callers: number
  readonly tokenCalls: number
  /** Requests to the API: more than the callers where some were sent again. */
  readonly requests: number
  /** Those of them that the API answered with a 401. */
  readonly rejected: number
  /** Callers that got what they asked for. */
  readonly answers: number
}

export function countRecording({ callers, requests }: Recording): Counts {
  const ofApi = requests.filter(isOfApi)
  return {
    callers: callers.length,
    tokenCalls: requests.length - ofApi.length,
    requests: ofApi.length,
    rejected: ofApi.filter(isRejected).length,
    answers: callers.filter(({ status }) => status === 200).length,
  }
}

export const isOfApi = ({ caller }: SentRequest): boolean => caller !== undefined

export const isRejected = ({ status }: SentRequest): boolean => status === 401
