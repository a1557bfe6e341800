// An entry of its own, because the tests that use it run on every platform: it imports nothing.

/** A simulated authorization server, as a suite steers it. */
export interface SteeredServer {
  readonly tokens: readonly { readonly access: { readonly expiresAt: number } }[]
  readonly reuses: number
  readonly faults: {
    next(fault: { readonly kind: 'reset'; readonly processed: true; readonly operation: 'issueToken' }): unknown
  }
  count(operation: 'issueToken'): number
  revoke(selection?: { readonly which: 'refresh' }): number
  revealSecrets(): readonly string[]
}

/** A clock that the test moves. */
export interface MovedClock {
  now(): number
  advance(ms: number): Promise<void>
}

/** What a conformance suite does to a server, and asks of it. */
export interface Control {
  expireAccessToken(): Promise<void>
  revokeAccessTokens(): void
  revokeRefreshTokens(): void
  loseNextAnswer(): void
  countTokenCalls(): number
  reuses(): number
  secrets(): readonly string[]
}

/** Steers a simulated authorization server. Calls that it has received until now do not count. */
export function controlOf(server: SteeredServer, clock: MovedClock): Control {
  const before = server.count('issueToken')
  return {
    expireAccessToken: () => clock.advance((server.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
    revokeAccessTokens: () => void server.revoke(),
    revokeRefreshTokens: () => void server.revoke({ which: 'refresh' }),
    loseNextAnswer: () => void server.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' }),
    countTokenCalls: () => server.count('issueToken') - before,
    reuses: () => server.reuses,
    secrets: () => server.revealSecrets(),
  }
}
