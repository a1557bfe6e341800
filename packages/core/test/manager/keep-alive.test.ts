import type { KeepAliveReport } from '@chaveiro/core'
import { shared } from '@chaveiro/core/shared'
import { expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { DAY, errorOf, HOUR, patiently, type World, type WorldOptions, world } from '../support/engine-world.ts'
import { status, tokenAnswer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'

const NOTHING: KeepAliveReport = { kept: 0, untouched: 0, ending: [], skipped: 0, failed: [] }

/** Accounts that only a person can connect, whose refresh tokens end after 30 days without use. */
function idleWorld(options: WorldOptions = {}): World {
  return world({ account: 'ana', ...options, provider: { canAcquire: false, ...options.provider } })
}

const seeded = ({ clock, manager }: World, tenant: string, days: number | undefined) =>
  manager.account(tenant).seed({
    accessToken: `${tenant}-access`,
    refreshToken: `${tenant}-refresh`,
    expiresAt: clock.now() + HOUR,
    ...(days !== undefined && { refreshExpiresAt: clock.now() + days * DAY }),
  })

const renewed = (days: number) =>
  tokenAnswer('access-2', { refresh_token: 'refresh-2', expires_in: 3_600, refresh_expires_in: days * 86_400 })

test('a refresh token that ends soon is used, also while the access token is fresh', async () => {
  const issued = idleWorld()
  const { manager, issuer } = issued
  await seeded(issued, 'ana', 2)
  await seeded(issued, 'bia', 4)
  await seeded(issued, 'caio', undefined)
  issuer.prepare(renewed(30))
  expect(await manager.keepAlive({ withinMs: 3 * DAY })).toEqual({ ...NOTHING, kept: 1, untouched: 2 })
  expect(issuer.sent()).toEqual([{ refresh: 'ana-refresh' }])
  expect((await manager.account('ana').getToken()).reveal()).toBe('access-2')
  // An hour later nothing is due.
  expect(await manager.keepAlive({ withinMs: 3 * DAY })).toEqual({ ...NOTHING, untouched: 3 })
})

test('an access token that has ended is renewed once', async () => {
  const issued = idleWorld()
  await seeded(issued, 'ana', 2)
  await issued.clock.advance(2 * HOUR)
  issued.issuer.prepare(renewed(30))
  expect(await issued.manager.keepAlive({ withinMs: 3 * DAY })).toMatchObject({ kept: 1 })
})

test('an end that a use does not move is told, and not paid for again', async () => {
  const issued = idleWorld()
  await seeded(issued, 'ana', 2)
  issued.issuer.prepare(tokenAnswer('access-2', { expires_in: 3_600 }))
  const told = { ...NOTHING, ending: [{ tenant: 'ana' }] }
  expect(await issued.manager.keepAlive({ withinMs: 3 * DAY })).toEqual(told)
  expect(await issued.manager.keepAlive({ withinMs: 3 * DAY })).toEqual(told)
  expect(issued.issuer.requests).toHaveLength(1)
})

test('one that the provider denies needs a person, and one that has ended is not sent', async () => {
  const issued = idleWorld()
  await seeded(issued, 'ana', 2)
  await seeded(issued, 'bia', 1)
  await issued.clock.advance(DAY + HOUR)
  issued.issuer.prepare(status(400))
  const report = await issued.manager.keepAlive({ withinMs: 3 * DAY })
  const byName = report.failed.toSorted((one, other) => one.account.tenant.localeCompare(other.account.tenant))
  expect({ ...report, failed: byName }).toEqual({
    ...NOTHING,
    failed: ['ana', 'bia'].map((tenant) => ({ account: { tenant }, code: 'reauthorization-required' })),
  })
  expect(issued.issuer.sent()).toEqual([{ refresh: 'ana-refresh' }])
})

test('an account whose refresh token ended unused says when that was, to a new process too', async () => {
  const store = sharedStore()
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 16) })
  const service = idleWorld({ clock, manager: { store: shared(store) } })
  await seeded(service, 'ana', 1)
  await clock.advance(2 * DAY)
  const later = idleWorld({ clock, manager: { store: shared(store) } })
  expect(await later.source.status()).toMatchObject({ state: 'reauthorization-required' })
  const error = await errorOf(patiently(clock, later.source.getToken()))
  expect(error).toMatchObject({
    code: 'reauthorization-required',
    account: { tenant: 'ana' },
    message: expect.stringMatching(
      /: The refresh token expired at 2026-01-17T00:00:00\.000Z\. A person has to sign in again\./,
    ),
  })
  expect(later.issuer.requests).toHaveLength(0)
})

test('a job of its own names the accounts, because its memory is empty', async () => {
  const store = sharedStore()
  const clock = new FakeClock()
  const service = idleWorld({ clock, manager: { store: shared(store) } })
  await seeded(service, 'ana', 2)
  const job = idleWorld({ clock, account: 'caio', manager: { store: shared(store) } })
  // In memory is one that no person has connected.
  expect(await job.manager.keepAlive({ withinMs: 3 * DAY })).toEqual({ ...NOTHING, untouched: 1 })
  job.issuer.prepare(renewed(30))
  const report = job.manager.keepAlive({ withinMs: 3 * DAY, accounts: ['ana', 'none'] })
  expect(await patiently(clock, report)).toEqual({ ...NOTHING, kept: 1, untouched: 1 })
})

test('tokens that need no person are left alone', async () => {
  const issued = world({ account: 'ana' })
  await seeded(issued, 'ana', 1)
  expect(await issued.manager.keepAlive({ withinMs: 3 * DAY })).toMatchObject({ untouched: 1 })
})

test('a signal cuts it off, and the rest counts as skipped', async () => {
  const issued = idleWorld()
  await seeded(issued, 'ana', 2)
  await seeded(issued, 'bia', 2)
  const reports: KeepAliveReport[] = []
  const controller = new AbortController()
  issued.issuer.prepare(renewed(30))
  await issued.manager.keepAlive({
    withinMs: 3 * DAY,
    concurrency: 1,
    signal: controller.signal,
    onProgress: (report) => {
      reports.push(report)
      controller.abort()
    },
  })
  expect(reports.map(({ kept, skipped }) => [kept, skipped])).toEqual([
    [1, 0],
    [1, 1],
  ])
})

test('what it is asked for has to make sense', async () => {
  const { manager } = idleWorld()
  const wrong: { withinMs: number } = JSON.parse('{"within":"3d"}')
  expect(String(await errorOf(manager.keepAlive(wrong)))).toBe(
    'TypeError: Unknown option within. Did you mean withinMs?',
  )
  await expect(manager.keepAlive(JSON.parse('{}'))).rejects.toThrow('Option withinMs is required.')
  await expect(manager.keepAlive({ withinMs: -1 })).rejects.toThrow('withinMs must be a number of at least 0')
  await expect(manager.keepAlive({ withinMs: 1, concurrency: 0 })).rejects.toThrow('concurrency')
  await manager.close()
  await expect(manager.keepAlive({ withinMs: 1 })).rejects.toThrow('closed')
})
