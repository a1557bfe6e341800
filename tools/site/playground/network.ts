import type { Clock, Fetch } from '@chaveiro/core'
import type { SentRequest } from './stage.ts'

// Made up, and said so on the page: a token call takes 400 ms, a request to the API from 60 to 240 ms.
const TOKEN_CALL_MS = 400
const QUICKEST_MS = 60
const STEP_MS = 10
const STEPS = 19
// Prime to the number of steps, so that neighbours take different times.
const STRIDE = 7

/** The way to the simulated providers of a scene. */
export interface Network {
  readonly requests: readonly SentRequest[]
  /** Is a request or an answer on its way? */
  readonly isBusy: boolean
  readonly to: (provider: { readonly fetch: Fetch }) => Fetch
}

/** A network that takes time on the given clock, the same in each run, and remembers what it carried. */
export function createNetwork(clock: Clock): Network {
  const requests: SentRequest[] = []
  let travelling = 0
  const travel = createTravel(clock)
  return {
    requests,
    get isBusy() {
      return travelling > 0
    },
    to: (provider) => async (input, init) => {
      const request = new Request(input, init)
      const id = request.headers.get('x-request-id')
      const caller = id === null ? undefined : Number(id)
      const name = `${request.method} ${new URL(request.url).pathname}`
      const sent: SentRequest = { caller, name, sentAt: clock.monotonic(), answeredAt: Infinity, status: 0 }
      requests.push(sent)
      const oneWayMs = durationOf(caller) / 2
      travelling += 1
      await travel(oneWayMs)
      const response = await provider.fetch(request)
      await travel(oneWayMs)
      travelling -= 1
      sent.answeredAt = clock.monotonic()
      sent.status = response.status
      return response
    },
  }
}

function durationOf(caller: number | undefined): number {
  return caller === undefined ? TOKEN_CALL_MS : QUICKEST_MS + STEP_MS * ((caller * STRIDE) % STEPS)
}

/** All that arrive at the same moment share a timer: ten thousand of them would keep the clock busy. */
function createTravel(clock: Clock): (ms: number) => Promise<void> {
  const arrivals = new Map<number, Promise<void>>()
  return (ms) => {
    const at = clock.monotonic() + ms
    const known = arrivals.get(at)
    if (known !== undefined) return known
    const arrival = new Promise<void>((resolve) => {
      clock.timer(() => {
        arrivals.delete(at)
        resolve()
      }, ms)
    })
    arrivals.set(at, arrival)
    return arrival
  }
}
