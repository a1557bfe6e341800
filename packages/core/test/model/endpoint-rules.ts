import type { Breaches } from './breaches.ts'
import type { Host } from './host.ts'
import type { Account, Setup } from './setup.ts'
import type { CallEnd } from './token-answers.ts'

/** So many accounts, without a success between, show that the endpoint is down. */
const FALLEN = 3
const WITHOUT_CONNECTION = 2
const FAILING = 20

const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 300_000
/** A probe that takes longer counts as one that will never end. */
const PROBE_MS = 25_000
/** After an outage, the accounts that waited come back one after the other. */
const RECOVERY_MS = 60_000
/** So many calls may be under way; what comes on top waits, and may wait too long. */
const SLOTS = 8

/** What a process can have seen of its token endpoint. */
interface Endpoint {
  readonly well: Set<Account>
  readonly fallen: Set<Account>
  readonly withoutConnection: Set<Account>
  readonly failing: Set<Account>
  readonly underWay: Set<object>
  /** Calls that left while it was down, and when. */
  readonly probes: Map<object, number>
  isDown: boolean
  /** The process may see it otherwise: a call that never left is nothing to one whose callers gave up, for example. */
  isUncertain: boolean
  pauses: number
  /** Monotonic, as are the others. */
  downUntil: number
  openedAt: number
  wasCrowded: boolean
}

export interface EndpointRules {
  /** Returns what to call with the call's end. */
  onSend(host: Host, account: Account): (end: CallEnd) => void
  /** Its last call succeeded, and nothing that happened to other accounts is a reason to refuse it. */
  isServed(host: Host, account: Account): boolean
  /** The endpoint was down and has opened since then (monotonic): pauses of those that only waited for it are over. */
  hasOpenedSince(host: Host, since: number): boolean
}

/** Watches what the failures of some accounts do to the others, for invariants 7 and 8. */
export function endpointRules(
  { isShared }: Setup,
  breaches: Breaches,
  isAwaited: (host: Host, account: Account) => boolean,
): EndpointRules {
  const endpoints = new Map<Host, Endpoint>()
  const endpointOf = (host: Host): Endpoint => {
    const known = endpoints.get(host) ?? newEndpoint()
    endpoints.set(host, known)
    return known
  }
  /** A call that left before the endpoint closed, or before the claim for it was stored, could not know. */
  const checkPause = (host: Host, endpoint: Endpoint): void => {
    if (isShared || !endpoint.isDown || endpoint.isUncertain) return
    if (host.clock.monotonic() < endpoint.downUntil)
      breaches.report(8, `${host.name} called an endpoint that was down for all`)
    const isProbed = [...endpoint.probes.values()].some((since) => host.clock.monotonic() < since + PROBE_MS)
    if (isProbed) breaches.report(8, `${host.name} probed an endpoint twice at once`)
  }
  const open = (host: Host, endpoint: Endpoint): void => {
    if (endpoint.isDown) endpoint.openedAt = host.clock.monotonic()
    for (const accounts of [endpoint.fallen, endpoint.withoutConnection, endpoint.failing, endpoint.probes])
      accounts.clear()
    endpoint.isDown = false
    endpoint.isUncertain = false
    endpoint.pauses = 0
  }
  const fail = (host: Host, endpoint: Endpoint, account: Account, end: CallEnd): void => {
    if (endpoint.well.delete(account)) endpoint.fallen.add(account)
    endpoint.failing.add(account)
    if (end === 'offline') endpoint.withoutConnection.add(account)
    endpoint.isUncertain ||= end === 'offline' && !isAwaited(host, account)
    const now = host.clock.monotonic()
    endpoint.isDown ||=
      endpoint.fallen.size >= FALLEN ||
      endpoint.withoutConnection.size >= WITHOUT_CONNECTION ||
      endpoint.failing.size >= FAILING
    if (!endpoint.isDown || now < endpoint.downUntil) return
    endpoint.downUntil = now + Math.min(FIRST_PAUSE_MS * 2 ** endpoint.pauses, LONGEST_PAUSE_MS)
    endpoint.pauses += 1
  }
  return {
    onSend(host, account) {
      const endpoint = endpointOf(host)
      checkPause(host, endpoint)
      const call = {}
      endpoint.underWay.add(call)
      endpoint.wasCrowded ||= endpoint.underWay.size >= SLOTS
      if (endpoint.isDown) endpoint.probes.set(call, host.clock.monotonic())
      return (end) => {
        endpoint.underWay.delete(call)
        endpoint.probes.delete(call)
        if (end === 'lost' || end === 'offline' || end === 'turned-away') return fail(host, endpoint, account, end)
        endpoint.well.delete(account)
        if (end === 'answered') endpoint.well.add(account)
        if (end === 'answered' || end === 'refused' || end === 'redirected') return open(host, endpoint)
        if (end === 'throttled') return
        // An answer that cannot be read says little: it may open the endpoint, and need not.
        endpoint.isUncertain = true
        if (endpoint.isDown) endpoint.openedAt = host.clock.monotonic()
      }
    },
    hasOpenedSince: (host, since) => endpointOf(host).openedAt >= since,
    isServed(host, account) {
      const { well, isDown, openedAt, wasCrowded } = endpointOf(host)
      return well.has(account) && !isDown && !wasCrowded && host.clock.monotonic() >= openedAt + RECOVERY_MS
    },
  }
}

function newEndpoint(): Endpoint {
  return {
    well: new Set(),
    fallen: new Set(),
    withoutConnection: new Set(),
    failing: new Set(),
    underWay: new Set(),
    probes: new Map(),
    isDown: false,
    isUncertain: false,
    pauses: 0,
    downUntil: Number.NEGATIVE_INFINITY,
    openedAt: Number.NEGATIVE_INFINITY,
    wasCrowded: false,
  }
}
