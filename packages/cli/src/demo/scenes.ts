import { createBitize, isChaveiroError } from '@chaveiro/bitize'
import type { Stage } from './stage.ts'

/** What a scene must have caused, so that the demo fails when the library does. */
export interface Expectation {
  /** Requests that the callers made. */
  readonly callers: number
  readonly acquires: number
  readonly refreshes: number
  /** Requests that reached the API: more than the callers' where some were sent again. */
  readonly apiCalls: number
}

/** One thing that happens to every integration sooner or later. */
export interface Scene {
  readonly title: string
  readonly expect: Expectation
  /** Plays it; returns how it ended, in a few words. */
  play(stage: Stage): Promise<string>
}

const CROWD = 1_000
const HOUR = 3_600_000

export const SCENES: readonly Scene[] = [
  {
    title: 'the first request obtains a token',
    expect: { callers: 1, acquires: 1, refreshes: 0, apiCalls: 1 },
    play: (stage) => request(stage, 1),
  },
  {
    title: 'a thousand requests share it',
    expect: { callers: CROWD, acquires: 0, refreshes: 0, apiCalls: CROWD },
    play: (stage) => request(stage, CROWD),
  },
  {
    title: '25 h later, expired: all await one refresh',
    expect: { callers: CROWD, acquires: 0, refreshes: 1, apiCalls: CROWD },
    play(stage) {
      stage.clock.travel(25 * HOUR)
      return request(stage, CROWD)
    },
  },
  {
    title: '401 to all: one refresh, each sent again',
    expect: { callers: CROWD, acquires: 0, refreshes: 1, apiCalls: 2 * CROWD },
    play(stage) {
      stage.simulator.revoke()
      return request(stage, CROWD)
    },
  },
  {
    title: '3 days later, both ended: the keys again',
    expect: { callers: 1, acquires: 1, refreshes: 0, apiCalls: 1 },
    play(stage) {
      stage.clock.travel(72 * HOUR)
      return request(stage, 1)
    },
  },
  {
    title: '429 with Retry-After: 1',
    expect: { callers: 1, acquires: 0, refreshes: 0, apiCalls: 2 },
    play(stage) {
      stage.simulator.faults.next({ kind: 'status', status: 429, retryAfter: 1, operation: 'listVendors' })
      return request(stage, 1)
    },
  },
  {
    title: '503',
    expect: { callers: 1, acquires: 0, refreshes: 0, apiCalls: 2 },
    play(stage) {
      stage.simulator.faults.next({ kind: 'status', status: 503, operation: 'listVendors' })
      return request(stage, 1)
    },
  },
  {
    title: 'the connection drops before the answer',
    expect: { callers: 1, acquires: 0, refreshes: 0, apiCalls: 2 },
    play(stage) {
      stage.simulator.faults.next({ kind: 'reset', operation: 'listVendors' })
      return request(stage, 1)
    },
  },
  {
    title: 'it drops after a POST: not sent again',
    expect: { callers: 1, acquires: 0, refreshes: 0, apiCalls: 1 },
    async play({ simulator, bitize }) {
      simulator.faults.next({ kind: 'reset', processed: true, operation: 'createVendor' })
      const body = JSON.stringify({ name: 'Papelaria Aurora' })
      const headers = { 'content-type': 'application/json' }
      const outcome = await bitize.fetch('/vendors', { method: 'POST', headers, body }).then(
        ({ status }) => `answered ${status}`,
        () => 'error, one vendor',
      )
      return simulator.vendors.length === 1 ? outcome : `${simulator.vendors.length} vendors`
    },
  },
  {
    title: 'wrong keys: one call, one clear error',
    expect: { callers: 3, acquires: 1, refreshes: 0, apiCalls: 0 },
    async play({ url, simulator, clock }) {
      await using stranger = createBitize({ server: url, ...simulator.credentials, secretKey: 'not-the-key', clock })
      const codes = new Set<string>()
      for (let caller = 0; caller < 3; caller += 1) {
        await stranger
          .getToken()
          .catch((error: unknown) => codes.add(isChaveiroError(error) ? error.code : 'a surprise'))
      }
      return [...codes].join(', ')
    },
  },
]

/** Sends them all at once; the statuses that came back, counted. */
async function request({ bitize }: Stage, callers: number): Promise<string> {
  const statuses = new Map<number, number>()
  await Promise.all(
    Array.from({ length: callers }, async () => {
      const response = await bitize.fetch('/vendors')
      await response.text()
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    }),
  )
  return [...statuses].map(([status, count]) => (count === 1 ? `${status}` : `${count} × ${status}`)).join(', ')
}
