import type { TokenProvider } from '../provider/token-provider.ts'
import { parseChallenges } from './challenge.ts'

/** Does this answer of the API refuse the token, so that another one may help? */
export function isRefusal(provider: Pick<TokenProvider<never>, 'judge'>, response: Response): boolean {
  if (provider.judge) return provider.judge(response) === 'refused'
  if (response.status !== 401) return false
  const header = response.headers.get('www-authenticate')
  return header === null || !asksForMoreScope(header)
}

// RFC 6750 §3.1 gives it the status 403; some servers send 401. A new token of the same kind has the same scopes.
function asksForMoreScope(header: string): boolean {
  return parseChallenges(header).some(
    ({ scheme, parameters }) => scheme === 'bearer' && parameters.get('error') === 'insufficient_scope',
  )
}
