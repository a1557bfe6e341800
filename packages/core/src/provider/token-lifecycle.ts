import type { Clock } from '../clock.ts'
import type { ReplayClass } from '../http/failure.ts'
import type { RetryAfterFact } from '../http/retry-after.ts'
import type { Policy, Verdict } from '../renewal.ts'
import type { Grant, IssuedToken } from '../token/grant.ts'
import type { ClientCertificates } from './certificates.ts'
import type { DeviceCalls } from './device-calls.ts'
import type { InputFact, OperationFact } from './facts.ts'
import type { CallLimit, UseLimit } from './limits.ts'
import type { ParentSchemes } from './parent-schemes.ts'
import type { ProviderFailure, ProviderIo } from './provider-io.ts'
import type { RequestPreparation } from './request-preparation.ts'

/** How a provider issues, refreshes and revokes tokens, without a person. */
export interface TokenLifecycle<Inputs, M = unknown> {
  /** For example `bitize`, or `assine-online/applicationToken`. */
  readonly id: string
  /** The security scheme of the spec that its tokens satisfy. */
  readonly scheme?: string | undefined
  /** Where token calls go, and one of the origins that `source.fetch` sends the token to. */
  readonly server: URL
  /** Where the API is, and a path given to `source.fetch`. @default the same as `server` */
  readonly apiServer?: URL | undefined
  /** Where operations are that are elsewhere than at `server`, by operationId. Token calls may go there. */
  readonly operationServers?: Readonly<Record<string, URL>> | undefined
  /** What happens to a refresh token that was used. */
  readonly refreshKind: 'none' | 'reusable' | 'single-use'
  /**
   * How often a refresh token may be sent: `limitUses()` of `@chaveiro/core/limit`, with `refreshKind: 'reusable'`.
   * @default uses are not counted
   */
  readonly refreshUses?: UseLimit | undefined
  /** The provider issues a new token only this close to the end of the old one, in milliseconds. @default it always does */
  readonly renewWithinMs?: number | undefined
  /** What a second acquire does to the first token. */
  readonly repeat: 'free' | 'leaves-token' | 'ends-previous' | 'unknown'
  /** Whether a lost token call may be sent again. @default decided by `repeat` and by what the failure means */
  readonly replay?: Partial<Record<'acquire' | 'refresh', ReplayClass>> | undefined
  /** Try rejected credentials again after hours. `false` where the provider documents a lock-out. @default true */
  readonly probeRejected?: boolean | undefined
  /** The schemes that token calls need a token of: `parentSchemes()`. @default none */
  readonly parents?: ParentSchemes<TokenLifecycle<Inputs>> | undefined
  /** `false`: kept in memory only. @default true */
  readonly persist?: boolean | undefined
  /** The declared inputs; names the secret ones. */
  readonly inputs?: Readonly<Record<string, InputFact>> | undefined
  /** What the spec says about its operations, by operationId: for `source.fetch.with({ operation })`. */
  readonly operations?: Readonly<Record<string, OperationFact>> | undefined
  /** How long a spent refresh token is taken once more, in milliseconds, where the provider documents it. @default 0 */
  readonly graceMs?: number | undefined
  /** How many token calls the provider takes, of all kinds: `limitCalls()` of `@chaveiro/core/limit`. @default no limit */
  readonly limit?: CallLimit | undefined
  /** Client certificates, where it asks for them: `clientCertificates()` of `@chaveiro/core/certificate`. @default none */
  readonly certificates?: ClientCertificates<Inputs> | undefined
  /** What requests of the API carry besides the token: `prepareRequests()`. @default nothing */
  readonly prepare?: RequestPreparation<Inputs, M> | undefined
  /** Needed where an operation is for a customer's own device: `refuseDeviceCalls()`. @default no operation is */
  readonly deviceCalls?: DeviceCalls | undefined
  /** What its token calls need besides, for example `revokeOldTokens()` of `@chaveiro/core/old-tokens`. */
  readonly policies?: readonly Policy[] | undefined
  /** Query parameters in which the vendor demands a secret, in token calls or in `prepare`. Any other secret in a URL is refused. */
  readonly secretQuery?: readonly string[] | undefined
  /** Documented headers that say when to come back, read beside `Retry-After`. */
  readonly hints?: readonly RetryAfterFact[] | undefined
  /**
   * Gets a token with the inputs alone. `replaced` is the token that it is to replace, where there is one: who cannot do
   * better than give the same one again throws `reauthorization-required`.
   */
  acquire?(io: ProviderIo, inputs: Inputs, replaced?: Grant<M>): Promise<Grant<M>>
  /** Exchanges the current token for a new one. Absent: `acquire` is the renewal. */
  refresh?(io: ProviderIo, current: Grant<M>, inputs: Inputs): Promise<Grant<M>>
  /** Ends a token at the provider, by its id or by its strings. Absent: there is no documented way. */
  revoke?(
    io: ProviderIo,
    current: Partial<Pick<Grant<M>, 'id' | 'accessToken' | 'refreshToken'>>,
    inputs: Inputs,
  ): Promise<void>
  /** The tokens that the provider has issued and not ended. Absent: it shows none. */
  list?(io: ProviderIo, inputs: Inputs): Promise<readonly IssuedToken[]>
  /** Refines the default classification; `undefined` leaves it. */
  classify?(failure: ProviderFailure): Verdict | undefined
  /** Does this answer of the API refuse the token? Status and headers only. @default 401 is, unless it says insufficient_scope */
  judge?(response: Response): 'refused' | 'insufficient-scope' | undefined
  /**
   * The same where only the body says it: asked if `judge` does not refuse the answer. It may read a copy of the
   * answer, and leaves the answer itself to the caller.
   */
  judgeBody?(response: Response, clock: Clock): Promise<boolean>
  /** Puts the token on a request. @default `Authorization: Bearer` */
  authorize?(headers: Headers, token: Grant<M>): void
}
