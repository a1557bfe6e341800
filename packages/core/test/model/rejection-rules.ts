import type { ErrorCode } from '@chaveiro/core'
import type { Breaches } from './breaches.ts'
import type { Caller } from './caller-rules.ts'
import type { EndpointRules } from './endpoint-rules.ts'
import type { SendRules } from './send-rules.ts'
import type { Account, Setup } from './setup.ts'

/** What decides whether a failure has a reason. */
export interface Circumstances {
  /** Nothing has happened that leaves a claim behind, loses what was to be stored, or moves a clock. */
  isCalm: () => boolean
  /** How often the account has been signed in or out, anywhere. */
  signs: (account: Account) => number
  isUsable: (account: Account) => boolean
}

/** Watches why callers fail, for invariant 7. */
export interface RejectionRules {
  onFailure(caller: Caller, code: ErrorCode): void
}

export function rejectionRules(
  setup: Setup,
  breaches: Breaches,
  sends: SendRules,
  endpoint: EndpointRules,
  { isCalm, signs, isUsable }: Circumstances,
): RejectionRules {
  const { canAcquire, issuer, storeFailure, isShared } = setup
  const mayGoOn = isShared && storeFailure === 'go-on' && canAcquire && issuer !== 'accumulating'
  return {
    onFailure({ host, account, since, signs: signsThen }, code) {
      // What a caller is told during a sign-in or sign-out may be about the token before or after it.
      const isSame = signs(account) === signsThen
      if (code === 'credentials-rejected' && !sends.wasRefused(account))
        breaches.report(7, `${host.name} called credentials denied that the issuer had not denied`)
      if (code === 'reauthorization-required' && isSame && isCalm() && isUsable(account) && !sends.wasRefused(account))
        breaches.report(7, `${host.name} asked for a person although the refresh token is good`)
      if (code === 'unavailable' && isCalm() && isSame && sends.lastEnd(account) === 'answered') {
        if (endpoint.isServed(host, account))
          breaches.report(7, `${host.name} refused ${account} for the failures of others`)
      }
      const hasTried = sends.hasSentSince(host, account, since)
      if (code === 'store' && mayGoOn && !hasTried && !sends.hasLostStore(host, account))
        breaches.report(7, `${host.name} failed ${account} for its store, although it may go on without`)
    },
  }
}
