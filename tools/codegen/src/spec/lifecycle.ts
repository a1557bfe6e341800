import type { AskedScopes } from './bound-value.ts'
import type { ByHand } from './by-hand.ts'
import type {
  Acquire,
  AnswerMatcher,
  Call,
  CallKey,
  Expires,
  IssuingCall,
  IssuingKey,
  KeptSecret,
  List,
  RefreshToken,
  Revoke,
  TokenType,
} from './call.ts'
import type { CallbackIssuer, Consent, ConsentRequest } from './consent.ts'
import type { KeyPath } from './json.ts'
import type { Limit, Renew } from './limits.ts'

// The vocabulary as types. specs/_schema/x-token-lifecycle.schema.json says the same to editors and checks it;
// docs/write-a-spec.md explains it.

/** `x-token-lifecycle` on a security scheme. */
export type Lifecycle = SuppliedLifecycle | IssuedLifecycle

/** The provider issues no token; the caller brings one. `device`: on a customer's own device, where no server sees it. */
interface SuppliedLifecycle {
  readonly supplied: true | 'device'
}

/** An operation of the document issues the token. */
export interface IssuedLifecycle {
  readonly inputs: Readonly<Record<string, Input>>
  /** Without one the first token is brought: `seed()`. */
  readonly acquire?: Acquire
  /** A person agrees; never beside an `acquire`. */
  readonly consent?: Consent
  readonly refresh?: IssuingCall
  readonly revoke?: Revoke
  readonly list?: List
  readonly api?: Api
  readonly rejected?: readonly AnswerMatcher[]
  readonly persist?: false
  readonly renew?: Renew
  readonly limit?: Limit
  readonly lockout?: 'documented'
  /** Inputs by the server variable that they fill in. */
  readonly variables?: Readonly<Record<string, string>>
  readonly byHand?: readonly ByHand[]
}

/** Standard OAuth 2.0: what RFC 6749 leaves open, each with its source. It is written out before anything else is done. */
export interface StandardLifecycle {
  readonly standard: 'oauth2'
  readonly client: 'body' | 'basic' | 'basic-encoded' | 'certificate' | 'none'
  /** Which calls present a client certificate. */
  readonly certificate?: 'token' | 'token-and-api'
  readonly content: 'form' | 'json'
  readonly inputs?: Readonly<Record<string, Partial<Input>>>
  readonly scopes?: Omit<AskedScopes, 'scopes'>
  /** Further parameters of the authorization request. */
  readonly authorization?: Readonly<Record<string, string>>
  readonly pkce?: ConsentRequest['pkce']
  readonly issuer?: CallbackIssuer
  readonly parameters?: Call['parameters']
  readonly body?: Call['body']
  /** With `otherwise` alone it completes `expires_in`; any other end replaces it. */
  readonly expires?: Expires | { readonly otherwise: string }
  readonly refreshToken?: Omit<RefreshToken, 'token'>
  readonly tokenType?: Pick<TokenType, 'also'>
  readonly granted?: string
  readonly meta?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, KeptSecret>>
  readonly api?: Api
  readonly dead?: readonly AnswerMatcher[]
  readonly denied?: readonly AnswerMatcher[]
  readonly misconfigured?: readonly AnswerMatcher[]
  /** Of client credentials only. */
  readonly repeat?: Acquire['repeat']
  /** RFC 7009. */
  readonly revoke?: { readonly url: string; readonly content?: 'form' | 'json' }
  readonly rejected?: readonly AnswerMatcher[]
  readonly persist?: false
  readonly renew?: Renew
  readonly limit?: Limit
  readonly lockout?: 'documented'
  /** Inputs by the server variable that they fill in. */
  readonly variables?: Readonly<Record<string, string>>
}

export interface Input {
  readonly description: string
  readonly 'x-description-pt-BR'?: string
  readonly secret?: boolean
  readonly identity?: boolean
  readonly env?: string
  /** May be left out: then so is what it is bound to. */
  readonly optional?: true
  readonly kind?: 'string' | 'duration' | 'certificate'
  readonly default?: string
  /** Of one that is a part of a server's URL. */
  readonly pattern?: string
}

/** What a request of the API carries with the token. */
export interface Api {
  /** By location-qualified name, `header.jwt_token`. */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>
  /** The certificate that is presented, by the name of its scheme. */
  readonly security?: Readonly<Record<string, string>>
}

/** A call of a lifecycle, and where it is in it. */
export interface PlacedCall<Kind extends Call = Call, Key extends CallKey = CallKey> {
  readonly key: Key
  readonly at: KeyPath
  readonly call: Kind
}

/** All calls of a lifecycle. */
export function callsOf(lifecycle: IssuedLifecycle): readonly PlacedCall[] {
  const { consent, revoke, list } = lifecycle
  const shown = consent?.shown
  return [
    ...(shown === undefined ? [] : [{ key: 'show', at: ['consent', 'shown'], call: shown } as const]),
    ...issuingCallsOf(lifecycle),
    ...(revoke === undefined ? [] : [{ key: 'revoke', at: ['revoke'], call: revoke } as const]),
    ...(list === undefined ? [] : [{ key: 'list', at: ['list'], call: list } as const]),
  ]
}

/** Those that bring a token: the first one, then what follows it. */
export function issuingCallsOf({
  acquire,
  consent,
  refresh,
}: IssuedLifecycle): readonly PlacedCall<IssuingCall, IssuingKey>[] {
  return [
    ...(acquire === undefined ? [] : [{ key: 'acquire', at: ['acquire'], call: acquire } as const]),
    ...(consent === undefined
      ? []
      : [{ key: 'exchange', at: ['consent', 'exchange'], call: consent.exchange } as const]),
    ...(refresh === undefined ? [] : [{ key: 'refresh', at: ['refresh'], call: refresh } as const]),
  ]
}

/** The call that brings the first token. */
export function firstCallOf({ acquire, consent }: IssuedLifecycle): IssuingCall | undefined {
  return acquire ?? consent?.exchange
}

/** The refresh token that the calls of a lifecycle bring: what it says about one holds for both. */
export function refreshTokenOf(lifecycle: IssuedLifecycle): RefreshToken | undefined {
  return issuingCallsOf(lifecycle).flatMap(({ call }) => call.refreshToken ?? [])[0]
}

/** The names under which a lifecycle keeps values beside its tokens. */
export function keptNames(lifecycle: IssuedLifecycle, place: 'meta' | 'secrets'): readonly string[] {
  return [...new Set(issuingCallsOf(lifecycle).flatMap(({ call }) => Object.keys(call[place] ?? {})))]
}

/** `x-retry.replay` on an operation. */
export type ReplayClass = 'always' | 'unprocessed' | 'never'
