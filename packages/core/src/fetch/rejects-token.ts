import { parseChallenges } from './challenge.ts'

/** Does this answer of the API reject the token, so that another one may help? `judge` is the provider's own rule. */
export function rejectsToken(
  judge: ((response: Response) => 'refused' | 'insufficient-scope' | undefined) | undefined,
  response: Response,
): boolean {
  if (judge) return judge(response) === 'refused'
  if (response.status !== 401) return false
  const header = response.headers.get('www-authenticate')
  return header === null || !asksForMoreScope(header)
}

// RFC 6750 §3.1 demands status 403; some servers send 401. A new token would have the same scopes.
function asksForMoreScope(header: string): boolean {
  return parseChallenges(header).some(
    ({ scheme, parameters }) => scheme === 'bearer' && parameters.get('error') === 'insufficient_scope',
  )
}
