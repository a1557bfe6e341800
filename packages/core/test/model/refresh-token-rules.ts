import type { Breaches } from './breaches.ts'
import type { Host } from './host.ts'
import type { TokenCall } from './model-issuer.ts'
import type { Account, Setup } from './setup.ts'
import type { StoreRules } from './store-rules.ts'
import type { CallEnd, Outcome } from './token-answers.ts'

interface Send {
  readonly host: Host
  readonly refreshToken: string
  /** When its sender had written the claim under which it left, counted in commits. */
  readonly claimedAt: number | undefined
  end: CallEnd | 'pending'
}

/** What the rules ask about the rest of the world. */
export interface RefreshTokenWorld {
  keyOf(account: Account): string
  /** The issuer has denied these credentials before. */
  isDenied(account: Account): boolean
  /** An operation of the store has failed. */
  wasTroubled: () => boolean
  /** The account's stored token is good for its callers: none has reported it, or wants a newer one. */
  isServing(host: Host, account: Account): boolean
}

export interface RefreshTokenRules {
  /** Returns what to call with the call's end. */
  onSend(host: Host, call: TokenCall): (end: CallEnd, tokens: Outcome['tokens']) => void
  /** A process has announced that it sent one again. `isCertain`: nothing but a lost answer can have put it in doubt. */
  onResent(host: Host, isCertain: boolean): void
  /** No call with it may have spent it, or one may have and it may be sent once more. */
  isUsable(refreshToken: string): boolean
  /** At the end: were the tokens that were sent again, sent again visibly? */
  verify(): void
}

const HARMLESS: readonly Send['end'][] = ['refused', 'offline', 'throttled', 'turned-away', 'redirected']

/** Watches the single-use refresh tokens for invariant 3. */
export function refreshTokenRules(
  { issuer, canAcquire, resendUnknown }: Setup,
  breaches: Breaches,
  store: StoreRules,
  world: RefreshTokenWorld,
): RefreshTokenRules {
  const sends = new Map<string, Send[]>()
  const resends = new Map<string, Send[]>()
  const announced = new Map<Host, number>()
  /** The refresh tokens whose successor a process has been given, and in which kind of answer. */
  const replaced = new Map<Host, Map<string, CallEnd>>()
  const nextOf = (host: Host): Map<string, CallEnd> => replaced.get(host) ?? new Map()

  const checkSend = (host: Host, account: Account, send: Send): void => {
    const { refreshToken, claimedAt } = send
    const storedAt = store.replacedAt(refreshToken)
    // A claim older than the replacement was abandoned while its holder could not act, so it can't know.
    if (storedAt !== undefined && !(claimedAt !== undefined && claimedAt < storedAt))
      breaches.report(3, `${host.name} sent a refresh token that had been replaced in the store`)
    const end = nextOf(host).get(refreshToken)
    // If an answer can't be used otherwise and the store doesn't take its refresh token either, that is lost.
    if (end !== undefined && !(end === 'spoilt' && world.wasTroubled()))
      breaches.report(3, `${host.name} sent a refresh token although it had the next one in hand`)
    const before = sends.get(refreshToken) ?? []
    const isAgain = before.some((one) => mayBeApplied(one) && one.end !== 'refused')
    // What was refused is tried again after hours: it cannot be spent by that.
    if (isAgain && before.at(-1)?.end !== 'refused') checkResend(host, account, send)
  }
  const checkResend = (host: Host, account: Account, send: Send): void => {
    const { refreshToken, claimedAt = 0 } = send
    const known = resends.get(refreshToken) ?? []
    if (resendUnknown === 'never') breaches.report(3, `${host.name} sent a suspect refresh token although it may not`)
    // A process that was suspended with its claim can't know what happened under a later one.
    const isKnown = (one: Send): boolean => one.host === host || (one.claimedAt ?? 0) <= claimedAt
    if (known.some((one) => isKnown(one) && mayBeApplied(one)))
      breaches.report(3, `${host.name} sent a suspect refresh token that had been sent again before`)
    if (canAcquire && !world.isDenied(account))
      breaches.report(3, `${host.name} sent a suspect refresh token although it could acquire`)
    if (world.isServing(host, account))
      breaches.report(3, `${host.name} sent a suspect refresh token although the access token still served`)
    resends.set(refreshToken, [...known, send])
  }
  return {
    onSend(host, { account, refreshToken }) {
      if (refreshToken === undefined || issuer !== 'rotating') return () => {}
      const claimedAt = store.claimedAt(host, world.keyOf(account))
      const send: Send = { host, refreshToken, claimedAt, end: 'pending' }
      checkSend(host, account, send)
      sends.set(refreshToken, [...(sends.get(refreshToken) ?? []), send])
      return (end, tokens) => {
        send.end = end
        if (tokens?.refreshToken !== undefined) replaced.set(host, nextOf(host).set(refreshToken, end))
      }
    },
    onResent(host, isCertain) {
      const count = (announced.get(host) ?? 0) + 1
      announced.set(host, count)
      const sent = [...resends.values()].flat().filter((send) => send.host === host).length
      if (isCertain && count > sent) breaches.report(3, `${host.name} took a refresh token for suspect that was not`)
    },
    isUsable(refreshToken) {
      if (issuer !== 'rotating') return true
      // A redirect says little: the one time that it may be sent again is over with that.
      if (resends.get(refreshToken)?.some(({ end }) => end === 'redirected')) return false
      const doubtful = (sends.get(refreshToken) ?? []).filter(({ end }) => !HARMLESS.includes(end))
      return doubtful.length <= (resendUnknown === 'once' ? 1 : 0)
    },
    verify() {
      const all = [...resends.values()].flat().filter(mayBeApplied)
      for (const host of new Set(all.map((send) => send.host))) {
        const sent = all.filter((send) => send.host === host).length
        if (host.isDead || sent <= (announced.get(host) ?? 0)) continue
        breaches.report(3, `${host.name} sent a suspect refresh token without a word`)
      }
    },
  }
}

/** The issuer may have done something with it. */
function mayBeApplied({ end }: Send): boolean {
  return end === 'refused' || !HARMLESS.includes(end)
}
