import type { Clock } from './clock.ts'

// A timer that fires later than this past its time means that the process was suspended.
const LATE_MS = 1_000
// One turn of the event loop: what arrived in the meantime waits in the socket.
const READ_ALOUD_MS = 50

/**
 * Runs an operation that gets at most `timeoutMs`, whether or not it heeds its signal. Rejects with a `TimeoutError`
 * when the time is over, with the outer signal's reason when that aborts first. A process that was suspended past the
 * end (a closed lid, a frozen Lambda) first takes the answer that has arrived.
 */
export function untilDeadline<T>(
  clock: Clock,
  timeoutMs: number,
  operation: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const controller = new AbortController()
  return inTime(clock, timeoutMs, () => operation(controller.signal), outer, controller)
}

/** The same for an operation that takes no signal: making one is a large part of what a token call costs. */
export async function inTime<T>(
  clock: Clock,
  timeoutMs: number,
  operation: () => Promise<T>,
  outer?: AbortSignal,
  target?: Abortable,
): Promise<T> {
  outer?.throwIfAborted()
  let release: () => void = () => {}
  const outcome = new Promise<T>((resolve, reject) => {
    const abort = (reason: unknown): void => {
      target?.abort(reason)
      reject(reason)
    }
    const expire = (): void => abort(timeoutError())
    const end = clock.monotonic() + timeoutMs
    let cancelTimer = clock.timer(() => {
      if (clock.monotonic() - end > LATE_MS) cancelTimer = clock.timer(expire, READ_ALOUD_MS)
      else expire()
    }, timeoutMs)
    const link = outer && follow(outer, { abort })
    release = () => {
      cancelTimer()
      link?.release()
    }
    operation().then(resolve, reject)
  })
  return outcome.finally(() => release())
}

/** The error of our own timeouts: that of `AbortSignal.timeout`. */
export function timeoutError(): DOMException {
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError')
}

/** The promise's outcome, or the signal's own reason, whichever comes first. Leaves no listener behind. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  return new Promise<T>((resolve, reject) => {
    // One listener for each signal, however many wait with it: platforms warn of the eleventh. Also when it was aborted
    // before, because then a late rejection of the promise has no other handler.
    const link = follow(signal, { abort: reject })
    promise.then(resolve, reject).finally(() => link.release())
  })
}

/** What the caller's abort must reach. An AbortController is one. */
export interface Abortable {
  abort(reason: unknown): void
}

/** The connection between a caller's signal and one attempt. */
export interface AbortLink {
  /** Ends it: the attempt is over and nothing is left to abort. */
  release(): void
  /** Keeps it for as long as this response body exists, and not longer. */
  keepFor(body: object): void
}

interface Followers {
  readonly members: Set<Abortable | WeakRef<Abortable>>
  remove(member: Abortable | WeakRef<Abortable>): void
}

// One listener for each signal, however many calls follow it: a caller may use one signal for 10 000 calls, and
// platforms warn of the eleventh listener.
const followersOf = new WeakMap<AbortSignal, Followers>()
const followerOfBody = new WeakMap<object, Abortable>()
let collected: FinalizationRegistry<Leftover> | undefined

/** What remains of a collected follower. Data, not a function: that would keep its surroundings, the follower too. */
interface Leftover {
  readonly followers: Followers
  readonly member: WeakRef<Abortable>
}

/**
 * Makes the caller's signal abort `target`.
 *
 * Our timeouts end with the response's headers, the caller's abort does not: it must still end the reading of the
 * body. When a body has been read to its end cannot be observed without replacing the response, so from the headers on
 * the target is held weakly, alive as long as its body is. `AbortSignal.any` would do the same, but leaks on Node 20
 * and 22 when one of its sources lives long.
 */
export function follow(signal: AbortSignal, target: Abortable): AbortLink {
  if (signal.aborted) target.abort(signal.reason)
  const followers = followersOf.get(signal) ?? startFollowing(signal)
  followers.members.add(target)
  return {
    release: () => followers.remove(target),
    keepFor: (body) => {
      // A platform without WeakRef (older workerd): held until the signal itself goes, which there is one request.
      if (typeof WeakRef === 'undefined') return
      const member = new WeakRef(target)
      followers.members.add(member)
      followers.remove(target)
      followerOfBody.set(body, target)
      collected ??= new FinalizationRegistry((leftover) => leftover.followers.remove(leftover.member))
      collected.register(target, { followers, member })
    },
  }
}

function startFollowing(signal: AbortSignal): Followers {
  const members: Followers['members'] = new Set()
  const onAbort = (): void => {
    followersOf.delete(signal)
    for (const member of members) ('deref' in member ? member.deref() : member)?.abort(signal.reason)
  }
  const followers: Followers = {
    members,
    remove: (member) => {
      members.delete(member)
      if (members.size > 0 || followersOf.get(signal) !== followers) return
      signal.removeEventListener('abort', onAbort)
      followersOf.delete(signal)
    },
  }
  signal.addEventListener('abort', onAbort, { once: true })
  followersOf.set(signal, followers)
  return followers
}
