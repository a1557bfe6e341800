import type { AccountRef } from '../account-ref.ts'
import type { Clock, Random } from '../clock.ts'
import type { ErrorCode } from '../errors.ts'
import type { AuthenticatedFetchServices } from '../fetch/authenticated-fetch.ts'
import type { Notes } from '../notes.ts'
import type { EndpointGate } from '../policies/endpoint-gate.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import type { EventFacts, Kept, Renew, Revocable } from '../renewal.ts'
import type { Authorize } from '../token/access-token.ts'
import type { WindowOptions } from '../token/windows.ts'
import type { Caretaker } from './upkeep.ts'

/** What the sources of a manager share. */
export interface Engine<M> {
  readonly provider: Pick<
    TokenProvider<never>,
    'id' | 'refresh' | 'acquire' | 'revoke' | 'list' | 'refreshKind' | 'repeat' | 'replay' | 'probeRejected'
  >
  readonly clock: Clock
  readonly random: Random
  readonly windows: WindowOptions
  readonly tokenCallTimeoutMs: number
  readonly resendUnknown: 'once' | 'never'
  readonly authorize: Authorize<M>
  readonly waitUntil: ((promise: Promise<unknown>) => void) | undefined
  /** `false`: the caller that meets an open refresh window waits for the renewal. */
  readonly refreshesInBackground: boolean
  readonly renew: Renew<M>
  readonly gate: EndpointGate
  readonly caretaker: Caretaker
  readonly fetching: () => AuthenticatedFetchServices
  readonly emit: (account: AccountRef, event: EventFacts) => void
  readonly revoke: (account: AccountRef, token: Revocable) => Promise<ErrorCode | undefined>
  /** Rejects if the token was not revoked. */
  readonly requireRevoked: (account: AccountRef, token: Revocable) => Promise<void>
  /** Where the account's denials are noted: beside the token, or where no one else reads them. */
  readonly denialsOf: (account: string, kept: Kept<M>) => Notes
}
