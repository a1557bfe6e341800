import { blingProvider, createBling } from '@chaveiro/bling'
import { FakeClock, providerConformance } from '@chaveiro/core/testing'
import { simulateBling } from '@chaveiro/simulator'
import { connectedWorld } from '@chaveiro/test-servers/simulated'
import { describe, it } from 'vitest'

describe('Bling', () => {
  providerConformance({
    test: it,
    open: () =>
      connectedWorld({
        clock: new FakeClock(),
        simulate: simulateBling,
        provider: blingProvider,
        create: createBling,
        apiPath: '/contatos',
        inputs: {},
      }),
  })
})
