import { describe, expect, test } from 'vitest'
import { endpoint } from '../../src/renewal/endpoint.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { deferred } from '../support/deferred.ts'
import { errorOf, HOUR, MINUTE, outcome, SECOND, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'

const signal = new AbortController().signal

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
    // Eight were under way when it closed; after that one probe in every five minutes at least.
    expect(issuer.requests.length).toBeLessThanOrEqual(8 + (3 * HOUR) / (5 * MINUTE) + 5)
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

  test('tells who is kept out when to come back, and doubles nobody’s cool-down', async () => {
    const { issuer, manager, clock } = world({ provider: { canRefresh: false } })
    issuer.always(() => status(500))
    for (const name of ['a', 'b', 'c']) await errorOf(manager.account(name).getToken())
    await clock.advance(10 * SECOND)
    const kept = manager.account('d')
    expect(await errorOf(kept.getToken())).toMatchObject({ code: 'unavailable', retryAfterMs: 20 * SECOND })
    expect(issuer.requests).toHaveLength(3)
    expect(await kept.status()).toMatchObject({ nextAttemptAt: clock.now() + 20 * SECOND })
    await clock.advance(20 * SECOND)
    expect(await errorOf(kept.getToken())).toMatchObject({ retryAfterMs: 30 * SECOND, status: 500 })
    expect(issuer.requests).toHaveLength(4)
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

describe('the places at an endpoint', () => {
  test('are eight, handed on in order, and not lost by who gives up waiting', async () => {
    const one = endpoint(new FakeClock(), () => 0)
    const held = await Promise.all(Array.from({ length: 8 }, (_, index) => one.enter(`a${index}`, signal)))
    const impatient = new AbortController()
    const order: string[] = []
    const gone = errorOf(one.enter('gone', impatient.signal))
    const next = one.enter('next', signal).then((place) => {
      order.push('next')
      return place
    })
    const last = one.enter('last', signal).then((place) => {
      order.push('last')
      return place
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

  test('close after three accounts failed in a row, and one of those who waited in line probes', async () => {
    const clock = new FakeClock()
    const one = endpoint(clock, () => 0, 1)
    for (const name of ['a', 'a', 'a', 'b']) one.report(name, 'down')
    expect(one.closedForMs('x')).toBe(0)
    one.report('c', 'unknown')
    expect(one.closedForMs('x')).toBe(0)
    const first = await one.enter('x', signal)
    const waiting = one.enter('y', signal)
    one.report('c', 'down')
    // What was under way when it closed says nothing new.
    one.report('d', 'down')
    first.leave()
    expect((await waiting).closedForMs).toBe(30 * SECOND)
    ;(await waiting).leave()
    await clock.advance(30 * SECOND)
    const probe = await one.enter('y', signal)
    expect(probe.closedForMs).toBe(0)
    expect([one.closedForMs('x'), one.closedForMs('y')]).toEqual([SECOND, 0])
    one.report('y', 'down')
    expect(one.closedForMs('y')).toBe(MINUTE)
    one.report('z', 'up')
    expect(one.closedForMs('y')).toBe(0)
  })

  test('do not close for a success in between', () => {
    const one = endpoint(new FakeClock(), () => 0)
    for (const name of ['a', 'b']) one.report(name, 'down')
    one.report('c', 'up')
    for (const name of ['d', 'e']) one.report(name, 'down')
    expect(one.closedForMs('x')).toBe(0)
  })
})
