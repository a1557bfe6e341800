import { inspect } from 'node:util'
import type { Fault } from '@chaveiro/simulator'
import { expect, test } from 'vitest'
import * as browser from '../src/browser.ts'
import * as server from '../src/index.ts'
import { DAY, world } from './support/assine-at-simulator.ts'

const FAULTS: readonly Fault[] = [
  { kind: 'status', status: 400 },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 429, retryAfter: 30 },
  { kind: 'status', status: 500 },
  { kind: 'reset' },
  { kind: 'reset', processed: true },
  { kind: 'html' },
  { kind: 'empty-body' },
  { kind: 'malformed-json' },
  { kind: 'missing-field', field: 'accessToken' },
  { kind: 'altered-field', field: 'accessToken', value: 'canary\r\nx-injected: 1' },
  { kind: 'altered-field', field: 'expires', value: { date: 'canary-secret', timezone_type: 2, timezone: 'BRT' } },
  { kind: 'oversized-body' },
  { kind: 'cut-body' },
  { kind: 'redirect', location: 'https://evil.example/' },
]

const CANARIES = { username: 'canary@example.com', password: 'canary-password-7f3a' }
const OPERATIONS = ['login', 'createApplicationToken', 'listApplicationTokens', 'revokeApplicationToken'] as const

test.each(FAULTS.flatMap((fault) => OPERATIONS.map((operation) => ({ fault, operation }))))(
  'no secret leaves through errors, events or inspection when $operation meets $fault',
  async ({ fault, operation }) => {
    const { login, simulator, clock, events, background } = world({ credentials: CANARIES })
    const assine = login()
    await assine.getToken()
    await clock.advance(29 * DAY + DAY / 2)
    simulator.faults.next({ ...fault, operation, times: 6 })
    const seen: unknown[] = []
    const attempts = [assine.getToken(), assine.applicationTokens.list(), assine.applicationTokens.create()]
    const settled = Promise.allSettled(attempts.map((attempt) => attempt.catch((error: unknown) => seen.push(error))))
    for (let step = 0; step < 40; step += 1) await clock.advance(5_000)
    await settled
    await background()
    await clock.advance(600_000)
    simulator.faults.clear()
    seen.push(assine, await assine.status(), events, simulator.requests)
    const shown = seen.map((value) => `${inspect(value, { depth: 8, showHidden: true })} ${String(value)}`).join('\n')
    for (const secret of simulator.revealSecrets()) expect(shown).not.toContain(secret)
    expect(shown).not.toContain('x-injected')
    expect(simulator.requests.every(({ path }) => !path.includes('evil'))).toBe(true)
  },
)

test('in a browser every function says that it belongs on a server', () => {
  expect(Object.keys(browser).sort()).toEqual(Object.keys(server).sort())
  expect(() => browser.createAssineOnline()).toThrow(TypeError)
  expect(() => browser.assineOnlineProvider()).toThrow('runs on a server only')
})
