import { FakeClock, providerConformance } from '@chaveiro/core/testing'
import { createMercadoPago, mercadoPagoProvider } from '@chaveiro/mercado-pago'
import { simulateMercadoPago } from '@chaveiro/simulator'
import { connectedWorld } from '@chaveiro/test-servers/simulated'
import { describe, it } from 'vitest'

describe('Mercado Pago', () => {
  providerConformance({
    test: it,
    open: () =>
      connectedWorld({
        clock: new FakeClock(),
        simulate: simulateMercadoPago,
        provider: mercadoPagoProvider,
        create: createMercadoPago,
        apiPath: '/v1/payments/search',
        inputs: {},
      }),
  })
})
