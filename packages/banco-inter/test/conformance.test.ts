import { type BancoInterInputs, bancoInterProvider } from '@chaveiro/banco-inter'
import { type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { describeWith } from '@chaveiro/test-servers'
import { it } from 'vitest'
import { bank } from './bank.ts'

describeWith(['openssl'], 'Banco Inter', () => {
  providerConformance({ test: it, open: world })
})

function world(): ProviderWorld<BancoInterInputs> {
  const { simulator, clock, inputs, fetch } = bank()
  return {
    provider: bancoInterProvider({ server: simulator.url }),
    credentials: { ...inputs, contaCorrente: '12345' },
    wrongCredentials: { ...inputs, clientSecret: 'not-the-right-secret' },
    scopes: ['extrato.read'],
    apiPath: '/banking/v2/saldo',
    carries: { 'header.x-conta-corrente': '12345' },
    fetch,
    clock,
    control: {
      expireAccessToken: () => clock.advance((simulator.tokens.at(-1)?.access.expiresAt ?? 0) - clock.now()),
      revokeAccessTokens: () => void simulator.revoke(),
      loseNextAnswer: () => void simulator.faults.next({ kind: 'reset', processed: true, operation: 'issueToken' }),
      countTokenCalls: () => simulator.count('issueToken'),
      secrets: () => simulator.revealSecrets(),
    },
  }
}
