import type { SimulatorClock } from '../clock.ts'
import type { AssineOnlineAccount } from './accounts.ts'
import type { AssineOnlineTimezone } from './php-date.ts'

/** Options of `simulateAssineOnline`. */
export interface AssineOnlineSimulatorOptions {
  /**
   * The first account. A test that looks for leaks gives its own.
   *
   * @default a demonstration account of type PJ
   */
  readonly credentials?: AssineOnlineAccount | undefined
  /**
   * Where time comes from: ends of tokens, `Date` headers, slow bodies.
   *
   * @default the system's clock
   */
  readonly clock?: SimulatorClock | undefined
  /**
   * How long a session lives. The pages disagree, an hour or a day; the default is the stricter of the two.
   *
   * @default 3_600_000 (1 hour)
   */
  readonly sessionLifetimeMs?: number | undefined
  /**
   * Whether `expires_in` is a number or a string of digits. The pages disagree; the default is what trips more clients.
   *
   * @default 'string'
   */
  readonly expiresIn?: 'number' | 'string' | undefined
  /**
   * The zone in which dates are printed: PHP's three ways to name one. A date that is sent is read in UTC.
   *
   * @default 'UTC'
   */
  readonly timezone?: AssineOnlineTimezone | undefined
  /**
   * How a wrong password is answered when an application token is made. Undocumented; the default is the login's status.
   *
   * @default 401
   */
  readonly wrongPasswordStatus?: 400 | 401 | 403 | 422 | undefined
  /**
   * How an account that is not PJ is answered when it wants an application token. Undocumented; the default cannot be told
   * from a wrong password, nor from a session that has ended.
   *
   * @default 401
   */
  readonly notPjStatus?: 400 | 401 | 403 | 422 | undefined
  /**
   * Whether an application token may make, list and revoke tokens. Every document shows the token of a session there, so
   * the default is 403.
   *
   * @default 'refused'
   */
  readonly applicationTokensOnTokenCalls?: 'refused' | 'accepted' | undefined
  /**
   * What `GET /v1/user` shows of an account that is not PJ where others have `businessUnit`: no such key, null, or an
   * empty object. Undocumented.
   *
   * @default 'missing'
   */
  readonly absentBusinessUnit?: 'missing' | 'null' | 'empty' | undefined
  /**
   * Where the links of answers point. No client should follow them.
   *
   * @default the simulator's own origin
   */
  readonly linksTo?: URL | undefined
  /**
   * How many more tokens `total_items` counts than the list has: 1 in the vendor's example.
   *
   * @default 0
   */
  readonly unlistedTokens?: number | undefined
  /**
   * The origin that the in-process `fetch` answers for.
   *
   * @default https://assine-online.simulator.test
   */
  readonly url?: URL | undefined
  /**
   * Numbers from 0 to below 1, for tokens. Tokens are unique without it.
   *
   * @default Math.random
   */
  readonly random?: (() => number) | undefined
}
