import type { PersistFailurePolicy } from '@chaveiro/core'
import { describe, expect, test } from 'vitest'
import { deferred } from '../support/deferred.ts'
import { errorOf, HOUR, patiently, SECOND, type World, type WorldOptions, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { type SharedStore, sharedStore } from '../support/shared-store.ts'

interface Stored extends World {
  readonly store: SharedStore
  /** What the store holds of the account. */
  readonly value: () => string
  /** Puts something else there. */
  readonly overwrite: (value: string | undefined) => void
  /** The store takes claims, and no record with that token. */
  readonly refuse: (token: string | undefined) => void
}

/** An account with an expired token and the refresh token `r1`, in a store that can be told to fail. */
async function expired(options: WorldOptions = {}): Promise<Stored> {
  const store = sharedStore()
  const made = world({ store, ...options })
  await made.source.seed({ accessToken: 'one', refreshToken: 'r1', expiresAt: made.clock.now() })
  const [key = ''] = store.records.keys()
  return {
    ...made,
    store,
    value: () => store.records.get(key)?.value ?? '',
    overwrite: (value) => void store.records.set(key, { version: `by hand ${value}`, value }),
    refuse(token) {
      store.beforeCommit = (_, next) => {
        if (token !== undefined && next?.includes(`"accessToken":"${token}"`) === true) throw new Error('disk full')
      }
    },
  }
}

describe('a new token', () => {
  test.each<PersistFailurePolicy>(['serve-and-retry', 'fail', 'revoke'])(
    'reaches no caller before its commit has settled (%s) [RP04]',
    async (persistFailure) => {
      const { issuer, store, source } = await expired({ manager: { persistFailure } })
      const pending = deferred<void>()
      const begun = deferred<void>()
      store.beforeCommit = (_, next) => {
        if (next?.includes('"two"') !== true) return undefined
        begun.resolve()
        return pending.promise
      }
      issuer.prepare(tokenAnswer('two'))
      let seen: string | undefined
      const asked = source.getToken().then((token) => {
        seen = token.reveal()
      })
      await begun.promise
      for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      expect(seen).toBeUndefined()
      pending.resolve()
      await asked
      expect(seen).toBe('two')
      expect(await source.status()).toMatchObject({ persisted: true, generation: 2 })
    },
  )

  test('is stored at the third attempt without another token call [RP05]', async () => {
    const { issuer, store, askPatiently, events, value } = await expired()
    let failures = 2
    store.beforeCommit = (_, next) => {
      if (next?.includes('"two"') !== true || failures === 0) return
      failures -= 1
      throw new Error('disk full')
    }
    issuer.prepare(tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
    expect(value()).toContain('"two"')
    const told = events.map(({ type }) => type).filter((type) => type !== 'refresh.started')
    expect(told).toEqual(['persist.failed', 'persist.failed', 'refresh.done'])
  })

  test('that the store took without saying so is recognised', async () => {
    const { issuer, store, askPatiently, source } = await expired()
    store.afterCommit = (_, next) => {
      if (next?.includes('"two"') === true) throw new Error('connection lost')
    }
    issuer.prepare(tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
    expect(await source.status()).toMatchObject({ persisted: true, generation: 2 })
  })

  test('that the store does not take is served, and offered again with every use [RP06]', async () => {
    const { issuer, askPatiently, ask, refuse, source, heard, clock, background, value } = await expired()
    refuse('two')
    issuer.prepare(tokenAnswer('two'))
    expect(await askPatiently()).toBe('two')
    expect(await source.status()).toMatchObject({ state: 'fresh', persisted: false })
    const failures = heard('persist.failed').length
    expect(await ask()).toBe('two')
    await background()
    expect(heard('persist.failed')).toHaveLength(failures)
    await clock.advance(SECOND)
    expect(await Promise.all([ask(), ask(), ask()])).toEqual(['two', 'two', 'two'])
    await background()
    expect(heard('persist.failed')).toHaveLength(failures + 1)
    refuse(undefined)
    await clock.advance(SECOND)
    expect(await ask()).toBe('two')
    await background()
    expect(value()).toContain('"two"')
    expect(await source.status()).toMatchObject({ persisted: true })
    expect(issuer.requests).toHaveLength(1)
  })

  test('without a known end is offered again as well [RP06]', async () => {
    const { issuer, askPatiently, ask, refuse, source, clock, background } = await expired()
    refuse('two')
    issuer.prepare(tokenAnswer('two', { expires_in: undefined }))
    expect(await askPatiently()).toBe('two')
    refuse(undefined)
    await clock.advance(SECOND)
    expect(await ask()).toBe('two')
    await background()
    expect(await source.status()).toMatchObject({ persisted: true })
  })

  test('that no store took is named when the manager closes [RP06]', async () => {
    const { issuer, askPatiently, refuse, manager } = await expired()
    refuse('two')
    issuer.prepare(tokenAnswer('two'))
    await askPatiently()
    expect(await errorOf(manager.close())).toMatchObject({ code: 'store', message: expect.stringContaining('1 token') })
  })

  test('that no store took is not refreshed with what it replaced [RP06]', async () => {
    const { issuer, askPatiently, ask, refuse, clock, value } = await expired({ provider: { canAcquire: false } })
    refuse('two')
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await askPatiently()).toBe('two')
    await clock.advance(1_000 * SECOND)
    expect(await ask()).toBe('store')
    refuse(undefined)
    await clock.advance(2 * SECOND)
    issuer.prepare(tokenAnswer('three'))
    expect(await ask()).toBe('three')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r2' }])
    expect(value()).toContain('"three"')
  })

  test('whose write the store lost is written again before anything is sent', async () => {
    const { issuer, ask, clock, value, overwrite } = await expired({ provider: { canAcquire: false } })
    const old = value()
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await ask()).toBe('two')
    overwrite(old)
    await clock.advance(1_000 * SECOND)
    issuer.prepare(tokenAnswer('three', { refresh_token: 'r3' }))
    expect(await ask()).toBe('three')
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { refresh: 'r2' }])
  })
})

describe('a token that the store must take [RP07]', () => {
  test('is an error when it does not, and the replaced refresh token is not sent again', async () => {
    const { issuer, refuse, source, clock, ask } = await expired({
      manager: { persistFailure: 'fail' },
      provider: { canAcquire: false },
    })
    refuse('two')
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await patiently(clock, errorOf(source.getToken()))).toMatchObject({ code: 'store' })
    refuse(undefined)
    await clock.advance(60 * SECOND)
    expect(await ask()).toBe('reauthorization-required')
    expect(issuer.requests).toHaveLength(1)
  })

  test.each([
    ['a person has to sign in', false, 'reauthorization-required', []],
    ['another one is acquired', true, 'three', [{ key: 'key-1' }]],
  ])('and not hours later either: what was replaced is spent for good, so %s', async (_, canAcquire, outcome, sent) => {
    const { issuer, refuse, ask, askPatiently, clock } = await expired({
      manager: { persistFailure: 'fail' },
      provider: { canAcquire },
    })
    refuse('two')
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }))
    expect(await askPatiently()).toBe('store')
    refuse(undefined)
    await clock.advance(25 * HOUR)
    if (canAcquire) issuer.prepare(tokenAnswer('three'))
    expect(await ask()).toBe(outcome)
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, ...sent])
  })

  test('is revoked at the server where the user wants that', async () => {
    const { issuer, refuse, source, clock } = await expired({
      manager: { persistFailure: 'revoke' },
      provider: { canAcquire: false, canRevoke: true },
    })
    refuse('two')
    issuer.prepare(tokenAnswer('two', { refresh_token: 'r2' }), status(200))
    expect(await patiently(clock, errorOf(source.getToken()))).toMatchObject({ code: 'store' })
    expect(issuer.sent()).toEqual([{ refresh: 'r1' }, { revoke: 'two' }])
    expect(await source.status()).toMatchObject({ state: 'reauthorization-required' })
  })
})

describe('a store that cannot be read [RP09]', () => {
  test.each<[string, () => unknown]>([
    ['is down', () => Promise.reject(new Error('ECONNREFUSED 10.0.0.1'))],
    ['does not allow it', () => Promise.reject(Object.assign(new Error('/secret/path'), { code: 'EACCES' }))],
    ['takes too long', () => new Promise(() => {})],
  ])('because it %s does no harm to a good token, and is an error without one', async (_, read) => {
    const { issuer, store, ask, source, clock, background, askPatiently } = await expired()
    issuer.prepare(tokenAnswer('two'))
    expect(await ask()).toBe('two')
    store.beforeRead = read
    await clock.advance(850 * SECOND)
    expect(await ask()).toBe('two')
    await background()
    await clock.advance(100 * SECOND)
    expect(await askPatiently()).toBe('two')
    await clock.advance(50 * SECOND)
    const error = await patiently(clock, errorOf(source.getToken()))
    expect(error).toMatchObject({ code: 'store', action: 'retry' })
    expect(String(error)).not.toMatch(/10\.0\.0\.1|secret/)
    expect(issuer.requests).toHaveLength(1)
    store.beforeRead = undefined
    await clock.advance(2 * SECOND)
    issuer.prepare(tokenAnswer('three'))
    expect(await ask()).toBe('three')
  })
})

describe('a record that cannot be read [RP10]', () => {
  const broken: [string, string | undefined, string][] = [
    ['torn JSON', '{"v":1,"lineage":"x"', 'is not readable JSON'],
    ['zero bytes', '', 'is not readable JSON'],
    ['something that no key opens', undefined, 'none of the keys'],
    ['a list', '[]', 'is not an object'],
    ['missing fields', '{"v":1}', 'missing or mistyped fields'],
    ['without a version', '{"lineage":"x","generation":1}', 'missing or mistyped fields'],
    ['a newer format', '{"v":2,"token":"sealed"}', 'written by a newer version'],
  ]

  test.each(broken)('because it is %s is an error, and stays as it is', async (_, text, message) => {
    const { overwrite, store, issuer, clock } = await expired()
    overwrite(text)
    const { source } = world({ store, issuer, clock })
    const error = await errorOf(source.getToken())
    expect(error).toMatchObject({ code: 'store', message: expect.stringContaining(message) })
    expect([...store.records.values()][0]?.value).toBe(text)
    expect(await errorOf(source.status())).toMatchObject({ code: 'store' })
  })

  test.each(broken.filter(([name]) => name !== 'a newer format'))(
    'because it is %s is overwritten by a sign-in',
    async (_, text) => {
      const { overwrite, store, clock } = await expired()
      overwrite(text)
      const { source, ask } = world({ store, clock })
      await source.seed({ accessToken: 'two', expiresAt: clock.now() + 1_000 * SECOND })
      expect(await ask()).toBe('two')
    },
  )

  test.each(broken.filter(([name]) => name !== 'a newer format'))(
    'because it is %s is replaced by an end in a sign-out',
    async (_, text) => {
      const { overwrite, store, clock, value } = await expired()
      overwrite(text)
      const { source } = world({ store, clock, provider: { canRevoke: true } })
      await source.end()
      expect(JSON.parse(value())).toMatchObject({ ended: true })
    },
  )

  test('because a newer version wrote it stays as it is, whatever is done', async () => {
    const { overwrite, value, source } = await expired()
    const newer = '{"v":2,"token":"sealed"}'
    overwrite(newer)
    expect(await errorOf(source.seed({ accessToken: 'two' }))).toMatchObject({ code: 'store' })
    expect(await errorOf(source.end())).toMatchObject({ code: 'store' })
    expect(value()).toBe(newer)
  })
})

test('what a newer version added to a record survives a refresh [RP11]', async () => {
  const { issuer, overwrite, value, ask } = await expired()
  const record = JSON.parse(value())
  overwrite(JSON.stringify({ ...record, audience: ['old'], hint: 1, token: { ...record.token, dpop: 'key-7' } }))
  issuer.prepare(tokenAnswer('two'))
  expect(await ask()).toBe('two')
  expect(JSON.parse(value())).toMatchObject({
    generation: 2,
    audience: ['old'],
    hint: 1,
    token: { accessToken: 'two', dpop: 'key-7' },
  })
})
