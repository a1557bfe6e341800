import type { ProviderFailure, Verdict } from '@chaveiro/core/provider'

// RFC 6749 §5.2. Nothing but `invalid_client` has a status other than 400 there; Auth0 sends some of them with 403.
const ERROR_STATUSES = [400, 401, 403]

/**
 * What a failed token call means, where the body says it better than the status. The rest (429, 5xx, lost answers) is
 * the same for every provider, so it is left to the engine.
 */
export function classifyTokenError({ phase, status = 0, body }: ProviderFailure): Verdict | undefined {
  if (!ERROR_STATUSES.includes(status)) return undefined
  switch (errorOf(body)) {
    case 'invalid_grant':
      // The refresh token is spent, revoked or another client's: only a person can sign in again.
      return phase === 'refresh' ? { kind: 'refresh-rejected' } : undefined
    case 'invalid_client':
    case 'unauthorized_client':
    case 'unsupported_grant_type':
    case 'invalid_scope':
    case 'invalid_request':
      // The application is wrong, not the token: the refresh token is kept until somebody has put that right.
      return { kind: 'misconfigured' }
    default:
      return undefined
  }
}

function errorOf(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined
}
