import type { AccountRef } from '../account-ref.ts'
import type { Fetch } from '../http/fetch.ts'
import type { PresentingServices } from '../provider/certificates.ts'

const DAY_MS = 86_400_000
const NOTICE_DAYS = 30

// Of this process: the accounts of all managers may share a certificate. Only those that end soon are in it.
const told = new Set<string>()
// What each account presented last. An account is the same object in all calls of its manager.
const presented = new WeakMap<AccountRef, string>()

/**
 * Emits an event once per certificate when the presented one expires soon; `everyCall` listeners also learn, once per
 * account, when it expires.
 */
export function tellCertificateEnd(
  { clock, emit }: PresentingServices,
  account: AccountRef,
  { presents }: Fetch,
): void {
  if (presents?.endsAt === undefined) return
  if (presented.get(account) !== presents.fingerprint) {
    presented.set(account, presents.fingerprint)
    emit?.(account, { type: 'certificate.presented', expiresAt: presents.endsAt })
  }
  if (told.has(presents.fingerprint)) return
  const daysLeft = Math.floor((presents.endsAt - clock.now()) / DAY_MS)
  if (daysLeft >= NOTICE_DAYS) return
  told.add(presents.fingerprint)
  emit?.(account, { type: 'certificate.expiring', expiresAt: presents.endsAt, daysLeft })
}
