import { type BancoInterInputs, bancoInterProvider } from '@chaveiro/banco-inter'
import { type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { describeWith } from '@chaveiro/test-servers'
import { controlOf } from '@chaveiro/test-servers/control'
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
    tokenType: '/token_type',
    fetch,
    clock,
    control: controlOf(simulator, clock),
  }
}
