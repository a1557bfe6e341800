import type { SimulatorClock } from '../clock.ts'
import type { OAuthClient } from './clients.ts'
import type { OAuthFacts } from './facts.ts'

/** Options of `simulateOAuth()`: the facts about the provider, and who is registered with it. */
export interface OAuthSimulatorOptions extends OAuthFacts {
  /**
   * The first client. A test that looks for leaks gives its own.
   *
   * @default a client with a demonstration secret, and `http://127.0.0.1/callback` as its redirect URI
   */
  readonly credentials?: OAuthClient | undefined
  /**
   * The people who can agree to something, and for whom an assertion can speak. The first one is chosen on the page.
   *
   * @default ['ana']
   */
  readonly accounts?: readonly string[] | undefined
  /**
   * Where time comes from: ends of codes, tokens and assertions, `Date` headers, slow bodies.
   *
   * @default the system's clock
   */
  readonly clock?: SimulatorClock | undefined
  /**
   * The origin that the in-process `fetch` answers for: the host of the token endpoint.
   *
   * @default https://oauth.simulator.test
   */
  readonly url?: URL | undefined
  /**
   * The host of the page that asks a person, of which the origin counts.
   *
   * @default url
   */
  readonly authorizationUrl?: URL | undefined
  /**
   * The host of the API, of which the origin counts.
   *
   * @default url
   */
  readonly apiUrl?: URL | undefined
  /**
   * Numbers from 0 to below 1, for codes and tokens. Both are unique without it.
   *
   * @default Math.random
   */
  readonly random?: (() => number) | undefined
}

/** What a person answers. */
export interface OAuthDecision {
  /** Does the person agree? */
  readonly allow: boolean
  /** Whose account. @default the first one */
  readonly account?: string | undefined
  /** A part of what was asked for. @default all of it */
  readonly scopes?: readonly string[] | undefined
  /** The error that the callback brings, where nothing is allowed. @default 'access_denied' */
  readonly error?: string | undefined
}
