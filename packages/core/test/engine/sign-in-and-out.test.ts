import { expect, test } from 'vitest'
import { deferred } from '../support/deferred.ts'
import { world } from '../support/engine-world.ts'
import { offline, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

test('the pause after a failure ends with the next sign-in', async () => {
  const { issuer, source, clock, ask, askPatiently } = world({ provider: { canAcquire: false } })
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  issuer.prepare(offline(), offline(), offline())
  expect(await askPatiently()).toBe('unavailable')
  expect(await ask()).toBe('unavailable')
  await source.seed({ accessToken: 'two', refreshToken: 'r2', expiresAt: clock.now() })
  issuer.prepare(tokenAnswer('three'))
  expect(await ask()).toBe('three')
})

test('a token that was stored just before a sign-out is not returned, and no other one is obtained', async () => {
  const store = sharedStore()
  const { issuer, source, ask } = world({ store })
  const stored = deferred<void>()
  const heard = deferred<void>()
  store.afterCommit = (_, next) => {
    if (next?.includes('"late"') !== true) return undefined
    stored.resolve()
    return heard.promise
  }
  issuer.prepare(tokenAnswer('late'))
  const late = ask()
  await stored.promise
  store.afterCommit = undefined
  await source.end({ revoke: 'skip' })
  heard.resolve()
  expect(await late).toBe('aborted')
  expect(await store.stored()).toMatchObject({ ended: true })
  expect(issuer.requests).toHaveLength(1)
})
