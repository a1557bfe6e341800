import type { TokenEvent } from '@chaveiro/core'
import type { Breaches } from './breaches.ts'
import type { EndpointRules } from './endpoint-rules.ts'
import type { Host } from './host.ts'
import type { TokenCall } from './model-issuer.ts'
import type { RefreshTokenRules } from './refresh-token-rules.ts'
import type { Account, Setup } from './setup.ts'
import type { StoreRules } from './store-rules.ts'
import type { CallEnd, Outcome } from './token-answers.ts'

/** The least pause after a failed flight, by the code of its event, in milliseconds. */
const PAUSES: Readonly<Record<string, number>> = {
  unavailable: 30_000,
  timeout: 30_000,
  throttled: 30_000,
  misconfigured: 30_000,
  'malformed-response': 30_000,
}
interface Pause {
  readonly since: number
  readonly until: number
  /** Did it follow a failure that may be one of the endpoint? */
  readonly isShortened: boolean
}

/** What the issuer asks for when it throttles. */
const ASKED_MS = 90_000
/** How long denied credentials are not sent again. */
const DENIED_MS = 6 * 3_600_000

export interface SendRules {
  onSend(host: Host, call: TokenCall): (end: CallEnd, tokens?: Outcome['tokens']) => void
  onEvent(host: Host, account: Account, event: TokenEvent): void
  /** An account signed in or out on this host, which clears what was held against it there. */
  onSign(host: Host, account: Account): void
  /** The issuer has said no to a call of this account. */
  wasRefused(account: Account): boolean
  /** It has said no to its credentials. */
  isDenied(account: Account): boolean
  /** This process has a call of the account under way, or had one since then (monotonic). */
  hasSentSince(host: Host, account: Account, since: number): boolean
  /** How the account's last call in any process ended. */
  lastEnd(account: Account): CallEnd | 'pending' | undefined
  /** The account's last renewal in this process failed for the store: it is not asked again for a moment. */
  hasLostStore(host: Host, account: Account): boolean
}

/** Watches every token call for invariants 2 and 8. */
export function sendRules(
  setup: Setup,
  breaches: Breaches,
  store: StoreRules,
  keyOf: (account: Account) => string,
  refreshTokens: RefreshTokenRules,
  endpoint: EndpointRules,
  { isCalm, wasTroubled, wasSkewed }: { isCalm: () => boolean; wasTroubled: () => boolean; wasSkewed: () => boolean },
): SendRules {
  const underWay = new Map<string, number>()
  const pauses = new Map<string, Pause>()
  const asked = new Map<string, number>()
  const denied = new Map<string, number>()
  const refused = new Set<Account>()
  const credentialsRefused = new Set<Account>()
  const signs = new Map<Account, number>()
  const lastSends = new Map<string, number>()
  const lastAnswers = new Map<string, number>()
  const lastEnds = new Map<Account, CallEnd | 'pending'>()
  const withoutStore = new Set<string>()
  const at = (host: Host, account: Account): string => `${host.name} ${account}`
  // An evicted account forgets its cool-down, and nothing else; with a store the rest is in the record, if that was taken.
  const isEvicting = setup.maxAccounts === 1
  const isRemembered = !(isEvicting && setup.isShared)

  // What a process learns without the store is not in the record that counts again afterwards.
  const isNoted = (isAlone: boolean): boolean =>
    isAlone || !(setup.isShared && setup.storeFailure === 'go-on' && wasTroubled())
  const checkPauses = (host: Host, account: Account, isAcquire: boolean, isAlone: boolean): void => {
    const place = at(host, account)
    const now = host.clock.monotonic()
    const { since = 0, until = 0, isShortened = false } = pauses.get(place) ?? {}
    const isOver = now >= until || (isShortened && endpoint.hasOpenedSince(host, since))
    if (!isEvicting && !isOver) breaches.report(8, `${host.name} called within a cool-down`)
    // These are told by the wall clock, which other processes read and write too: one of them may have asked too soon, and
    // put its own past in their place.
    if (host.isSkewed || (setup.isShared && wasSkewed()) || !isRemembered || !isNoted(isAlone)) return
    if (now < (asked.get(place) ?? 0)) breaches.report(8, `${host.name} called before the time that the issuer named`)
    if (isAcquire && host.clock.now() < (denied.get(place) ?? 0))
      breaches.report(8, `${host.name} sent credentials again that had been denied`)
  }
  return {
    onSend(host, call) {
      const { account, refreshToken } = call
      const place = at(host, account)
      breaches.note(`${host.name} ${host.clock.monotonic()} sends ${refreshToken ?? 'credentials'} for ${account}`)
      if (host.closing === 'done') breaches.report(9, `${host.name} called the issuer after it was closed`)
      if ((underWay.get(place) ?? 0) > 0) breaches.report(2, `${host.name} has two calls under way`)
      // While the store does not answer, a token may be acquired without a claim where that does no harm.
      const mayGoOn = setup.storeFailure === 'go-on' && refreshToken === undefined && setup.issuer !== 'accumulating'
      const isAlone = setup.isShared && store.claimedAt(host, keyOf(account)) === undefined
      if (isAlone && !mayGoOn) breaches.report(2, `${host.name} sent without a claim`)
      checkPauses(host, account, refreshToken === undefined, isAlone)
      const ends = [refreshTokens.onSend(host, call), endpoint.onSend(host, account)]
      underWay.set(place, (underWay.get(place) ?? 0) + 1)
      lastSends.set(place, host.clock.monotonic())
      lastEnds.set(account, 'pending')
      const signsThen = signs.get(account)
      return (end, tokens) => {
        underWay.set(place, (underWay.get(place) ?? 0) - 1)
        lastAnswers.set(place, host.clock.monotonic())
        lastEnds.set(account, end)
        breaches.note(`${host.name} ${host.clock.monotonic()} ${refreshToken ?? 'credentials'} of ${account}: ${end}`)
        for (const note of ends) note(end, tokens)
        if (isAlone && tokens?.accessToken !== undefined) store.onAlone(host, tokens.accessToken)
        if (end === 'refused') refused.add(account)
        const isDenied = end === 'refused' && refreshToken === undefined
        if (isDenied) credentialsRefused.add(account)
        // A request from before a sign-in or sign-out says nothing about the token since then.
        if (signs.get(account) !== signsThen) return
        if (end === 'throttled') asked.set(place, host.clock.monotonic() + ASKED_MS)
        if (isDenied) denied.set(place, host.clock.now() + DENIED_MS)
      }
    },
    onEvent(host, account, { type, code = '', attempts = 0 }) {
      const place = at(host, account)
      breaches.note(`${host.name} ${host.clock.monotonic()} hears ${type} ${code} of ${account}`)
      if (type === 'refresh.resent') refreshTokens.onResent(host, isCalm())
      if (type === 'refresh.done' || type === 'ended') for (const held of [pauses, asked, denied]) held.delete(place)
      if (type === 'refresh.failed' && code === 'store') withoutStore.add(place)
      if (type === 'refresh.done') withoutStore.delete(place)
      const pause = type === 'refresh.failed' ? PAUSES[code] : undefined
      if (pause === undefined) return
      const since = host.clock.monotonic()
      const isShortened = code === 'unavailable' || code === 'timeout'
      // What an answer about the inputs leaves behind is told by the wall clock, which other processes read too. It counts
      // from the answer; a process that did not ask itself heard of it later.
      const isOfInputs = code === 'misconfigured' || code === 'malformed-response'
      if (isOfInputs && attempts > 0) asked.set(place, (lastAnswers.get(place) ?? since) + pause)
      if (!isOfInputs) pauses.set(place, { since, until: since + pause, isShortened })
    },
    onSign(host, account) {
      pauses.delete(at(host, account))
      signs.set(account, (signs.get(account) ?? 0) + 1)
      // What is in the record goes with it, for every process.
      for (const held of [asked, denied])
        for (const place of held.keys()) if (place.endsWith(` ${account}`)) held.delete(place)
    },
    wasRefused: (account) => refused.has(account),
    isDenied: (account) => credentialsRefused.has(account),
    hasSentSince: (host, account, since) =>
      (underWay.get(at(host, account)) ?? 0) > 0 || (lastSends.get(at(host, account)) ?? -1) >= since,
    lastEnd: (account) => lastEnds.get(account),
    hasLostStore: (host, account) => withoutStore.has(at(host, account)),
  }
}
