import { FakeClock, providerConformance } from '@chaveiro/core/testing'
import { createMelhorEnvio, melhorEnvioProvider } from '@chaveiro/melhor-envio'
import { simulateMelhorEnvio } from '@chaveiro/simulator'
import { connectedWorld } from '@chaveiro/test-servers/simulated'
import { describe, it } from 'vitest'

describe('Melhor Envio', () => {
  providerConformance({
    test: it,
    open: () =>
      connectedWorld({
        clock: new FakeClock(),
        simulate: simulateMelhorEnvio,
        provider: melhorEnvioProvider,
        create: createMelhorEnvio,
        apiPath: '/api/v2/me',
        inputs: { userAgent: 'Loja Azul (dev@loja.example)' },
      }),
  })
})
