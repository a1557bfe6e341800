import type { AskedScopes } from './bound-value.ts'
import type { Call, Expires, IssuingCall } from './call.ts'

/** How a person agrees, and what the code that comes of it is exchanged by. */
export interface Consent {
  /** The page that the person is sent to. Either this or `shown`. */
  readonly request?: ConsentRequest
  readonly shown?: Shown
  readonly exchange: IssuingCall
}

/** What the person is sent to (RFC 6749 §4.1.1). */
export interface ConsentRequest {
  /** Whole, or a path below the servers. */
  readonly url: string
  readonly clientId: string
  readonly parameters?: Readonly<Record<string, string>>
  readonly scopes: AskedScopes
  readonly pkce: 'required' | 'supported' | 'unsupported' | 'unknown'
  readonly issuer?: CallbackIssuer
}

/** The call that brings a code for the person to type on a page of the provider, which shows another to type back. */
export interface Shown extends Call {
  readonly userCode: string
  readonly verificationUrl: string
  readonly verifier: string
  readonly expires?: Exclude<Expires, string>
}

/** How the provider names itself in a callback (RFC 9207). */
export interface CallbackIssuer {
  readonly url?: string
  readonly inCallback: 'always' | 'never' | 'unknown'
}
