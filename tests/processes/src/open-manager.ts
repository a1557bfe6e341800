import { bitizeProvider } from '@chaveiro/bitize'
import { blingProvider } from '@chaveiro/bling'
import { createTokenManager, type PolicyOptions, type TokenManager } from '@chaveiro/core'
import type { TokenProvider } from '@chaveiro/core/provider'
import { mercadoLivreProvider } from '@chaveiro/mercado-livre'
import { tinyProvider } from '@chaveiro/tiny'
import { madeUpBank } from './made-up-bank.ts'
import type { ProviderSettings } from './messages.ts'

/** Puts what a test wants to see around a provider. */
export type Observe = <Inputs>(provider: TokenProvider<Inputs>) => TokenProvider<Inputs>

/** A manager of accounts at the provider that a member was told. */
export function openManager(settings: ProviderSettings, observe: Observe, options: PolicyOptions): TokenManager {
  const server = new URL(settings.server)
  const open = <Inputs>(provider: TokenProvider<Inputs>, inputs: Inputs): TokenManager =>
    createTokenManager({ ...options, provider: observe(provider), credentials: () => inputs })
  switch (settings.id) {
    case 'bitize':
      return open(bitizeProvider({ server }), settings.inputs)
    case 'bling':
      return open(blingProvider({ server }), settings.inputs)
    case 'made-up-bank':
      return open(madeUpBank(server), settings.inputs)
    case 'mercado-livre':
      return open(mercadoLivreProvider({ server }), settings.inputs)
    case 'tiny':
      return open(tinyProvider({ server }), settings.inputs)
  }
}
