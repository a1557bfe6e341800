import { storeUnsealed } from '@chaveiro/core'
import { memoryStore } from '@chaveiro/core/shared'
import { expect, test } from 'vitest'
import { world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { watchedStore } from '../support/watched-store.ts'

test.each([true, false])(
  'a denied refresh token is not held against the next sign-in, wherever denials are kept (sealed store: %s)',
  async (sealed) => {
    const { issuer, source, clock, ask } = world({
      store: watchedStore({ ...memoryStore(), sealed }),
      provider: { canAcquire: false },
      manager: { [storeUnsealed]: true },
    })
    await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
    issuer.prepare(status(400))
    expect(await ask()).toBe('reauthorization-required')
    await source.seed({ accessToken: 'two', refreshToken: 'r2', expiresAt: clock.now() })
    issuer.prepare(tokenAnswer('three'))
    expect(await ask()).toBe('three')
  },
)
