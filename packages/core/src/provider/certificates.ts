import type { AccountRef } from '../account-ref.ts'
import type { CertificateInput, ClientCertificate } from '../client-certificate.ts'
import type { Clock } from '../clock.ts'
import type { Fetch } from '../http/fetch.ts'
import type { EventFacts } from '../renewal.ts'

/** A certificate that an input gives. */
interface GivenCertificate {
  readonly certificate: ClientCertificate
  /** What must not be shown. */
  readonly secrets: readonly string[]
  /** Another text for every other key. Secret. */
  readonly text: string
}

/** A fetch that presents a certificate. */
interface Presenting {
  readonly fetch: Fetch
  /** What must not be shown. */
  readonly secrets: readonly string[]
}

/** What presenting needs of a call. */
export interface PresentingServices {
  readonly fetch: Fetch
  readonly clock: Clock
  /** Hears that a certificate ends soon. Absent: no one does. */
  readonly emit?: ((account: AccountRef, event: EventFacts) => void) | undefined
}

/** What the API calls of a manager need besides. */
export interface ApiPresentingServices<Inputs> extends PresentingServices {
  readonly tokenCallTimeoutMs: number
  /** Reads the account's inputs. */
  readonly inputs: (account: AccountRef) => Promise<Inputs>
}

/**
 * The client certificates of a provider that asks for them, for its token calls and its API: what `clientCertificates()`
 * of `@chaveiro/core/certificate` returns.
 */
export interface ClientCertificates<Inputs> {
  /** Reads an input of `kind: 'certificate'`. */
  read(name: string, value: unknown): Promise<GivenCertificate>
  /** @throws {ChaveiroError} `misconfigured` if the fetch can't present a certificate. */
  present(services: PresentingServices, account: AccountRef, given: CertificateInput): Promise<Presenting>
  /** The certificate that API calls present. `undefined`: they present none. */
  ofApi(inputs: Inputs): CertificateInput | undefined
  /** The fetch for each account's API calls. It reads the inputs at most once a minute. */
  forApi(services: ApiPresentingServices<Inputs>): (account: AccountRef) => Promise<Fetch>
}
