import { type AssineOnlineInputs, assineOnlineProvider } from '@chaveiro/assine-online'
import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { type AssineOnlineSimulatorOptions, simulateAssineOnline } from '@chaveiro/simulator'
import { describe, it } from 'vitest'

// What no document says, or what documents disagree on.
const UNDOCUMENTED: readonly AssineOnlineSimulatorOptions[] = [
  { expiresIn: 'string', timezone: 'UTC', wrongPasswordStatus: 401 },
  { expiresIn: 'number', timezone: '-03:00', wrongPasswordStatus: 403, sessionLifetimeMs: 86_400_000 },
  { expiresIn: 'number', timezone: 'America/Sao_Paulo', wrongPasswordStatus: 422, unlistedTokens: 1 },
]

describe.each(UNDOCUMENTED)(
  'Assine Online, expires_in a $expiresIn, dates in $timezone, wrong passwords $wrongPasswordStatus (A22, A23) [PV07]',
  (options) => {
    providerConformance({ test: it, open: () => world(options) })
  },
)

function world(options: AssineOnlineSimulatorOptions): ProviderWorld<AssineOnlineInputs> {
  const clock = new FakeClock({ now: Date.UTC(2026, 10, 24, 12) })
  const assine = simulateAssineOnline({ clock, ...options })
  const { username, password } = assine.credentials
  const latest = () => assine.tokens.filter(({ kind }) => kind === 'application').at(-1)
  return {
    provider: assineOnlineProvider({ server: assine.url }),
    credentials: { username, password },
    wrongCredentials: { username, password: 'not-the-password' },
    apiPath: '/v1/user?filter[0][field]=id&filter[0][type]=eq&filter[0][value]=$USER_ID',
    fetch: assine.fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((latest()?.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void assine.revoke({ kind: 'application' }),
      loseNextAnswer: () =>
        void assine.faults.next({ kind: 'reset', processed: true, operation: 'createApplicationToken' }),
      countTokenCalls: () => assine.count('createApplicationToken'),
      secrets: () => assine.revealSecrets(),
    },
  }
}
