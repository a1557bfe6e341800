import { storeUnsealed } from '@chaveiro/core'
import { memoryStore } from '@chaveiro/core/shared'
import { expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { DAY, SECOND, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'
import { watchedStore } from '../support/watched-store.ts'

test('a denied refresh token says nothing of the one that another process got after it', async () => {
  // What was denied stays in the process that was told, so the other one's success does not take it back.
  const store = watchedStore({ ...memoryStore(), sealed: false })
  const options = { store, provider: { canAcquire: false }, manager: { [storeUnsealed]: true as const } }
  const first = world(options)
  const { issuer, source, clock } = first
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  issuer.prepare(status(400))
  expect(await first.ask()).toBe('reauthorization-required')
  const other = world({ ...options, issuer, clock })
  issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
  expect(await other.ask()).toBe('two')
  expect(await first.ask()).toBe('two')
  await clock.advance(1_000 * SECOND)
  issuer.prepare(tokenAnswer('three', { refresh_token: 'r3' }))
  expect(await first.ask()).toBe('three')
  expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }, { refresh: 'r2' }])
})

test('a denial that a clock far ahead has written does not hold', async () => {
  const store = sharedStore()
  const provider = { canRefresh: false }
  const ahead = world({ store, provider, clock: new FakeClock({ now: Date.UTC(2026, 0, 1) + 30 * DAY }) })
  ahead.issuer.prepare(status(401))
  expect(await ahead.ask()).toBe('credentials-rejected')
  const sound = world({ store, provider, issuer: ahead.issuer })
  ahead.issuer.prepare(tokenAnswer('one'))
  expect(await sound.ask()).toBe('one')
})
