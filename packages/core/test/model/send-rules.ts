import type { TokenEvent } from '@chaveiro/core'
import type { Breaches } from './breaches.ts'
import type { Host } from './host.ts'
import type { CallEnd, TokenCall } from './model-issuer.ts'
import type { Account, Setup } from './setup.ts'
import type { StoreRules } from './store-rules.ts'

/** The least pause after a failed flight, by the code of its event, in milliseconds. */
const PAUSES: Readonly<Record<string, number>> = {
  unavailable: 30_000,
  timeout: 30_000,
  throttled: 30_000,
  misconfigured: 30_000,
  'malformed-response': 30_000,
}

interface Send {
  readonly refreshToken: string | undefined
  end: CallEnd | 'pending'
}

export interface SendRules {
  onSend(host: Host, call: TokenCall): (end: CallEnd) => void
  onEvent(host: Host, account: Account, event: TokenEvent): void
  /** Somebody signed in or out on this host: what was held against the account there is history. */
  onSign(host: Host, account: Account): void
  /** At the end: were the tokens that were sent again, sent again visibly? */
  verify(): void
}

/** Watches every token call for invariants 2, 3 and 8. */
export function sendRules(
  setup: Setup,
  breaches: Breaches,
  store: StoreRules,
  keyOf: (account: Account) => string,
): SendRules {
  const underWay = new Map<string, number>()
  const sends = new Map<string, Send[]>()
  const resends = new Map<Host, Send[]>()
  const announced = new Map<Host, number>()
  const pauses = new Map<string, number>()
  const credentialsRefused = new Set<Account>()
  const at = (host: Host, account: Account): string => `${host.name} ${account}`

  const checkRefreshToken = (host: Host, { account, refreshToken = '' }: TokenCall, send: Send): void => {
    const claimedAt = store.claimedAt(host, keyOf(account))
    const replacedAt = store.replacedAt(refreshToken)
    // A claim older than the replacement was abandoned while its holder could not act: he cannot know.
    if (replacedAt !== undefined && !(claimedAt !== undefined && claimedAt < replacedAt)) {
      breaches.report(3, `${host.name} sent a refresh token that had been replaced in the store`)
    }
    const before = sends.get(refreshToken) ?? []
    const isAgain = before.some((one) => mayBeApplied(one) && one.end !== 'refused')
    // What was refused is tried again after hours: it cannot be spent by that.
    if (!isAgain || before.at(-1)?.end === 'refused') return
    const known = resends.get(host) ?? []
    if (known.some((one) => one.refreshToken === refreshToken && mayBeApplied(one)))
      breaches.report(3, `${host.name} sent a suspect refresh token twice`)
    if (setup.canAcquire && !credentialsRefused.has(account)) {
      breaches.report(3, `${host.name} sent a suspect refresh token although it could acquire`)
    }
    resends.set(host, [...known, send])
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
      if (setup.isShared && !mayGoOn && store.claimedAt(host, keyOf(account)) === undefined) {
        breaches.report(2, `${host.name} sent without a claim`)
      }
      if (host.clock.monotonic() < (pauses.get(place) ?? 0))
        breaches.report(8, `${host.name} called within a cool-down`)
      const send: Send = { refreshToken, end: 'pending' }
      if (refreshToken !== undefined && setup.issuer === 'rotating') checkRefreshToken(host, call, send)
      underWay.set(place, (underWay.get(place) ?? 0) + 1)
      if (refreshToken !== undefined) sends.set(refreshToken, [...(sends.get(refreshToken) ?? []), send])
      return (end) => {
        underWay.set(place, (underWay.get(place) ?? 0) - 1)
        send.end = end
        breaches.note(`${host.name} ${host.clock.monotonic()} ${refreshToken ?? 'credentials'}: ${end}`)
        if (refreshToken === undefined && end === 'refused') credentialsRefused.add(account)
      }
    },
    onEvent(host, account, { type, code = '' }) {
      const place = at(host, account)
      breaches.note(`${host.name} ${host.clock.monotonic()} hears ${type} ${code} of ${account}`)
      if (type === 'refresh.resent') announced.set(host, (announced.get(host) ?? 0) + 1)
      if (type === 'refresh.done' || type === 'ended') pauses.delete(place)
      // What an answer about the inputs leaves behind is told by the wall clock, which other processes read too.
      const isOfWall = code === 'misconfigured' || code === 'malformed-response'
      const pause = type === 'refresh.failed' && !(isOfWall && host.isSkewed) ? PAUSES[code] : undefined
      if (pause !== undefined) pauses.set(place, host.clock.monotonic() + pause)
    },
    onSign: (host, account) => void pauses.delete(at(host, account)),
    verify() {
      for (const [host, sent] of resends) {
        if (host.isDead || sent.filter(mayBeApplied).length <= (announced.get(host) ?? 0)) continue
        breaches.report(3, `${host.name} sent a suspect refresh token without a word`)
      }
    },
  }
}

/** The issuer may have done something with it. */
function mayBeApplied({ end }: Send): boolean {
  return end !== 'not-applied'
}
