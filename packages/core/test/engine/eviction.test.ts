import { describe, expect, test } from 'vitest'
import { outcome, SECOND, type World, world } from '../support/engine-world.ts'
import { rotating } from '../support/rotating-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const small = { maxAccounts: 1 }

/** Opens so many other accounts that the first one is evicted, unless something keeps it. */
function openOthers({ manager }: World): void {
  for (let index = 0; index < 5; index += 1) manager.account(`other-${index}`)
}

test('an account whose token was not stored stays in memory', async () => {
  const store = sharedStore()
  const made = world({ store, manager: small })
  const { issuer, source, clock, askPatiently, manager } = made
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() })
  store.beforeCommit = (_, next) => {
    if (next?.includes('"two"') === true) throw new Error('disk full')
  }
  issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
  expect(await askPatiently()).toBe('two')
  openOthers(made)
  expect(await manager.account('seller').status()).toMatchObject({ state: 'fresh', persisted: false })
  store.beforeCommit = undefined
  await clock.advance(SECOND)
  expect(await outcome(manager.account('seller').getToken())).toBe('two')
  expect(issuer.requests).toHaveLength(1)
})

test('an account that only a person can sign in stays where memory is all there is', async () => {
  const made = world({ provider: { canAcquire: false }, manager: small })
  const { source, clock, manager } = made
  await source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: clock.now() + 1_000 * SECOND })
  openOthers(made)
  expect(await outcome(manager.account('seller').getToken())).toBe('one')
})

test('denied keys are not sent again because the account was evicted in the meantime [E6]', async () => {
  const made = world({ provider: { canRefresh: false }, manager: small })
  const { issuer, ask, manager } = made
  issuer.prepare(status(401))
  expect(await ask()).toBe('credentials-rejected')
  openOthers(made)
  expect(manager.accounts().map(({ account }) => account.tenant)).not.toContain('seller')
  expect(await outcome(manager.account('seller').getToken())).toBe('credentials-rejected')
  expect(issuer.requests).toHaveLength(1)
})

test('a pause that the provider asked for outlives the eviction of the account [E6]', async () => {
  const made = world({ provider: { canRefresh: false }, manager: small })
  const { issuer, ask, manager } = made
  issuer.prepare(status(429, { 'retry-after': '600' }))
  expect(await ask()).toBe('throttled')
  openOthers(made)
  expect(await outcome(manager.account('seller').getToken())).toBe('throttled')
  expect(issuer.requests).toHaveLength(1)
})

test('a lost answer is looked for after any number of accounts with denied keys came and went [E6]', async () => {
  const { mint, askPatiently, manager, clock } = rotating({ manager: small })
  mint.mishaps.mint.push('lost-after', ...Array.from({ length: 20 }, () => 401 as const))
  mint.mishaps.list.push(500)
  expect(await askPatiently()).toBe('unavailable')
  for (let index = 0; index < 20; index += 1) {
    expect(await outcome(manager.account(`denied-${index}`).getToken())).toBe('credentials-rejected')
  }
  await clock.advance(600 * SECOND)
  expect(await outcome(manager.account('seller').getToken())).toBe('token-2')
  expect([...mint.live.keys()]).toEqual(['id-2'])
})

describe('a source that was held while another one took its place and was evicted too', () => {
  test('does not bring back the token of before a sign-out [E6]', async () => {
    const made = world({ manager: small })
    const { issuer, source, ask, manager } = made
    issuer.prepare(tokenAnswer('one', { refresh_token: 'r1' }))
    expect(await ask()).toBe('one')
    openOthers(made)
    await manager.account('seller').end()
    openOthers(made)
    issuer.prepare(tokenAnswer('two'))
    expect(await outcome(source.getToken())).toBe('two')
    expect(issuer.sent()).toEqual([{ key: 'key-1' }, { key: 'key-1' }])
  })

  test('does not send what has been denied since [E6]', async () => {
    const made = world({ provider: { canRefresh: false }, manager: small })
    const { issuer, source, ask, manager, clock } = made
    issuer.prepare(tokenAnswer('one'))
    expect(await ask()).toBe('one')
    openOthers(made)
    await clock.advance(1_000 * SECOND)
    issuer.prepare(status(401))
    expect(await outcome(manager.account('seller').getToken())).toBe('credentials-rejected')
    openOthers(made)
    expect(await outcome(source.getToken())).toBe('credentials-rejected')
    expect(issuer.requests).toHaveLength(2)
  })
})
