import type { AccountRef } from '@chaveiro/core'
import { describe, expect, test, vi } from 'vitest'
import { HOUR, MINUTE, outcome, patiently, SECOND, world } from '../support/engine-world.ts'
import { reset, status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

describe('one flight for each account', () => {
  test('a hundred cold callers make one token call [FL01]', async () => {
    const { issuer, source } = world()
    issuer.prepare(tokenAnswer('one'))
    const tokens = await Promise.all(Array.from({ length: 100 }, () => source.getToken()))
    expect(issuer.requests).toHaveLength(1)
    expect(new Set(tokens.map(({ generation }) => generation))).toEqual(new Set([1]))
  })

  test('two tenants get a token each, of their own [FL02]', async () => {
    const { issuer, manager } = world({ manager: { credentials: ({ tenant }) => ({ key: tenant }) } })
    issuer.always(({ body }) => tokenAnswer(`of-${String(body['key'])}`))
    const tenants = ['ana', 'rui', 'ana', 'rui']
    const tokens = await Promise.all(tenants.map((tenant) => outcome(manager.account(tenant).getToken())))
    expect(tokens).toEqual(['of-ana', 'of-rui', 'of-ana', 'of-rui'])
    expect(issuer.requests).toHaveLength(2)
  })

  test.each<[string, AccountRef, AccountRef]>([
    ['audiences', { tenant: 't', audience: 'a' }, { tenant: 't', audience: 'b' }],
    ['scope sets', { tenant: 't', scopes: ['a'] }, { tenant: 't', scopes: ['a', 'b'] }],
    ['accounts', { tenant: 't', account: 'a' }, { tenant: 't', account: 'b' }],
  ])('two %s of one tenant have a flight and a record each [FL03]', async (_, one, other) => {
    const store = sharedStore()
    const { issuer, manager } = world({ store })
    issuer.prepare(tokenAnswer('first'), tokenAnswer('second'))
    const tokens = await Promise.all([one, other].map((ref) => outcome(manager.account(ref).getToken())))
    expect(tokens.toSorted()).toEqual(['first', 'second'])
    expect(store.records.size).toBe(2)
  })

  test('the order and repetition of scopes make no other account, and the given array stays as it is [FL04]', async () => {
    const store = sharedStore()
    const { issuer, manager } = world({ store })
    issuer.prepare(tokenAnswer('one'))
    const given = Object.freeze(['b', 'a', 'a'])
    for (const scopes of [given, ['a', 'b'], ['b', 'a']]) {
      expect(await outcome(manager.account({ tenant: 't', scopes }).getToken())).toBe('one')
    }
    expect(given).toEqual(['b', 'a', 'a'])
    expect(store.records.size).toBe(1)
  })

  test('managers of other servers and namespaces share neither flight nor record [FL06]', async () => {
    const store = sharedStore()
    const here = world({ store })
    const { issuer, clock } = here
    const elsewhere = world({ store, issuer, clock, provider: { server: new URL('https://issuer.example/v2') } })
    const named = world({ store, issuer, clock, manager: { namespace: 'staging' } })
    issuer.prepare(tokenAnswer('1'), tokenAnswer('2'), tokenAnswer('3'))
    const tokens = await Promise.all([here.ask(), elsewhere.ask(), named.ask()])
    expect(tokens.toSorted()).toEqual(['1', '2', '3'])
    expect(store.records.size).toBe(3)
  })

  test('who wants a newer token joins the flight that brings one [FL07]', async () => {
    const { issuer, clock, source, ask } = world()
    issuer.prepare(tokenAnswer('old'))
    const old = await source.getToken()
    await clock.advance(1_000 * SECOND)
    const answer = issuer.hold()
    const ordinary = ask()
    await answer.asked
    const newer = ask({ newerThan: old })
    answer.give(tokenAnswer('new'))
    expect(await Promise.all([ordinary, newer])).toEqual(['new', 'new'])
    expect(issuer.requests).toHaveLength(2)
  })

  test('twenty callers share one failure, and none of them starts another call [FL09]', async () => {
    const { issuer, source } = world()
    issuer.prepare(status(500))
    const calls = Array.from({ length: 20 }, () => source.getToken().catch((error: unknown) => error))
    expect(new Set(await Promise.all(calls)).size).toBe(1)
    expect(await outcome(source.getToken())).toBe('unavailable')
    expect(issuer.requests).toHaveLength(1)
  })

  test('a newer flight survives the late clean-up of an older one [FL10]', async () => {
    const { issuer, source, ask } = world()
    const gone = new AbortController()
    issuer.prepare(tokenAnswer('one'))
    const one = await source.getToken({ signal: gone.signal })
    const answer = issuer.hold()
    const first = ask({ newerThan: one })
    await answer.asked
    gone.abort()
    await new Promise((resolve) => setImmediate(resolve))
    const second = ask({ newerThan: one })
    answer.give(tokenAnswer('two'))
    expect(await Promise.all([first, second])).toEqual(['two', 'two'])
    expect(issuer.requests).toHaveLength(2)
  })
})

describe('a provider at fault [FL11]', () => {
  test('that throws is misconfigured, and is asked again after the cool-down', async () => {
    const acquire = vi.fn<() => Promise<never>>(() => {
      throw new RangeError('secret text')
    })
    const { ask, source, clock } = world({ provider: { acquire } })
    const error = await source.getToken().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'misconfigured', message: expect.stringContaining('RangeError in acquire()') })
    expect(String(error)).not.toContain('secret text')
    expect(await ask()).toBe('misconfigured')
    expect(acquire).toHaveBeenCalledTimes(1)
    await clock.advance(5 * MINUTE)
    await ask()
    expect(acquire).toHaveBeenCalledTimes(2)
  })

  test.each([undefined, null, 'a token', 42])('that returns %j is misconfigured', async (nothing) => {
    const acquire = () => Promise.resolve(JSON.parse(JSON.stringify({ nothing })).nothing)
    const { ask } = world({ provider: { acquire } })
    expect(await ask()).toBe('misconfigured')
  })

  test('whose classify() throws is misconfigured', async () => {
    const { issuer, ask } = world({
      provider: {
        classify() {
          throw new Error('oops')
        },
      },
    })
    issuer.prepare(status(400))
    expect(await ask()).toBe('misconfigured')
  })

  test('that never settles ends in a timeout, and frees its place', async () => {
    const { issuer, askPatiently, clock, ask } = world({ provider: { acquire: () => new Promise(() => {}) } })
    expect(await askPatiently()).toBe('timeout')
    await clock.advance(10 * MINUTE)
    expect(await askPatiently()).toBe('timeout')
    expect(issuer.requests).toHaveLength(0)
    expect(await ask()).toBe('timeout')
  })

  test('that goes on after its timeout sends nothing any more', async () => {
    let late: Promise<unknown> = Promise.resolve()
    let wake: () => void = () => {}
    const asleep = new Promise<void>((resolve) => {
      wake = resolve
    })
    const { askPatiently, clock } = world({
      provider: {
        replay: { acquire: 'never' },
        acquire(io) {
          late = asleep.then(() => io.fetch('https://issuer.example/token')).catch((error: unknown) => error)
          return new Promise(() => {})
        },
      },
    })
    expect(await askPatiently()).toBe('timeout')
    wake()
    expect(await patiently(clock, late)).toMatchObject({ name: 'TimeoutError' })
  })
})

test('a credentials function that never answers ends the flight after a minute', async () => {
  const { askPatiently, clock } = world({ manager: { credentials: () => new Promise(() => {}) } })
  const before = clock.monotonic()
  expect(await askPatiently()).toBe('unavailable')
  expect(clock.monotonic() - before).toBe(MINUTE)
})

test('new credentials are used by the next token call, and the token in hand stays [FL12]', async () => {
  let key = 'old'
  const store = sharedStore()
  const { issuer, ask, clock, source } = world({
    store,
    manager: { credentials: () => ({ key }) },
    provider: { canRefresh: false },
  })
  issuer.prepare(tokenAnswer('first'))
  expect(await ask()).toBe('first')
  const { lineage } = await source.getToken()
  key = 'new'
  expect(await ask()).toBe('first')
  await clock.advance(HOUR)
  issuer.prepare(tokenAnswer('second'))
  expect(await ask()).toBe('second')
  expect(issuer.sent()).toEqual([{ key: 'old' }, { key: 'new' }])
  expect(await source.getToken()).toMatchObject({ lineage, generation: 2 })
  expect(store.records.size).toBe(1)
})

test('an acquire whose answer was lost is repeated once in the same flight', async () => {
  const { issuer, askPatiently } = world()
  issuer.prepare(reset(), tokenAnswer('second'))
  expect(await askPatiently()).toBe('second')
})
