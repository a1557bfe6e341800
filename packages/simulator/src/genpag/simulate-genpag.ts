import { createAccessTokens } from '../access-tokens.ts'
import { finiteMs, type SimulatorClock } from '../clock.ts'
import { basicsOf, simulateIssuer } from '../issuing-simulator.ts'
import type { Json } from '../json.ts'
import type { Route } from '../route.ts'
import type { Simulator } from '../simulation.ts'
import { refuseWith } from './error-model.ts'
import type { GenpagOrder } from './order.ts'
import { type GenpagApiOperation, orderRoutes } from './order-routes.ts'
import type { GenpagPayment } from './payment.ts'
import { createSellers, type GenpagCredentials, tokenValue } from './sellers.ts'
import type { GenpagToken, GenpagTokenSelection } from './token.ts'
import { type GenpagTokenOperation, tokenRoute } from './token-route.ts'
import { crossOriginHeaders, type GenpagDeviceOperation, tokenizeRoutes } from './tokenize-routes.ts'

/** What can be counted, and what a fault can wait for. */
export type GenpagOperation = GenpagTokenOperation | GenpagDeviceOperation | GenpagApiOperation

/** Options of {@link simulateGenpag}. */
export interface GenpagSimulatorOptions {
  /**
   * The keys of the first seller. A test that looks for leaks gives its own.
   *
   * @default fixed demonstration keys
   */
  readonly credentials?: GenpagCredentials | undefined
  /**
   * Where time comes from: ends of tokens, `Date` headers, slow bodies.
   *
   * @default the system's clock
   */
  readonly clock?: SimulatorClock | undefined
  /**
   * How long an access token lives: one week, says the guide, from when it does not say.
   *
   * @default 604_800_000 (7 days)
   */
  readonly accessTokenLifetimeMs?: number | undefined
  /**
   * Whether access tokens issued before live on when a seller gets a new one. Undocumented.
   *
   * @default 'kept'
   */
  readonly earlierAccessTokens?: 'kept' | 'ended' | undefined
  /**
   * What becomes of a refresh token when the dashboard generates a new one. Undocumented, so the default is the stricter of
   * the two; it is also what a seller whose key leaked would hope for.
   *
   * @default 'ended'
   */
  readonly earlierRefreshTokens?: 'kept' | 'ended' | undefined
  /**
   * The status of a success. Undocumented for every operation: a client takes any 2xx.
   *
   * @default 200
   */
  readonly successStatus?: 200 | 201 | undefined
  /**
   * How the token endpoint answers a refresh token that is not the seller's. Undocumented; the default is the status that
   * the guide names for an access token which is no longer good.
   *
   * @default 401
   */
  readonly wrongRefreshTokenStatus?: 400 | 401 | 403 | 404 | 422 | undefined
  /**
   * The JSON body of an error. Undocumented, so that a client may rely on none. While you look for a mistake of your own,
   * pass `(status, detail) => ({ status, detail })`: `detail` says what was wrong, and holds no value of the request.
   *
   * @default an empty JSON object; `undefined` is an empty body
   */
  readonly errorBody?: ((status: number, detail: string) => Json | undefined) | undefined
  /**
   * The origin that the in-process `fetch` answers for.
   *
   * @default https://genpag.simulator.test
   */
  readonly url?: URL | undefined
  /**
   * Numbers from 0 to below 1, for tokens and ids. Tokens are unique without it.
   *
   * @default Math.random
   */
  readonly random?: (() => number) | undefined
}

/** Genpag, simulated. */
export interface GenpagSimulator extends Simulator<GenpagOperation> {
  /** The keys of the first seller, as registered. Not enumerable, so that printing the simulator does not show them. */
  readonly credentials: GenpagCredentials
  /** Every access token issued so far, oldest first: whose it is and when it ends, never what it is. */
  readonly tokens: readonly GenpagToken[]
  /** The orders created so far: a POST that was applied twice shows here. */
  readonly orders: readonly GenpagOrder[]
  /** The payments created so far. */
  readonly payments: readonly GenpagPayment[]
  /** Registers another seller, or gives one other keys: they are accepted from now on. */
  register(credentials: GenpagCredentials): void
  /** Stops accepting the keys of a seller. Its access tokens live on: what Genpag does with them is undocumented. */
  deactivate(sellerId: string): void
  /** Generates a new refresh token as a person does in the dashboard, and returns it: it is shown this once. */
  regenerate(sellerId: string): string
  /** Makes the server refuse access tokens that it issued: all, if not told otherwise. Returns how many. */
  revoke(selection?: GenpagTokenSelection): number
  /** Ends their life now, without moving the clock. Returns how many. */
  expire(selection?: GenpagTokenSelection): number
  /** Every secret that it accepts or issued, for tests that search an output for them. A seller's id is a name, not one. */
  revealSecrets(): readonly string[]
}

const DEMONSTRATION_KEYS: GenpagCredentials = {
  sellerId: '9e4a6000-0000-4000-8000-000000000001',
  refreshToken: 'SFMyNTY.simulated-refresh-token',
  clientToken: 'simulated/client+token==',
}

/** Starts a Genpag of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateGenpag = (options: GenpagSimulatorOptions = {}): GenpagSimulator => {
  const basics = basicsOf(options, { credentials: DEMONSTRATION_KEYS, url: 'https://genpag.simulator.test' })
  const { credentials, clock, random } = basics
  const { successStatus = 200, wrongRefreshTokenStatus = 401 } = options
  const refuse = refuseWith(options.errorBody ?? (() => ({})))
  const sellers = createSellers({ random, earlierRefreshTokens: options.earlierRefreshTokens ?? 'ended' })
  sellers.register(credentials)
  const lifetimeMs = finiteMs('accessTokenLifetimeMs', options.accessTokenLifetimeMs ?? 604_800_000)
  const tokens = createAccessTokens<Pick<GenpagToken, 'sellerId'>>({
    clock,
    writeValue: (number) => tokenValue('access', number, random),
    earlierAccessTokens: options.earlierAccessTokens,
  })
  const issue = (sellerId: string): string => tokens.issue(sellerId, { sellerId }, clock.now() + lifetimeMs)
  const orders: GenpagOrder[] = []
  const payments: GenpagPayment[] = []

  const routes: readonly Route<GenpagOperation>[] = [
    tokenRoute({ sellers, issue, refuse, successStatus, wrongRefreshTokenStatus }),
    ...tokenizeRoutes({ sellers, refuse, successStatus, random }),
    ...orderRoutes({ tokens, refuse, successStatus, random, now: () => clock.now(), orders, payments }),
  ]
  return simulateIssuer(
    {
      routes,
      refuse,
      headers: crossOriginHeaders,
      tokens,
      accounts: sellers,
      secrets: () => sellers.secrets(),
      reset: () => {
        sellers.clear()
        sellers.register(credentials)
        orders.length = 0
        payments.length = 0
      },
    },
    basics,
    () => ({
      orders,
      payments,
      register: (keys: GenpagCredentials) => sellers.register(keys),
      deactivate: (sellerId: string) => sellers.deactivate(sellerId),
      regenerate: (sellerId: string) => sellers.regenerate(sellerId),
    }),
  )
}
