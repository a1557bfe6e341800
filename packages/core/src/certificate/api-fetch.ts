import type { AccountRef } from '../account-ref.ts'
import type { Fetch } from '../http/fetch.ts'
import type { ApiPresentingServices, ClientCertificates } from '../provider/certificates.ts'
import { inTime } from '../timeout.ts'

// A call should not cost a look into a vault, and a new certificate should not need a restart.
const REMEMBERED_MS = 60_000

/** Makes API calls present the account's certificate. */
export function apiFetch<Inputs>(
  certificates: ClientCertificates<Inputs>,
  services: ApiPresentingServices<Inputs>,
): (account: AccountRef) => Promise<Fetch> {
  const { clock, tokenCallTimeoutMs } = services
  const known = new WeakMap<AccountRef, { readonly fetch: Fetch; readonly until: number }>()
  const read = async (account: AccountRef): Promise<Fetch> => {
    const given = certificates.ofApi(await services.inputs(account))
    return given === undefined ? services.fetch : (await certificates.present(services, account, given)).fetch
  }
  return async (account) => {
    const before = known.get(account)
    const until = clock.monotonic() + REMEMBERED_MS
    if (before && before.until > clock.monotonic()) return before.fetch
    // Other calls use the previous certificate while this one is read, and all do if it can't be read now.
    if (before) known.set(account, { ...before, until })
    try {
      const fresh = await inTime(clock, tokenCallTimeoutMs, () => read(account))
      known.set(account, { fetch: fresh, until })
      return fresh
    } catch (error) {
      if (before) return before.fetch
      throw error
    }
  }
}
