import { FakeClock, type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { type CorreiosInputs, correiosProvider } from '@chaveiro/correios'
import { type CorreiosOperation, type CorreiosSimulatorOptions, simulateCorreios } from '@chaveiro/simulator'
import { describe, it } from 'vitest'

type Way = 'issuePostingCardToken' | 'issueContractToken' | 'issueUserToken'

// The three ways in, with what no document says.
const WORLDS = [
  ['issuePostingCardToken', { utcOffsetHours: 0, wrongCredentialsStatus: 401, earlierAccessTokens: 'kept' }],
  ['issueContractToken', { utcOffsetHours: 0, wrongCredentialsStatus: 403, earlierAccessTokens: 'ended' }],
  ['issueUserToken', { utcOffsetHours: 0, wrongCredentialsStatus: 400, earlierAccessTokens: 'kept' }],
] as const satisfies readonly (readonly [Way, CorreiosSimulatorOptions])[]

describe.each(WORLDS)('Correios, %s', (way, options) => {
  providerConformance({ test: it, open: () => world(way, options) })
})

function world(way: Way, options: CorreiosSimulatorOptions): ProviderWorld<CorreiosInputs> {
  const clock = new FakeClock()
  const correios = simulateCorreios({ clock, ...options })
  const { username, accessCode, postingCard, contract } = correios.credentials
  const inputs: Readonly<Record<Way, CorreiosInputs>> = {
    issuePostingCardToken: { username, accessCode, postingCard },
    issueContractToken: { username, accessCode, contract },
    issueUserToken: { username, accessCode },
  }
  const operation: CorreiosOperation = way
  return {
    provider: correiosProvider({ server: correios.url }),
    credentials: inputs[way],
    wrongCredentials: { ...inputs[way], accessCode: 'not-the-access-code' },
    apiPath: '/cep/v1/enderecos/01001001',
    fetch: correios.fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((correios.tokens.at(-1)?.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void correios.revoke(),
      loseNextAnswer: () => void correios.faults.next({ kind: 'reset', processed: true, operation }),
      countTokenCalls: () => correios.count(operation),
      secrets: () => correios.revealSecrets(),
    },
  }
}
