import type { AccountRef, KeySpace } from './account-ref.ts'
import type { Clock, Random } from './clock.ts'
import { ChaveiroError, type ErrorCode, type ErrorDetails, failureSentence, isChaveiroError } from './errors.ts'
import type { TokenEvent } from './events.ts'
import type { Notes, OpenNotes } from './notes.ts'
import type { AccessToken } from './token/access-token.ts'
import type { Grant, IssuedToken, RefreshTokenOfGrant } from './token/grant.ts'
import type { Generation, Held } from './token/held.ts'
import type { WindowRules } from './token/windows.ts'

// The engine in one page. Renewing is a function (`Renew`), keeping is an object (`Keeper`), and everything else wraps
// the function (`Policy`). Renew means: acquire or refresh, whichever works.

/** Gets an account's next token: refreshes or acquires, whichever works. */
export type Renew<M> = (turn: Turn<M>) => Promise<Grant<M>>

/** A chance to renew one account's token; exclusive from the first `confirm()` on. Pass it on, never a copy. */
export interface Turn<M> extends Omit<TurnStart<M>, 'known' | 'found'> {
  readonly kept: Kept<M>
  /** This turn's own copy of the notes: change them in place. */
  readonly notes: OpenNotes
  /** Which call is next. Only `callSafely` sets it. */
  call: 'refresh' | 'acquire' | 'resend'
  /**
   * Which call's answer was lost in this turn: the server may have done what it was asked for. Only `callSafely` sets
   * it.
   */
  lost: 'refresh' | 'acquire' | undefined
  /** That answer may still come, so no other process is to call in the meantime. Only `callSafely` sets it. */
  mayStillCome: boolean
  /**
   * Before each request: writes the claim unless a fresh one with the same notes has been written. Rejects with
   * `conflict` if another process has changed the record. Until the first call a turn holds nothing, so a process may
   * wait for a slot, for inputs or for a parent's token without being taken for dead.
   */
  confirm(): Promise<void>
}

/** What the source gives a keeper to make a turn of. */
export interface TurnStart<M> {
  readonly account: AccountRef
  /** The number of the renewal, which its events have. */
  readonly renewal: number
  /** What this process last knew: a store that lost its data gets it back. */
  readonly known: Kept<M> | undefined
  readonly budget: Budget
  /** Aborts when no caller waits and nothing was sent. */
  readonly signal: AbortSignal
  /** Does a caller wait right now? */
  readonly awaited: () => boolean
  /** Is the token in hand valid, and rejected by no caller that waits? What `minValidityMs` asks for does not count. */
  readonly tokenServes: () => boolean
  /** Call when a request leaves (`true`), and when nothing is in flight any more (`false`). */
  readonly markSent: (sent: boolean) => void
  /** Call with what is known now, however the turn goes on: the source can use it, and `status()` shows it. */
  readonly found: (kept: Kept<M>) => void
}

/** What a flight may still use, over all its turns. */
export interface Budget {
  /** Token calls made so far. */
  calls: number
  /** Monotonic milliseconds. */
  readonly until: number
}

/** What a keeper knows of an account. */
export interface Kept<M> {
  readonly held: Held<M> | undefined
  readonly notes: Notes
  /** `false`: a token that is nowhere else, because the store did not take it. */
  readonly persisted: boolean
  readonly source: 'provider' | 'peer' | 'stored'
  /** Obtained without the store, for this process alone: kept until it ends, and then the store's record counts. */
  readonly isUnshared?: boolean | undefined
  /** It was obtained later than now by this process's clock: one of the clocks is wrong, so it is renewed soon. */
  readonly isAhead?: boolean | undefined
  /** The refresh token may have been spent in a call whose answer was lost; `surely`: it was. */
  readonly mayBeSpent: false | 'maybe' | 'surely'
}

/** Keeps one account's token, and decides which process may renew it. */
export interface Keeper<M> {
  read(): Promise<Kept<M>>
  /**
   * Returns what is kept if it `meets` the requirement, or if it is of another lineage than `start.known`; otherwise
   * what `renew` brings.
   */
  renew(start: TurnStart<M>, meets: (held: Held<M>) => boolean, renew: Renew<M>): Promise<Kept<M>>
  /**
   * Signs in, or out. `before` sees what is replaced, inside the swap, and returns the notes to carry on. `strict`: a
   * record that can't be read is an error; otherwise it is replaced.
   */
  replace(
    grant: Grant<M> | undefined,
    before: (old: Kept<M>) => Promise<Notes>,
    options?: { readonly strict: boolean },
  ): Promise<Kept<M>>
  /** Writes the notes that `run` returns, unless another process claims or writes in between. */
  upkeep(run: (kept: Kept<M>) => Promise<Notes>): Promise<Notes | undefined>
  /** Epoch milliseconds until which another process is expected to renew the token, as far as this one has seen. */
  claimedUntil(): number | undefined
  /** Could the account's token be had again if this keeper were dropped now? */
  isRecoverable(): boolean
  /** The notes that have to outlive the account's eviction from memory. */
  remains(): Notes
  /** `false`: a token is left that could not be saved. */
  close(): Promise<boolean>
}

/** Where a manager's tokens are kept: what the option `store` takes. */
export interface Keepers {
  /** Notes can't be read without a key, or are not written anywhere. */
  readonly sealed: boolean
  /** Other processes use the same tokens, and see the same notes. */
  readonly shared: boolean
  /** What it puts around the renewals of its accounts. @default nothing */
  readonly policies?: readonly Policy[] | undefined
  /** Makes the places of a manager's denials where it isn't sealed: what they are marked by could be read there. */
  readonly denials?: (() => DenialPlaces) | undefined
  /** The keeper of one account. `remains`: the notes of an account that was evicted from memory. */
  keeper<M>(account: AccountRef, services: KeeperServices<M>, remains?: Notes): Keeper<M>
}

/** Where an account's denials are noted: beside its token, or in this process if others could read them there. */
export interface DenialPlaces {
  of(account: AccountRef, held: Generation | undefined, notes: Notes): Notes
  open(account: AccountRef, held: Generation | undefined, notes: OpenNotes): OpenNotes
}

/** What to do with a new token that the store does not take. */
export type PersistFailurePolicy = 'serve-and-retry' | 'fail' | 'revoke'

/** What a keeper gets from its manager. */
export interface KeeperServices<M> {
  readonly clock: Clock
  readonly space: KeySpace
  readonly windows: WindowRules
  /** After this long without a change a claim counts as abandoned. */
  readonly claimTtlMs: number
  /** May a token be acquired without a claim while the store does not answer? */
  readonly storeFailure: 'go-on' | 'fail'
  readonly persistFailure: PersistFailurePolicy
  readonly emit: (account: AccountRef, event: EventFacts) => void
  /** Revokes a token that won't be used, where the provider can. Never rejects. */
  readonly dispose: (account: AccountRef, token: Grant<M>) => Promise<void>
  /** How far the provider's clock is ahead of this process's, by the answers to its token calls. */
  readonly clockOffsetMs: () => number
  /** Can a token that is dropped be had again, without a person and without leaving one behind? */
  readonly canAcquireFreely: boolean
}

/** Something added on top of `Renew`. Exactly three hooks. */
export interface Policy {
  wrap<M>(next: Renew<M>, services: PolicyServices): Renew<M>
  /** What is to be done later, on some use after `dueAt`. Not asked where there are no notes. */
  upkeep?(kept: Kept<unknown>, services: PolicyServices): Upkeep | undefined
  /** What of the notes survives a sign-in or sign-out. */
  carry?(notes: Notes): Notes
}

interface Upkeep {
  readonly dueAt: number
  /** Does what is due at `now` and returns the notes that changed; one that is `undefined` is removed. */
  run(account: AccountRef, now: number): Promise<Notes>
}

export interface PolicyServices {
  /** Which of the managers that share a store this is. Random. */
  readonly self: () => string
  readonly clock: Clock
  readonly random: Random
  readonly windows: WindowRules
  /** The notes can't be read without a key. */
  readonly sealed: boolean
  /** Other processes use the same token, and see the same notes. */
  readonly shared: boolean
  readonly emit: (account: AccountRef, event: EventFacts) => void
  /** Read once for each turn. */
  readonly inputs: (turn: Turn<unknown>) => Promise<ResolvedInputs<unknown>>
  /** Resolves with the code of the failure, or with nothing. */
  readonly revoke: (account: AccountRef, token: Revocable) => Promise<ErrorCode | undefined>
  /** The tokens that the provider lists for the account; a code: it could not be asked. */
  readonly list: (account: AccountRef) => Promise<readonly IssuedToken[] | ErrorCode>
}

export type EventFacts = Omit<TokenEvent, 'provider' | 'account'>

/** What a token is revoked by: of one that was retired only the handle is left. */
export type Revocable = Partial<Pick<Grant, 'id' | 'accessToken' | 'refreshToken'>>

/** What a token call is made with: the inputs, read just now, and the strings among them that must not leak. */
export interface ResolvedInputs<Inputs> {
  readonly inputs: Inputs
  readonly secrets: readonly string[]
  /** Name and value of each, for the mark. */
  readonly entries: readonly (readonly [string, string])[]
}

/** What `fetch` needs of an account's source. */
export interface Tokens<M> {
  /** The token in memory, where it serves without further thought. */
  ready(): AccessToken<M> | undefined
  /** `waitedFor` gets the number of each renewal that it waited for. */
  getToken(
    options?: {
      signal?: AbortSignal | undefined
      newerThan?: AccessToken<M> | undefined
      staleIfError?: boolean | undefined
    },
    waitedFor?: number[],
  ): Promise<AccessToken<M>>
  reject(token: AccessToken<M>): Promise<boolean>
  /** Does this process know a newer token than this one? */
  isSuperseded(token: AccessToken<M>): boolean
  /** What the API makes of tokens that replaced a rejected one. `fetch` puts it here with the first rejection. */
  breaker: RejectionWatch | undefined
}

/** The part of `fetch`'s rejection breaker that a source asks. */
export interface RejectionWatch {
  /** Have the listeners heard of the rejection of this token already? */
  isAnnounced(token: Generation): boolean
}

/** Which call of the provider. */
export type ProviderPhase = 'acquire' | 'refresh' | 'show' | 'exchange' | 'revoke' | 'list'

/** What a failure means for the engine. */
export type Verdict =
  | { kind: 'transient' | 'throttled'; retryAfterMs?: number | undefined }
  /** Sent, answer lost: a single-use refresh token may be spent. */
  | { kind: 'outcome-unknown' }
  /** The refresh token is spent or revoked: fall back to `acquire`. */
  | { kind: 'refresh-rejected' }
  /** The credentials are wrong. Remembered, so that no account is locked by hammering. */
  | { kind: 'credentials-rejected' }
  | { kind: 'misconfigured' }
  /** Probably not from the provider, for example a firewall's page. It says nothing about keys. */
  | { kind: 'unexpected-answer' }

/** Why a token call failed, without any of what it was made with. */
export interface CallFailure {
  readonly verdict: Verdict
  /** `no`: certainly never left; `maybe`: sent, answer lost. */
  readonly sent: 'no' | 'maybe' | 'answered'
  /** Was a request handed to `fetch` at all? */
  readonly isTried: boolean
  /** It was denied before, so it was not sent again. */
  readonly isRemembered?: boolean | undefined
  /** The error of a parent scheme, if that one failed. */
  readonly parent?: ChaveiroError | undefined
  readonly status: number | undefined
  readonly title: string | undefined
  /** A more precise code than the verdict's, and its sentence. */
  readonly code: ErrorCode | undefined
  readonly message: string | undefined
}

const CODE_OF: Readonly<Record<Verdict['kind'], ErrorCode>> = {
  transient: 'unavailable',
  throttled: 'throttled',
  'outcome-unknown': 'unavailable',
  'refresh-rejected': 'reauthorization-required',
  'credentials-rejected': 'credentials-rejected',
  misconfigured: 'misconfigured',
  'unexpected-answer': 'unavailable',
}

/** A token call that failed. It never leaves the engine: a caller gets the plain error. */
export class CallFailed extends ChaveiroError {
  readonly failure: CallFailure
  /** The refresh token of an answer whose access token can't be used. It's the only one left. */
  readonly rescue: RefreshTokenOfGrant | undefined

  constructor(failure: CallFailure, rescue?: RefreshTokenOfGrant) {
    const code = failure.code ?? CODE_OF[failure.verdict.kind]
    const { status, title, message, sent, verdict } = failure
    const parent: ErrorDetails | undefined = failure.parent
    const retryAfterMs = 'retryAfterMs' in verdict ? verdict.retryAfterMs : undefined
    super(code, message ?? failureSentence(code, { status, title, sent }), { ...parent, status, title, retryAfterMs })
    this.failure = failure
    this.rescue = rescue
  }
}

/** Wraps `innermost` in the policies. The first policy is the outermost. */
export function compose<M>(policies: readonly Policy[], services: PolicyServices, innermost: Renew<M>): Renew<M> {
  return policies.reduceRight((next, policy) => policy.wrap(next, services), innermost)
}

/** The turn that a keeper makes of a start. */
export function turnOf<M>(start: TurnStart<M>, kept: Kept<M>, rights: Pick<Turn<M>, 'confirm' | 'markSent'>): Turn<M> {
  return { ...start, kept, notes: { ...kept.notes }, call: 'refresh', lost: undefined, mayStillCome: false, ...rights }
}

export function isConflict(error: unknown): boolean {
  return isChaveiroError(error) && error.code === 'conflict'
}
