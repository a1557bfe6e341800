import type { AccountRef } from '../account-ref.ts'
import type { Clock, Random } from '../clock.ts'
import type { ErrorCode } from '../errors.ts'
import type { AuthenticatedFetchServices } from '../fetch/authenticated-fetch.ts'
import type { EndpointGate } from '../policies/endpoint-gate.ts'
import type { OpenConsent } from '../provider/consent.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import type { DenialPlaces, EventFacts, Renew, Revocable } from '../renewal.ts'
import type { Authorize } from '../token/access-token.ts'
import type { WindowRules } from '../token/windows.ts'
import type { Caretaker } from './upkeep.ts'

/** What the sources of a manager share. */
export interface Engine<M> {
  readonly provider: Pick<
    TokenProvider<never>,
    | 'id'
    | 'refresh'
    | 'acquire'
    | 'revoke'
    | 'list'
    | 'refreshKind'
    | 'refreshUses'
    | 'repeat'
    | 'replay'
    | 'probeRejected'
  >
  readonly clock: Clock
  readonly random: Random
  readonly windows: WindowRules
  readonly tokenCallTimeoutMs: number
  readonly resendUnknown: 'once' | 'never'
  readonly authorize: Authorize<M>
  readonly waitUntil: ((promise: Promise<unknown>) => void) | undefined
  /** `false`: the caller that meets an open refresh window waits for the renewal. */
  readonly refreshesInBackground: boolean
  readonly renew: Renew<M>
  readonly gate: EndpointGate
  readonly caretaker: Caretaker
  /** Throws where the provider asks no person. */
  readonly consents: () => OpenConsent<M>
  readonly fetching: () => AuthenticatedFetchServices<M>
  readonly emit: (account: AccountRef, event: EventFacts) => void
  /** Is there a listener of every call? */
  readonly hearsCalls: () => boolean
  /** Resolves with the code of the failure, or with nothing. */
  readonly revoke: (account: AccountRef, token: Revocable) => Promise<ErrorCode | undefined>
  readonly denials: DenialPlaces
}
