import { atLeast } from '../check-options.ts'
import { type Clock, sleep } from '../clock.ts'
import { ChaveiroError } from '../errors.ts'
import type { CallLimit, LimitedCall, LimitServices } from '../provider/limits.ts'

/** What the provider documents. */
export interface LimitCallsOptions {
  /** How many token calls of all kinds it takes within `perMs`. */
  readonly calls: number
  /** In milliseconds. */
  readonly perMs: number
}

// Looks again so often, because a call that did not leave gives its place back.
const LOOK_AGAIN_MS = 1_000
// A place held for this long is treated as free, because a Worker's cancelled request never gives its place back.
const LONGEST_CALL_MS = 120_000
// A claim counts as abandoned this much later than the longest call takes: see CLAIM_SLACK_MS of the manager.
const LEASE_MS = 10_000

/** One of the places within `perMs`. */
interface Place {
  /** Monotonic instant from which it is free. */
  freeAt: number
  isRunning: boolean
}

/** The calls of one client at one server. */
interface Client {
  readonly taken: Set<Place>
  readonly line: Pick<LimitedCall, 'awaited'>[]
}

/**
 * For providers that document how many token calls a client may make. All kinds count together: acquire, refresh,
 * exchange, revoke and list. Calls are counted in this process, for each server and client, and the client is what the
 * inputs marked `identity` name; without such inputs, all accounts count together. Several processes have to share the
 * provider's number: give each of them less. A call counts once, however many requests it takes: a call that is secured by
 * the token of a parent sends a second one if the provider no longer accepts that token.
 */
export function limitCalls({ calls, perMs }: LimitCallsOptions): CallLimit {
  atLeast(1, calls, 'calls')
  atLeast(1, perMs, 'perMs')
  // By clock, so that tests with clocks of their own do not count each other's calls.
  const clientsOf = new WeakMap<Clock, Map<string, Client>>()
  const limit: CallLimit = {
    calls,
    perMs,
    async run(services, call, send) {
      const { clock } = services
      const { hasLeft = () => true } = call
      const client = clientOf(services, call)
      const place = await enter(client, services, call)
      try {
        return await send()
      } finally {
        // From the end of the call on, because the server may have counted it as late as that.
        if (hasLeft()) Object.assign(place, { isRunning: false, freeAt: clock.monotonic() + perMs })
        else client.taken.delete(place)
      }
    },
    renewals: (services) => ({
      wrap(next, { inputs, clock, shared }) {
        const begun = new WeakSet<object>()
        return async (turn) => {
          const { entries } = await inputs(turn)
          const { account, budget, signal, awaited } = turn
          const left = budget.until - clock.monotonic()
          // The second call of a turn holds a claim already.
          const leftMs = shared && begun.has(turn) ? Math.min(left, LEASE_MS) : left
          begun.add(turn)
          const before = budget.calls
          const hasLeft = (): boolean => budget.calls > before
          return limit.run(services, { account, entries, leftMs, signal, awaited, hasLeft }, () => next(turn))
        }
      },
    }),
  }
  return limit

  function clientOf({ clock, provider: { server, inputs = {} } }: LimitServices, { entries }: LimitedCall): Client {
    const clients = clientsOf.get(clock) ?? new Map<string, Client>()
    clientsOf.set(clock, clients)
    const names = entries.filter(([name]) => inputs[name]?.identity === true).map(([, value]) => value)
    const key = JSON.stringify([server.origin, ...names])
    const client = clients.get(key) ?? { taken: new Set(), line: [] }
    // The least recently used are at the front, where those that have nothing to count are forgotten.
    clients.delete(key)
    for (const [other, { taken, line }] of clients) {
      forgetFree(taken, clock)
      if (taken.size + line.length > 0) break
      clients.delete(other)
    }
    clients.set(key, client)
    return client
  }

  async function enter({ taken, line }: Client, { clock, emit }: LimitServices, call: LimitedCall): Promise<Place> {
    const { account, leftMs, signal, awaited } = call
    const me = { awaited }
    const deadline = clock.monotonic() + leftMs
    line.push(me)
    try {
      for (let isTold = false; ; isTold = true) {
        signal?.throwIfAborted()
        forgetFree(taken, clock)
        const wait = waitFor({ taken, line }, me, clock.monotonic())
        if (wait <= 0) break
        if (clock.monotonic() + wait > deadline) throw usedUp(wait)
        if (!isTold) emit(account, { type: 'call.delayed', durationMs: wait })
        // With a timer of its own: in a Worker, no request may wake another one.
        await sleep(clock, Math.min(wait, LOOK_AGAIN_MS), signal)
      }
      const place = { freeAt: clock.monotonic() + LONGEST_CALL_MS + perMs, isRunning: true }
      taken.add(place)
      return place
    } finally {
      line.splice(line.indexOf(me), 1)
    }
  }

  /** Milliseconds until it is the turn of `me`. Calls that a caller waits for go first, in the order in which they came. */
  function waitFor({ taken, line }: Client, me: Pick<LimitedCall, 'awaited'>, now: number): number {
    const isAwaited = me.awaited()
    const mine = line.indexOf(me)
    const ahead = line.filter((one, index) => (one.awaited() === isAwaited ? index < mine : !isAwaited)).length
    const used = [...taken].map(({ freeAt, isRunning }) => (isRunning ? now + perMs : freeAt))
    const free = [...Array<number>(calls - taken.size).fill(now), ...used].sort((one, other) => one - other)
    return (free[ahead % calls] ?? now) + Math.floor(ahead / calls) * perMs - now
  }

  function usedUp(waitMs: number): ChaveiroError {
    const rule = `The provider allows ${calls} token calls in ${perMs / 1_000} s, and this process has made them`
    const message = `${rule}. The next one may be sent in ${Math.ceil(waitMs / 1_000)} s.`
    return new ChaveiroError('throttled', message, { retryAfterMs: Math.ceil(waitMs) })
  }
}

function forgetFree(taken: Set<Place>, clock: Clock): void {
  for (const place of taken) if (clock.monotonic() >= place.freeAt) taken.delete(place)
}
