import { contaAzulProvider, createContaAzul } from '@chaveiro/conta-azul'
import { FakeClock, providerConformance } from '@chaveiro/core/testing'
import { simulateContaAzul } from '@chaveiro/simulator'
import { connectedWorld } from '@chaveiro/test-servers/simulated'
import { describe, it } from 'vitest'

describe('Conta Azul', () => {
  providerConformance({
    test: it,
    open: () =>
      connectedWorld({
        clock: new FakeClock(),
        simulate: simulateContaAzul,
        provider: contaAzulProvider,
        create: createContaAzul,
        apiPath: '/v1/categorias',
        inputs: {},
      }),
  })
})
