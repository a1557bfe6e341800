import { describe, expect, test } from 'vitest'
import { endpointHealth } from '../../src/policies/endpoint-health.ts'
import { slots } from '../../src/policies/slots.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { deferred } from '../support/deferred.ts'
import { errorOf, HOUR, MINUTE, outcome, SECOND, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'

const signal = new AbortController().signal

/** Accounts that have had a token, which has ended. */
async function wellWorld(...names: string[]) {
  const made = world({ provider: { canRefresh: false } })
  made.issuer.always(() => tokenAnswer('well'))
  for (const name of names) await made.manager.account(name).getToken()
  await made.clock.advance(1_000 * SECOND)
  return made
}

describe('a token endpoint that is down', () => {
  test('for three hours, is asked seldom by two hundred accounts, which come back spread out [FA12]', async () => {
    let draws = 0
    const random = () => {
      draws = (draws + 0.618_033_988_75) % 1
      return draws
    }
    const { issuer, manager, clock } = world({ provider: { canRefresh: false }, manager: { random } })
    const accounts = Array.from({ length: 200 }, (_, index) => manager.account(`seller-${index}`))
    const askAll = () => Promise.all(accounts.map((account) => outcome(account.getToken())))
    let isDown = true
    issuer.always(() => (isDown ? status(500) : tokenAnswer('up')))
    for (let second = 0; second < 3 * 3_600; second += 20) {
      expect(new Set(await askAll())).toEqual(new Set(['unavailable']))
      await clock.advance(20 * SECOND)
    }
    // None was ever well, so it closed after twenty; eight were under way. After that one probe in five minutes at most.
    expect(issuer.requests.length).toBeLessThanOrEqual(20 + 8 + (3 * HOUR) / (5 * MINUTE) + 5)
    isDown = false
    const before = issuer.requests.length
    const served: number[] = []
    // Five minutes with half of jitter on top, twice: on the endpoint's pause, and on what who is kept out waits for it.
    const longest = 300 * 1.5 * 1.5
    while (served.length <= longest && served.at(-1) !== 200) {
      const answers = await askAll()
      served.push(answers.filter((answer) => answer === 'up').length)
      await clock.advance(SECOND)
    }
    expect(served.at(-1)).toBe(200)
    expect(issuer.requests.length - before).toBe(200)
    const most = Math.max(...served.map((count, second) => count - (served[second - 1] ?? 0)))
    expect(most).toBeLessThan(100)
  })

  test('for one account only, is open to the others', async () => {
    const { issuer, manager, clock } = world({ provider: { canRefresh: false } })
    issuer.always(({ body }) => (body['key'] === 'key-1' ? status(500) : status(400)))
    const account = manager.account('broken')
    for (let round = 0; round < 5; round += 1) {
      expect(await outcome(account.getToken())).toBe('unavailable')
      await clock.advance(5 * MINUTE)
    }
    issuer.always(() => tokenAnswer('good'))
    expect(await outcome(manager.account('another').getToken())).toBe('good')
  })

  test('tells rejected callers when to come back, and doubles no account’s cool-down', async () => {
    const { issuer, manager, clock } = await wellWorld('a', 'b', 'c')
    issuer.always(() => status(500))
    for (const name of ['a', 'b', 'c']) await errorOf(manager.account(name).getToken())
    await clock.advance(10 * SECOND)
    const kept = manager.account('d')
    expect(await errorOf(kept.getToken())).toMatchObject({ code: 'unavailable', retryAfterMs: 20 * SECOND })
    expect(issuer.requests).toHaveLength(6)
    expect(await kept.status()).toMatchObject({ nextAttemptAt: clock.now() + 20 * SECOND })
    await clock.advance(20 * SECOND)
    expect(await errorOf(kept.getToken())).toMatchObject({ retryAfterMs: 30 * SECOND, status: 500 })
    expect(issuer.requests).toHaveLength(7)
  })

  test('is not kept closed by a probe that came to no call', async () => {
    const rejecting = new Set<string>()
    const { issuer, manager, clock } = world({
      provider: { canRefresh: false },
      manager: {
        credentials({ tenant }) {
          if (rejecting.has(tenant)) throw new Error('vault closed')
          return { key: tenant }
        },
      },
    })
    issuer.always(() => status(500))
    for (const name of ['a', 'b', 'c']) await errorOf(manager.account(name).getToken())
    await clock.advance(30 * SECOND)
    rejecting.add('d')
    expect(await outcome(manager.account('d').getToken())).toBe('unavailable')
    issuer.always(() => tokenAnswer('up'))
    expect(await outcome(manager.account('e').getToken())).toBe('up')
  })

  test('is not kept closed by a probe whose caller went away before it was sent', async () => {
    const begun = deferred<void>()
    const { issuer, manager, clock } = world({
      provider: {
        canRefresh: false,
        async acquire(io, { key }) {
          if (key === 'd') begun.resolve()
          if (key === 'd') await new Promise(() => {})
          const response = await io.fetch('https://issuer.example/token', { method: 'POST' })
          if (!response.ok) throw new Error('down')
          return { accessToken: 'up' }
        },
      },
      manager: { credentials: ({ tenant }) => ({ key: tenant }) },
    })
    issuer.always(() => status(500))
    for (const name of ['a', 'b', 'c']) await errorOf(manager.account(name).getToken())
    await clock.advance(30 * SECOND)
    const controller = new AbortController()
    const gone = errorOf(manager.account('d').getToken({ signal: controller.signal }))
    await begun.promise
    expect(await outcome(manager.account('e').getToken())).toBe('unavailable')
    controller.abort(new Error('gone'))
    expect(await gone).toMatchObject({ message: 'gone' })
    issuer.always(() => tokenAnswer('up'))
    expect(await outcome(manager.account('f').getToken())).toBe('up')
  })
})

describe('the slots of an endpoint', () => {
  const awaited = () => true
  const background = () => false

  test('are eight, handed on in order, and not lost by a caller that gives up waiting', async () => {
    const enter = slots(new FakeClock(), 8, 25 * SECOND)
    const held = await Promise.all(Array.from({ length: 8 }, () => enter(awaited, signal, MINUTE)))
    const impatient = new AbortController()
    const order: string[] = []
    const gone = errorOf(enter(awaited, impatient.signal, MINUTE))
    const next = enter(awaited, signal, MINUTE).then((slot) => {
      order.push('next')
      return slot
    })
    const last = enter(awaited, signal, MINUTE).then((slot) => {
      order.push('last')
      return slot
    })
    impatient.abort(new Error('gone'))
    expect(await gone).toMatchObject({ message: 'gone' })
    held[0]?.leave()
    held[0]?.leave()
    expect(order).toEqual([])
    ;(await next).leave()
    await last
    expect(order).toEqual(['next', 'last'])
  })

  test('go to waiting callers first, and the last one to the background when none of it runs [E11]', async () => {
    const enter = slots(new FakeClock(), 2, 25 * SECOND)
    const held = [await enter(awaited, signal, MINUTE), await enter(awaited, signal, MINUTE)]
    const order: string[] = []
    const come = async (name: string, isAwaited: () => boolean) => {
      const slot = await enter(isAwaited, signal, MINUTE)
      order.push(name)
      return slot
    }
    let isJoined = false
    const all = [
      come('background', background),
      come('joined', () => isJoined),
      come('caller 1', awaited),
      come('caller 2', awaited),
    ]
    isJoined = true
    held[0]?.leave()
    await all[0]
    expect(order).toEqual(['background'])
    held[1]?.leave()
    await all[1]
    expect(order).toEqual(['background', 'joined'])
    ;(await all[1])?.leave()
    await all[2]
    ;(await all[0])?.leave()
    await all[3]
    expect(order).toEqual(['background', 'joined', 'caller 1', 'caller 2'])
  })

  test('come back when their holder must be dead', async () => {
    const clock = new FakeClock()
    const enter = slots(clock, 1, 25 * SECOND)
    await enter(awaited, signal, MINUTE)
    const next = enter(awaited, signal, MINUTE)
    await clock.advance(25 * SECOND)
    expect(await next).toBeDefined()
  })
})

describe('the health of an endpoint', () => {
  const well = (...names: string[]) => {
    const clock = new FakeClock()
    const health = endpointHealth(clock, () => 0, 25 * SECOND)
    for (const name of names) health.report(name, { kind: 'success' })
    const closed = (account: string, probes = false) => health.closedFor(account, true, probes)?.ms ?? 0
    const fail = (name: string, kind: 'failed' | 'no-connection' = 'failed') => health.report(name, { kind })
    return { clock, health, closed, fail }
  }

  test('closes it after three accounts that were well have failed in a row, and one account probes [E5]', async () => {
    const { clock, health, closed, fail } = well('a', 'b', 'c', 'd')
    for (const name of ['a', 'a', 'a', 'b', 'never-well']) fail(name)
    health.report('c', { kind: 'nothing' })
    expect(closed('x')).toBe(0)
    fail('c')
    // What was under way when it closed says nothing new.
    fail('d')
    expect(closed('x')).toBe(30 * SECOND)
    await clock.advance(30 * SECOND)
    // An account whose own call failed probes later than another one.
    expect(closed('a', true)).toBe(5 * SECOND)
    expect(closed('y', true)).toBe(0)
    expect([closed('x'), closed('y')]).toEqual([SECOND, 0])
    fail('y')
    expect(closed('z')).toBe(MINUTE)
    health.report('z', { kind: 'success' })
    expect(closed('y')).toBe(0)
  })

  test('closes it after two accounts found no connection [E5]', () => {
    const { closed, fail } = well()
    fail('a', 'no-connection')
    expect(closed('x')).toBe(0)
    fail('b', 'no-connection')
    expect(closed('x')).toBe(30 * SECOND)
  })

  test('closes it after twenty accounts failed, though none was ever well [E5]', () => {
    const { closed, fail } = well()
    for (let index = 1; index < 20; index += 1) fail(`seller-${index}`)
    expect(closed('x')).toBe(0)
    fail('seller-20')
    expect(closed('x')).toBe(30 * SECOND)
  })

  test.each(['success', 'answered'] as const)('begins to count again after one %s', (kind) => {
    const { health, closed, fail } = well('a', 'b', 'd', 'e')
    for (const name of ['a', 'b']) fail(name)
    health.report('c', { kind })
    for (const name of ['d', 'e']) fail(name)
    expect(closed('x')).toBe(0)
  })

  test('lets other accounts go on after one was asked to wait, but not in the background [E12]', () => {
    const { health } = well()
    health.report('a', { kind: 'throttled', ms: 600 * SECOND })
    expect(health.closedFor('b', true, false)).toBeUndefined()
    expect(health.closedFor('b', false, false)).toEqual({ code: 'throttled', ms: 600 * SECOND })
  })

  test('closes it after two accounts were asked to wait, with a probe a minute by another [E12]', async () => {
    const { clock, health } = well()
    health.report('a', { kind: 'throttled', ms: 600 * SECOND })
    health.report('b', { kind: 'throttled', ms: 300 * SECOND })
    expect(health.closedFor('c', true, true)).toEqual({ code: 'throttled', ms: 60 * SECOND })
    await clock.advance(60 * SECOND)
    expect(health.closedFor('a', true, true)?.ms).toBe(540 * SECOND)
    expect(health.closedFor('c', true, true)).toBeUndefined()
    expect(health.closedFor('d', true, true)?.ms).toBe(60 * SECOND)
    health.report('c', { kind: 'success' })
    expect(health.closedFor('d', false, true)).toBeUndefined()
  })
})
