import { expect, test } from 'vitest'
import { SECOND, world } from '../support/engine-world.ts'
import { reset } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

test('that a refresh token is sent once more is in the store before it leaves, so a crash does not send it a third time', async () => {
  const store = sharedStore()
  const provider = { canAcquire: false }
  const first = world({ store, provider })
  const { issuer, source, clock, ask } = first
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  issuer.prepare(reset())
  expect(await ask()).toBe('unavailable')
  await clock.advance(30 * SECOND)
  // It dies while it waits for this answer: its clock stands still from here.
  const answer = issuer.hold()
  void ask()
  await answer.asked
  const other = world({ store, issuer, provider })
  expect(await other.askPatiently()).toBe('reauthorization-required')
  expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r1' }])
})
