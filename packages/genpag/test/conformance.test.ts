import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { type GenpagInputs, genpagProvider } from '@chaveiro/genpag'
import { type GenpagSimulatorOptions, simulateGenpag } from '@chaveiro/simulator'
import { describe, it } from 'vitest'

// What no document says.
const UNDOCUMENTED = [
  { earlierAccessTokens: 'kept', wrongRefreshTokenStatus: 401, successStatus: 200 },
  { earlierAccessTokens: 'ended', wrongRefreshTokenStatus: 403, successStatus: 201 },
  { earlierAccessTokens: 'kept', wrongRefreshTokenStatus: 404, successStatus: 200 },
  { earlierAccessTokens: 'ended', wrongRefreshTokenStatus: 422, successStatus: 201 },
  { earlierAccessTokens: 'kept', wrongRefreshTokenStatus: 400, successStatus: 200 },
] as const

describe.each(UNDOCUMENTED)(
  'Genpag, earlier tokens $earlierAccessTokens, success $successStatus, wrong refresh token $wrongRefreshTokenStatus [PV07]',
  (options) => {
    providerConformance({ test: it, open: () => world(options) })
  },
)

function world(options: GenpagSimulatorOptions): ProviderWorld<GenpagInputs> {
  const clock = new FakeClock()
  const genpag = simulateGenpag({ clock, ...options })
  const { sellerId, refreshToken } = genpag.credentials
  return {
    provider: genpagProvider({ server: genpag.url }),
    credentials: { sellerId, refreshToken },
    wrongCredentials: { sellerId, refreshToken: 'not-the-refresh-token' },
    apiPath: `/api/sellers/${sellerId}/orders`,
    fetch: genpag.fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((genpag.tokens.at(-1)?.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void genpag.revoke(),
      loseNextAnswer: () => void genpag.faults.next({ kind: 'reset', processed: true, operation: 'createAccessToken' }),
      countTokenCalls: () => genpag.count('createAccessToken'),
      secrets: () => genpag.revealSecrets(),
    },
  }
}
