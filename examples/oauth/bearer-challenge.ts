/** What an API's answer says about the token it was sent (RFC 6750 §3.1), by status and headers only. */
export function judgeBearer({ status, headers }: Response): 'refused' | 'insufficient-scope' | undefined {
  if (status !== 401 && status !== 403) return undefined
  // Another token would have the same scopes, so none is fetched. Meant for 403; some servers send it with 401.
  if (/\berror="?insufficient_scope\b/.test(headers.get('www-authenticate') ?? '')) return 'insufficient-scope'
  // `invalid_token`, or a challenge that says nothing. A 403 without one has its reason elsewhere.
  return status === 401 ? 'refused' : undefined
}
