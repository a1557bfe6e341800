import type { AccountRef } from '../account-ref.ts'
import { type Fetch, presenting } from '../http/fetch.ts'
import { untilDeadline } from '../timeout.ts'
import type { CallServices } from './call-services.ts'
import { tellCertificateEnd } from './certificate-end.ts'
import { readCertificate, resolveInputs } from './inputs.ts'

// A call should not cost a look into a vault, and a new certificate should not need a restart.
const REMEMBERED_MS = 60_000

/** The fetch for an account's API calls. */
export type FetchOf = (account: AccountRef) => Promise<Fetch>

/** Makes API calls present the account's certificate, of a provider that has one for them. */
export function certifiedFetch<Inputs, M>(services: CallServices<Inputs, M>): FetchOf {
  const { provider, clock, fetch, tokenCallTimeoutMs } = services
  const known = new WeakMap<AccountRef, { readonly fetch: Fetch; readonly until: number }>()
  const read = async (account: AccountRef): Promise<Fetch> => {
    const { inputs } = await resolveInputs(services, account)
    const certificate = provider.certificate?.(inputs)
    if (certificate === undefined) return fetch
    const send = presenting(fetch, await readCertificate('certificate', certificate))
    tellCertificateEnd(services, account, send)
    return send
  }
  return async (account) => {
    const before = known.get(account)
    const until = clock.monotonic() + REMEMBERED_MS
    if (before && before.until > clock.monotonic()) return before.fetch
    // Other calls go on with the one before while this one reads, and all do where it can't be read now.
    if (before) known.set(account, { ...before, until })
    try {
      const fresh = await untilDeadline(clock, tokenCallTimeoutMs, () => read(account))
      known.set(account, { fetch: fresh, until })
      return fresh
    } catch (error) {
      if (before) return before.fetch
      throw error
    }
  }
}
