import type { Fetch } from '../../http/fetch.ts'
import type { TokenProvider } from '../../provider/token-provider.ts'
import type { Grant } from '../../token/grant.ts'
import type { FakeClock } from '../fake-clock.ts'

/** What the suite does to the server, and asks of it. */
export interface ProviderControl {
  /** Moves the clock past the end that the server gave to the access token in use. Its refresh token lives on. */
  expireAccessToken(): void | Promise<void>
  /** The server refuses every access token that it issued so far; refresh tokens live on. Time stands still. */
  revokeAccessTokens(): void | Promise<void>
  /** The server ends every refresh token that it issued so far. @default that one ended is not tested */
  revokeRefreshTokens?(): void | Promise<void>
  /** The next call of this kind is done by the server, and its answer lost. */
  loseNextAnswer(phase: 'acquire' | 'refresh'): void | Promise<void>
  /**
   * Calls so far that issue a token of this provider, failed and lost ones too. Those of a parent scheme do not count.
   */
  countTokenCalls(): number
  /** How often a spent refresh token came back. @default only the suite's own count of what was sent */
  reuses?(): number
  /** Every secret that the server accepts or issued. Those shorter than 6 characters are not looked for. */
  secrets(): readonly string[]
}

/** A provider together with an unused server. */
export interface ProviderWorld<Inputs, M = unknown> {
  /** What is tested. */
  provider: TokenProvider<Inputs, M>
  /** Inputs that the server accepts. */
  credentials: Inputs
  /** Inputs that it refuses. @default that they are refused once is not tested */
  wrongCredentials?: Inputs | undefined
  /** The result of a person's sign-in, for a provider without `acquire`. Its refresh token must be valid. */
  seed?: Grant<M> | undefined
  /** What the accounts ask for, where the provider demands scopes. @default none */
  scopes?: readonly string[] | undefined
  /** A path that answers a GET with a success if the request has a valid token, and only then. */
  apiPath: string
  /** The origin of the API. @default what the provider says, which then is not tested */
  apiOrigin?: string | undefined
  /**
   * What each request of the API has to carry with the token, by place: `header.x-account`, `query.app-key`. @default
   * that is not tested
   */
  carries?: Readonly<Record<string, string>> | undefined
  /** An answer of the API that rejects the token by its body alone. @default that is not tested */
  rejectionByBody?: (() => Response) | undefined
  /**
   * Where the JSON of a token call names the type of the token, as a pointer: `/token_type`. @default that another type is
   * refused is not tested
   */
  tokenType?: string | undefined
  /**
   * Where that JSON has what a token is of no use without, as pointers: `/jwt_token`. @default that an answer without it is
   * refused is not tested
   */
  required?: readonly string[] | undefined
  /** The way to the server. It has `presenting` where the provider asks for a client certificate. */
  fetch: Fetch
  /** The clock of this process, and of the server. */
  clock: FakeClock
  /** `false`: the server does not say when a token ends, so that it is used until it is refused. @default true */
  tellsExpiry?: boolean | undefined
  /** What the suite does to the server, and asks of it. */
  control: ProviderControl
  /** Called at the end of the test. */
  close?(): void | Promise<void>
}

/** Options of {@link providerConformance}. */
export interface ProviderConformanceOptions<Inputs, M = unknown> {
  /** The runner's function that declares a test: vitest's `it`, node:test's or Bun's `test`. */
  test: (name: string, run: () => Promise<void>) => unknown
  /** Makes a fresh world: called once or several times by each test. */
  open: () => ProviderWorld<Inputs, M> | Promise<ProviderWorld<Inputs, M>>
}

/** Tests by their names. */
export type ProviderTests = Readonly<Record<string, () => Promise<void>>>
