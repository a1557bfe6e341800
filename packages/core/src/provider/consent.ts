import type { AccountRef } from '../account-ref.ts'
import type { Clock } from '../clock.ts'
import type { ErrorCode } from '../errors.ts'
import type { Fetch } from '../http/fetch.ts'
import type { EventFacts, Revocable } from '../renewal.ts'
import type { Secret } from '../secret.ts'
import type { Grant } from '../token/grant.ts'
import type { ProviderIo } from './provider-io.ts'
import type { TokenLifecycle } from './token-lifecycle.ts'

/** A person agrees that this program uses the person's account: `begin()` sends the person off, `finish()` takes the answer. */
export interface Consent {
  /**
   * Begins a consent. Send the person to `url`, and keep `pending` for the browser that you sent there. Where there is a
   * `userCode`, show it too: the person types it on that page, and gets another code to type back.
   * @throws {TypeError} for a redirect URI that can't be one, and if the provider demands scopes and none is asked for.
   */
  begin(options?: BeginConsent): Promise<BegunConsent>
  /**
   * Checks the answer, exchanges its code once, and signs the account in with what that brings.
   * @throws {ChaveiroError} with `consent: true` where only another `begin()` helps.
   */
  finish(options: FinishConsent | FinishShownConsent): Promise<void>
}

/** Options of `consent.begin()`. */
export interface BeginConsent {
  /**
   * Where the provider sends the person back to, exactly as it is registered there. Required, unless the provider shows
   * codes: then the person isn't sent back, and it is a TypeError.
   */
  redirectUri?: string | URL | undefined
  /** What to ask for, besides what the provider always asks for. @default the account's own scopes */
  scopes?: readonly string[] | undefined
}

/** A consent that has begun. */
export interface BegunConsent {
  /** The provider's page. Redirect the person's browser to it. */
  readonly url: string
  /** What the person types on that page. Only where the provider shows codes; show it together with `url`. */
  readonly userCode?: string | undefined
  /**
   * Keep it in that browser's session, or in a cookie (`HttpOnly; Secure; SameSite=Lax`). Never look it up by the
   * `state` of a callback. It is good until `expiresAt` and for one `finish()`.
   */
  readonly pending: Secret
  /** When `pending` ends, in epoch milliseconds: in ten minutes, or with the code that is shown. */
  readonly expiresAt: number
}

/** Options of `consent.finish()`. */
export interface FinishConsent {
  /** The whole address that the provider sent the person to, with the origin that the browser sees. */
  url: string | URL
  /** What `begin()` gave for this browser. */
  pending: Secret | string
}

/** Options of `consent.finish()` where the provider shows codes. */
export interface FinishShownConsent {
  /** What the provider's page showed, and the person typed back. White space around it doesn't count. */
  code: Secret | string
  /** What `begin()` gave for this browser. */
  pending: Secret | string
}

/** What a spec or an author states about the page that asks a person (RFC 6749 §4.1.1). */
export interface AuthorizationRequest<Inputs> {
  /** The provider's page: https, or http on this machine. Where only a document of the provider says, what finds it there. */
  readonly url: URL | string | FindPage
  /** Which input is the client's id. */
  clientId(inputs: Inputs): string
  /** More parameters of the request, for example `{ access_type: 'offline' }`. */
  readonly parameters?: Readonly<Record<string, string>> | undefined
  /** Which scopes are asked for. */
  readonly scopes?: AskedScopes | undefined
  /** Does the provider take PKCE (RFC 7636)? It is sent unless it is known to be unsupported. */
  readonly pkce: 'required' | 'supported' | 'unsupported' | 'unknown'
  /** Where it is known, callbacks of another issuer are refused (RFC 9207). */
  readonly issuer?: CallbackIssuer | undefined
  /**
   * All servers of this provider belong to one operator, as where each tenant has a host of its own: they may share a
   * redirect URI. @default false
   */
  readonly oneOperator?: boolean | undefined
}

/** Finds the page with `io.lookUp()`, when a consent begins. */
export type FindPage = (io: ProviderIo) => Promise<FoundPage>

/** The page that a document of the provider names. */
export interface FoundPage {
  /** https, or http on this machine. */
  readonly url: URL | string
  /** What the document says about callbacks. @default the `issuer` beside it */
  readonly issuer?: CallbackIssuer | undefined
}

/** How scopes are asked for. */
export interface AskedScopes {
  /** Asked for in every consent. */
  readonly always?: readonly string[] | undefined
  /** Without any scope, `begin()` is a TypeError. @default false */
  readonly demanded?: boolean | undefined
  /** @default a space, as in RFC 6749 §3.3 */
  readonly separator?: string | undefined
}

/** The provider's name for itself in a callback. */
export interface CallbackIssuer {
  /** Compared as text. Absent: it is not known, and `inCallback` isn't `always`. */
  readonly url?: string | undefined
  /** Does a callback name it in `iss`? */
  readonly inCallback: 'always' | 'never' | 'unknown'
}

/** What a code is exchanged with (RFC 6749 §4.1.3). */
export interface CodeToExchange {
  /** Secret. Good for one exchange. */
  readonly code: string
  /** Exactly as it was in the request. */
  readonly redirectUri: string
  /** Secret. Absent where the provider does without PKCE. */
  readonly verifier?: string | undefined
  /** The other parameters of the callback. Not verified: they may contain anything. */
  readonly callback: Readonly<Record<string, string>>
}

/** What a provider answers when it is asked for a code to show, before anything is believed. */
export interface ShownFields {
  /** What the person types on the page: one line of text. */
  userCode: unknown
  /** The page: https, or http on this machine. */
  verificationUrl: unknown
  /** Secret. Proves at the exchange that this program began. Without one the answer is refused. */
  verifier: unknown
  /** Epoch milliseconds on the local clock: see `optionalExpiry`. An hour at most. @default ten minutes from now */
  expiresAt?: number | undefined
}

/** What a code that was typed back is exchanged with. */
export interface ShownCodeToExchange {
  /** Secret. Good for one exchange. */
  readonly code: string
  /** Secret. As it came with the code that was shown. */
  readonly verifier: string
}

/** How a consent goes: what `authorizationCode()` and `shownCode()` of `@chaveiro/core/consent` return. */
export interface ConsentFlow<Inputs, M = unknown> {
  /** What the person is asked, as facts. Absent: the provider shows codes, and the person isn't sent back. */
  readonly request?: AuthorizationRequest<Inputs> | undefined
  /** Called once by each manager, with its surroundings. */
  open(services: ConsentServices<Inputs, M>): OpenConsent<M>
}

/** A consent that comes back with a code: what `authorizationCode()` returns. */
export interface AuthorizationCodeFlow<Inputs, M = unknown> extends ConsentFlow<Inputs, M> {
  readonly request: AuthorizationRequest<Inputs>
  /** Exchanges a code for a token. Called once for a code, unless it was certainly not sent. */
  exchange(io: ProviderIo, code: CodeToExchange, inputs: Inputs): Promise<Grant<M>>
}

/** A consent for which codes are shown and typed: what `shownCode()` returns. */
export interface ShownCodeFlow<Inputs, M = unknown> extends ConsentFlow<Inputs, M> {
  /** Asks the provider for a code to show. Sent again only if it certainly never left. */
  show(io: ProviderIo, inputs: Inputs): Promise<ShownFields>
  /** Exchanges a code for a token. Called once for a code, unless it was certainly not sent. */
  exchange(io: ProviderIo, code: ShownCodeToExchange, inputs: Inputs): Promise<Grant<M>>
}

/** The consents of one manager's accounts. `keep` signs the account in. */
export type OpenConsent<M> = (account: AccountRef, keep: (grant: Grant<M>) => Promise<void>) => Consent

/** Hides what a browser keeps. `createSealer()` of `@chaveiro/stores/sealer` makes one. */
export interface PendingSealer {
  /** Encrypts a text, bound to a context: it opens in no other. */
  seal(text: string, context: { readonly key: string }): Promise<string>
  /** `undefined`: it was not sealed with a key of this sealer for this context. */
  open(sealed: string, context: { readonly key: string }): Promise<string | undefined>
}

/** The part of a durable store that holds what a consent needs until it is finished. */
export interface PendingRecords {
  read(
    key: string,
    options?: { signal?: AbortSignal | undefined },
  ): Promise<{ readonly version: string; readonly value: string | undefined } | null | undefined>
  commit(
    key: string,
    next: string | null,
    expect: string | null,
    options?: { ttlMs?: number | undefined },
  ): Promise<string>
}

/** What a consent needs of its manager. */
export interface ConsentServices<Inputs, M> {
  readonly provider: TokenLifecycle<Inputs, M>
  readonly namespace: string
  readonly credentials: (account: AccountRef) => Inputs | Promise<Inputs>
  readonly fetch: Fetch
  /** Sends a repeat over a new connection. */
  readonly freshFetch: Fetch | undefined
  readonly clock: Clock
  readonly tokenCallTimeoutMs: number
  readonly parentToken: (
    account: AccountRef,
    ...args: Parameters<ProviderIo['token']>
  ) => ReturnType<ProviderIo['token']>
  readonly emit: (account: AccountRef, event: EventFacts) => void
  readonly clockOffsetMs: () => number
  readonly noteClockOffset: (ms: number) => void
  readonly revoke: (account: AccountRef, token: Revocable) => Promise<ErrorCode | undefined>
  /** Where the manager keeps its tokens. Only a durable store has records. */
  readonly store: object
  readonly sealer: PendingSealer | undefined
}
