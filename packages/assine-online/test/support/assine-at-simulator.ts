import {
  type AssineOnline,
  type AssineOnlineLogin,
  type AssineOnlineOptions,
  type AssineOnlineSession,
  type AssineOnlineToken,
  type AssineOnlineWithToken,
  createAssineOnline,
} from '@chaveiro/assine-online'
import type { TokenEvent } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import {
  type AssineOnlineSimulator,
  type AssineOnlineSimulatorOptions,
  simulateAssineOnline,
} from '@chaveiro/simulator'
import { onTestFinished } from 'vitest'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

type Policy = Partial<AssineOnlineOptions<AssineOnlineLogin>>

/** The provider in this process, on a clock that the test moves by hand. */
export interface World {
  readonly clock: FakeClock
  readonly simulator: AssineOnlineSimulator
  readonly events: TokenEvent[]
  /** What the simulator was asked, as operations, in order. */
  readonly operations: () => readonly string[]
  /** A client that logs in by itself; `lifetimeMs` and the rest as given. */
  readonly login: (policy?: Policy) => AssineOnline
  /** A client with a session that was opened elsewhere. */
  readonly withSession: (policy?: Partial<AssineOnlineOptions<AssineOnlineSession>>) => Promise<AssineOnline>
  readonly withToken: (inputs: AssineOnlineToken) => AssineOnlineWithToken
  /** Opens a session as a person does, and gives its token. */
  readonly openSession: () => Promise<string>
  /** Resolves when what runs in the background has ended. */
  readonly background: () => Promise<void>
}

export function world(options: AssineOnlineSimulatorOptions = {}): World {
  const clock = new FakeClock({ now: Date.UTC(2026, 10, 24, 12) })
  const simulator = simulateAssineOnline({ clock, ...options })
  const events: TokenEvent[] = []
  const running: Promise<unknown>[] = []
  const shared = {
    server: simulator.url,
    fetch: simulator.fetch,
    clock,
    random: () => 0,
    retry: { baseMs: 0, throttleBaseMs: 0 },
    waitUntil: (promise: Promise<unknown>) => void running.push(promise),
  }
  const watched = <Client extends AssineOnlineWithToken>(client: Client): Client => {
    client.on((event) => void events.push(event))
    onTestFinished(() => client.close())
    return client
  }
  const { username, password } = simulator.credentials
  const openSession = async (): Promise<string> => {
    const body = { grant_type: 'password', client_id: 'app', client_secret: 'app', username, password }
    const headers = { 'content-type': 'application/json' }
    const request = { method: 'POST', headers, body: JSON.stringify(body) }
    const { access_token }: { access_token: string } = await (
      await simulator.fetch(new URL('/oauth', simulator.url), request)
    ).json()
    return access_token
  }
  return {
    clock,
    simulator,
    events,
    operations: () => simulator.requests.flatMap(({ operation }) => (operation === undefined ? [] : [operation])),
    login: (policy) => watched(createAssineOnline({ ...shared, username, password, ...policy })),
    withSession: async (policy) =>
      watched(createAssineOnline({ ...shared, sessionToken: await openSession(), password, ...policy })),
    withToken: (inputs) => watched(createAssineOnline({ ...shared, ...inputs })),
    openSession,
    async background() {
      for (let work = running.shift(); work; work = running.shift()) await work
      await Promise.resolve()
    },
  }
}

/** The error that a promise ends with. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('It did not fail.')
}
