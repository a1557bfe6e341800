import { createBitize } from '@chaveiro/bitize'
import { simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { type Act, codes, PATIENCE, request, type Scene } from './act.ts'
import { HOUR, travellingClock } from './travelling-clock.ts'

const CROWD = 1_000

/** Bitize: two keys buy an access token and a refresh token. */
export async function bitizeAct(): Promise<Act> {
  const clock = travellingClock()
  const simulator = simulateBitize({ clock })
  const server = await listen(simulator)
  const bitize = createBitize({ server: server.url, ...simulator.credentials, clock, ...PATIENCE })
  const vendors = (callers: number): Promise<string> => request(bitize.fetch, '/vendors', callers)

  const scenes: readonly Scene[] = [
    {
      title: 'the first request obtains a token',
      expect: { callers: 1, tokenCalls: { acquire: 1 }, apiCalls: 1 },
      play: () => vendors(1),
    },
    {
      title: 'a thousand requests share it',
      expect: { callers: CROWD, tokenCalls: {}, apiCalls: CROWD },
      play: () => vendors(CROWD),
    },
    {
      title: '25 h later: all wait for one refresh',
      expect: { callers: CROWD, tokenCalls: { refresh: 1 }, apiCalls: CROWD },
      play() {
        clock.travel(25 * HOUR)
        return vendors(CROWD)
      },
    },
    {
      title: '401 for all: one refresh, all resent',
      expect: { callers: CROWD, tokenCalls: { refresh: 1 }, apiCalls: 2 * CROWD },
      play() {
        simulator.revoke()
        return vendors(CROWD)
      },
    },
    {
      title: '3 days later: the keys are used again',
      expect: { callers: 1, tokenCalls: { acquire: 1 }, apiCalls: 1 },
      play() {
        clock.travel(72 * HOUR)
        return vendors(1)
      },
    },
    {
      title: '429 with Retry-After: 1',
      expect: { callers: 1, tokenCalls: {}, apiCalls: 2 },
      play() {
        simulator.faults.next({ kind: 'status', status: 429, retryAfter: 1, operation: 'listVendors' })
        return vendors(1)
      },
    },
    {
      title: '503',
      expect: { callers: 1, tokenCalls: {}, apiCalls: 2 },
      play() {
        simulator.faults.next({ kind: 'status', status: 503, operation: 'listVendors' })
        return vendors(1)
      },
    },
    {
      title: 'the connection drops before the answer',
      expect: { callers: 1, tokenCalls: {}, apiCalls: 2 },
      play() {
        simulator.faults.next({ kind: 'reset', operation: 'listVendors' })
        return vendors(1)
      },
    },
    {
      title: 'it drops after a POST: not sent again',
      expect: { callers: 1, tokenCalls: {}, apiCalls: 1 },
      async play() {
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
      expect: { callers: 3, tokenCalls: { acquire: 1 }, apiCalls: 0 },
      async play() {
        const inputs = { ...simulator.credentials, secretKey: 'not-the-key' }
        await using stranger = createBitize({ server: server.url, ...inputs, clock, ...PATIENCE })
        return await codes(() => stranger.getToken(), 3)
      },
    },
  ]
  return {
    provider: 'bitize',
    title: 'Bitize',
    url: server.url,
    scenes,
    counts: () => ({
      tokenCalls: {
        acquire: simulator.count('authenticate'),
        refresh: simulator.count('refreshAccessToken'),
      },
      apiCalls: simulator.count('listVendors') + simulator.count('createVendor'),
    }),
    async [Symbol.asyncDispose]() {
      await bitize.close()
      await server.close()
    },
  }
}
