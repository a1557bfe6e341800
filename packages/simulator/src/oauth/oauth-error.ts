import type { Answer } from '../answer.ts'
import type { JsonObject } from '../json.ts'
import type { Answering } from '../route.ts'

/** The errors that the server answers with (RFC 6749 §4.1.2.1 and §5.2, RFC 7009 §2.2.1). */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'

/** A request that is refused. The detail holds no value of the request: that may be a secret. */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode

  constructor(code: OAuthErrorCode, detail: string) {
    super(detail)
    this.name = 'OAuthError'
    this.code = code
  }
}

/** How a provider words its errors. */
export interface ErrorModel {
  readonly answering: (answer: Answering) => Answering
  readonly refuse: (status: number, detail: string) => Answer
}

export interface ErrorModelOptions {
  readonly statuses: Readonly<Partial<Record<OAuthErrorCode, number>>>
  readonly errorBody: (error: string, detail: string, status: number) => JsonObject
}

// RFC 9110 §15.5.2: each 401 names a scheme. RFC 6749 §5.2: the one that the client used, which is the only one there is.
const CHALLENGE = { 'www-authenticate': 'Basic realm="simulator", charset="UTF-8"' }

/** RFC 6749 §5.2, or what the provider says instead. */
export const createErrorModel = ({ statuses, errorBody }: ErrorModelOptions): ErrorModel => {
  const answer = (code: OAuthErrorCode, detail: string): Answer => {
    const status = statuses[code] ?? (code === 'invalid_client' ? 401 : 400)
    return { status, headers: status === 401 ? CHALLENGE : {}, detail, body: errorBody(code, detail, status) }
  }
  return {
    answering: (work) => async (call) => {
      try {
        return await work(call)
      } catch (error) {
        if (error instanceof OAuthError) return answer(error.code, error.message)
        throw error
      }
    },
    // For faults, and for paths that don't exist: the standard words no other statuses.
    refuse: (status, detail) => {
      if (status === 401) {
        return { status, headers: CHALLENGE, detail, body: errorBody('invalid_client', detail, 401) }
      }
      return status === 400 ? answer('invalid_request', detail) : { status, detail }
    },
  }
}

/** RFC 6749 §5.2. */
export const standardError = (error: string, detail: string): JsonObject => ({ error, error_description: detail })
