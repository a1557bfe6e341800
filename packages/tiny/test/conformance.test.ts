import { FakeClock, providerConformance } from '@chaveiro/core/testing'
import { simulateTiny } from '@chaveiro/simulator'
import { connectedWorld } from '@chaveiro/test-servers/simulated'
import { createTiny, tinyProvider } from '@chaveiro/tiny'
import { describe, it } from 'vitest'

describe('Tiny', () => {
  providerConformance({
    test: it,
    open: () =>
      connectedWorld({
        clock: new FakeClock(),
        simulate: simulateTiny,
        provider: tinyProvider,
        create: createTiny,
        apiPath: '/info',
        inputs: {},
      }),
  })
})
