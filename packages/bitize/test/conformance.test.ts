import { type BitizeInputs, bitizeProvider } from '@chaveiro/bitize'
import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { type BitizeSimulatorOptions, simulateBitize } from '@chaveiro/simulator'
import { describe, it } from 'vitest'

// What no document says.
const UNDOCUMENTED = [
  { rotation: 'single-use', earlierAccessTokens: 'kept', wrongKeysStatus: 400 },
  { rotation: 'single-use', earlierAccessTokens: 'ended', wrongKeysStatus: 401 },
  { rotation: 'reusable', earlierAccessTokens: 'kept', wrongKeysStatus: 401 },
] as const

describe.each(UNDOCUMENTED)(
  'Bitize, refresh tokens $rotation, earlier tokens $earlierAccessTokens, wrong keys $wrongKeysStatus [PV02, PV07]',
  (options) => {
    providerConformance({ test: it, open: () => world(options) })
  },
)

function world(options: BitizeSimulatorOptions): ProviderWorld<BitizeInputs> {
  const clock = new FakeClock()
  const bitize = simulateBitize({ clock, ...options })
  const { consumerKey, secretKey } = bitize.credentials
  return {
    provider: bitizeProvider({ server: bitize.url }),
    credentials: { consumerKey, secretKey },
    wrongCredentials: { consumerKey, secretKey: 'not-the-secret-key' },
    apiPath: '/vendors',
    fetch: bitize.fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((bitize.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void bitize.revoke(),
      revokeRefreshTokens: () => void bitize.revoke({ which: 'refresh' }),
      loseNextAnswer(phase) {
        const operation = phase === 'acquire' ? 'authenticate' : 'refreshAccessToken'
        bitize.faults.next({ kind: 'reset', processed: true, operation })
      },
      countTokenCalls: () => bitize.count('authenticate') + bitize.count('refreshAccessToken'),
      reuses: () => bitize.reuses,
      secrets: () => bitize.revealSecrets(),
    },
  }
}
