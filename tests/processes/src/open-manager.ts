import { bitizeProvider } from '@chaveiro/bitize'
import { blingProvider } from '@chaveiro/bling'
import { createTokenManager, type Fetch, type PolicyOptions, type TokenManager } from '@chaveiro/core'
import { certificateFile, nodeFetch } from '@chaveiro/core/node'
import type { TokenProvider } from '@chaveiro/core/provider'
import { efiProvider } from '@chaveiro/efi'
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
    case 'efi':
      // Each use looks at the files, because the test replaces them between two.
      return open(efiProvider({ server }), {
        ...settings.inputs,
        certificate: certificateFile({ ...settings.certificate, checkEveryMs: 0 }),
      })
    case 'made-up-bank':
      return open(madeUpBank(server), settings.inputs)
    case 'mercado-livre':
      return open(mercadoLivreProvider({ server }), settings.inputs)
    case 'tiny':
      return open(tinyProvider({ server }), settings.inputs)
  }
}

/** What the requests of a member are sent with. */
export function networkOf(settings: ProviderSettings): Fetch {
  return settings.id === 'efi' ? nodeFetch({ ca: settings.ca }) : (input, init) => fetch(input, init)
}
