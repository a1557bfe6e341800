import type { Fetch } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import { driveClock } from './drive-clock.ts'
import { createNetwork } from './network.ts'

/** One request that left for the provider. Times are in milliseconds since the scene began, on its own clock. */
export interface SentRequest {
  /** The caller that it belongs to; undefined: a call to the token endpoint, which belongs to all. */
  readonly caller: number | undefined
  /** Method and path, without the query. */
  readonly name: string
  readonly sentAt: number
  answeredAt: number
  status: number
}

/** A caller of the API: from when it asked until it had an answer. */
export interface Caller {
  /** Which of the crowds it belongs to: callers that begin together are one. */
  readonly crowd: number
  readonly startedAt: number
  answeredAt: number
  status: number
}

/** All that happened in a scene. */
export interface Recording {
  readonly callers: readonly Caller[]
  readonly requests: readonly SentRequest[]
}

/** What a scene is played on: a clock and a network of its own. No request leaves the page. */
export interface Stage {
  /** Time that passes as fast as the page can compute. */
  readonly clock: FakeClock
  /** A `fetch` to a simulated provider that takes some milliseconds there and back. */
  readonly network: (provider: { readonly fetch: Fetch }) => Fetch
  /** Makes so many calls at the same moment, and waits for all answers. Each call sends the headers it is given. */
  readonly atOnce: (callers: number, call: (headers: Record<string, string>) => Promise<Response>) => Promise<void>
}

/** Plays a scene to its end, and returns what happened. */
export async function record(play: (stage: Stage) => Promise<void>): Promise<Recording> {
  const clock = new FakeClock()
  const callers: Caller[] = []
  let crowds = 0
  const network = createNetwork(clock)

  const atOnce: Stage['atOnce'] = async (count, call) => {
    crowds += 1
    const crowd = crowds
    const one = async (): Promise<void> => {
      const caller: Caller = { crowd, startedAt: clock.monotonic(), answeredAt: Infinity, status: 0 }
      const number = callers.push(caller) - 1
      const response = await call({ 'x-request-id': String(number) })
      await response.text()
      caller.answeredAt = clock.monotonic()
      caller.status = response.status
    }
    await Promise.all(Array.from({ length: count }, one))
  }

  await driveClock(clock, network, play({ clock, network: network.to, atOnce }))
  return { callers, requests: network.requests }
}
