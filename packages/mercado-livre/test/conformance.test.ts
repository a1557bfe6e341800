import { FakeClock, providerConformance } from '@chaveiro/core/testing'
import { createMercadoLivre, mercadoLivreProvider } from '@chaveiro/mercado-livre'
import { simulateMercadoLivre } from '@chaveiro/simulator'
import { connectedWorld } from '@chaveiro/test-servers/simulated'
import { describe, it } from 'vitest'

describe('Mercado Livre', () => {
  providerConformance({
    test: it,
    open: () =>
      connectedWorld({
        clock: new FakeClock(),
        simulate: simulateMercadoLivre,
        provider: mercadoLivreProvider,
        create: createMercadoLivre,
        apiPath: '/users/me',
        inputs: {},
      }),
  })
})
