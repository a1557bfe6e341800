import { describe, expect, test } from 'vitest'
import { notSent } from '../../src/node/not-sent.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { DAY, HOUR, MINUTE, SECOND, type WorldOptions, world } from '../support/engine-world.ts'
import { scriptedIssuer, status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

/** A fleet whose issuer knows the right time; each process has a clock of its own. */
function fleet(tellsTime = true) {
  const store = sharedStore()
  const issuer = scriptedIssuer()
  const right = new FakeClock()
  let count = 1
  issuer.always(() => {
    count += 1
    const headers = tellsTime ? { date: new Date(right.now()).toUTCString() } : undefined
    return tokenAnswer(`access-${count}`, { refresh_token: `r${count}` }, headers)
  })
  const join = (aheadMs: number, options: WorldOptions = {}) =>
    world({
      store,
      issuer,
      clock: aheadMs === 0 ? right : new FakeClock({ now: right.now() + aheadMs }),
      provider: { canAcquire: false },
      ...options,
    })
  return { store, issuer, right, join }
}

const sees = (lifeMs: number) => ({ accessToken: 'access-1', refreshToken: 'r1', expiresAt: lifeMs })

describe('a process whose clock is wrong [E9]', () => {
  test.each([HOUR, DAY, -HOUR, -DAY])(
    'by %d ms writes the times of the provider’s clock, once it knows it',
    async (ms) => {
      const { join, store, right } = fleet()
      const sound = join(0)
      await sound.source.seed(sees(right.now()))
      const wrong = join(ms)
      await wrong.askPatiently({ newerThan: await sound.source.getToken().catch(() => undefined) })
      const { token }: { token?: { obtainedAt: number; expiresAt: number } } = await store.stored()
      expect(Math.abs((token?.obtainedAt ?? 0) - right.now())).toBeLessThanOrEqual(30 * SECOND)
      expect((token?.expiresAt ?? 0) - (token?.obtainedAt ?? 0)).toBe(1_000 * SECOND)
    },
  )

  test('never makes another one hand out a token that has ended', async () => {
    const { join, right, issuer } = fleet(false)
    const sound = join(0)
    await sound.source.seed(sees(right.now() + 600 * SECOND))
    const ahead = join(DAY)
    expect(await ahead.askPatiently()).toBe('access-2')
    await right.advance(601 * SECOND)
    // What it stored was obtained tomorrow: it counts from now, is renewed at once, and only once.
    expect(await sound.askPatiently()).toBe('access-2')
    await sound.background()
    expect(await sound.askPatiently()).toBe('access-3')
    expect(sound.heard('clock.skew')).toHaveLength(1)
    await sound.background()
    await right.advance(MINUTE)
    expect(await sound.askPatiently()).toBe('access-3')
    expect(issuer.requests).toHaveLength(2)
  })
})

describe('a manager that is made for one request [E19]', () => {
  test('begins to refresh with its first use of a token inside its window', async () => {
    const { join, right, issuer } = fleet()
    await join(0).source.seed(sees(right.now() + 1_000 * SECOND))
    await right.advance(850 * SECOND)
    const late = join(0)
    expect(await late.ask()).toBe('access-1')
    await late.background()
    expect(issuer.requests).toHaveLength(1)
  })

  test('waits for that refresh where nothing may go on behind it', async () => {
    const { join, right, issuer } = fleet()
    await join(0).source.seed(sees(right.now() + 1_000 * SECOND))
    await right.advance(850 * SECOND)
    const late = join(0, { manager: { background: false, waitUntil: undefined } })
    expect(await late.askPatiently()).toBe('access-2')
    expect(late.heard('refresh.done')).toMatchObject([{ source: 'peer' }, { source: 'provider', cause: 'window' }])
    expect(issuer.requests).toHaveLength(1)
  })

  test('serves what it has when that refresh fails, and asks no more before the cool-down is over', async () => {
    const { join, right, issuer } = fleet()
    await join(0).source.seed(sees(right.now() + 1_000 * SECOND))
    await right.advance(850 * SECOND)
    issuer.always(() => status(500))
    for (let request = 0; request < 5; request += 1) {
      const { askPatiently } = join(0, { manager: { background: false, waitUntil: undefined } })
      expect(await askPatiently()).toBe('access-1')
    }
    expect(issuer.requests.length).toBeLessThanOrEqual(2)
  })

  test('presents its own certificate where another one was refused', async () => {
    const { join, issuer } = fleet()
    const provider = { canRefresh: false }
    issuer.always(() => {
      throw notSent(new Error('the connection was closed'), 'It may belong to another environment.')
    })
    expect(await join(0, { provider }).ask()).toBe('misconfigured')
    issuer.always(() => tokenAnswer('one'))
    expect(await join(0, { provider }).ask()).toBe('one')
  })

  test('keeps to the cool-down that another one wrote, and to none that is too far ahead', async () => {
    const { join, right, issuer, store } = fleet()
    const provider = { canRefresh: false }
    issuer.always(() => status(500))
    expect(await join(0, { provider }).ask()).toBe('unavailable')
    expect(await join(0, { provider }).ask()).toBe('unavailable')
    expect(issuer.requests).toHaveLength(1)
    const [[key, record] = ['', undefined]] = store.records
    const stored = JSON.parse(record?.value ?? '')
    stored.notes.coolDown.until = right.now() + DAY
    store.records.set(key, { version: 'changed', value: JSON.stringify(stored) })
    issuer.always(() => tokenAnswer('one'))
    expect(await join(0, { provider }).ask()).toBe('one')
  })
})
