import { credentialFields } from '../account-shelf.ts'
import { finiteMs, type SimulatorClock } from '../clock.ts'
import type { TokenSelection } from '../issued-token.ts'
import { basicsOf, simulateIssuer } from '../issuing-simulator.ts'
import type { Route } from '../route.ts'
import type { Simulator } from '../simulation.ts'
import { authRoutes, type BitizeTokenOperation } from './auth.ts'
import { refuse } from './error-model.ts'
import { createTokenFamilies, type IssuedToken } from './token-families.ts'
import { type BitizeApiOperation, type Vendor, vendorRoutes } from './vendors.ts'

/** What can be counted, and what a fault can wait for. */
export type BitizeOperation = BitizeTokenOperation | BitizeApiOperation

/** The two keys of an integration, as Bitize shows them when it is registered. */
export interface BitizeCredentials {
  /** A UUID. */
  readonly consumerKey: string
  /** Shown once, when the integration is registered. */
  readonly secretKey: string
}

/** Options of {@link simulateBitize}. */
export interface BitizeSimulatorOptions {
  /**
   * The keys that are accepted. A test that looks for leaks gives its own.
   *
   * @default fixed demonstration keys
   */
  readonly credentials?: BitizeCredentials | undefined
  /**
   * Where time comes from: expirations, `Date` headers, slow bodies.
   *
   * @default the system's clock
   */
  readonly clock?: SimulatorClock | undefined
  /**
   * How long an access token lives. No document says it; the default follows from the vendor's example.
   *
   * @default 86_400_000 (24 hours)
   */
  readonly accessTokenLifetimeMs?: number | undefined
  /**
   * How long a refresh token lives. No document says it; the default follows from the vendor's example.
   *
   * @default 172_800_000 (48 hours)
   */
  readonly refreshTokenLifetimeMs?: number | undefined
  /**
   * What becomes of a refresh token that was used. Each refresh returns a new one; whether the old one goes on working is
   * undocumented, so the default is the stricter of the two.
   *
   * @default 'single-use'
   */
  readonly rotation?: 'single-use' | 'reusable' | undefined
  /**
   * What happens when a spent refresh token comes back: a 401, or a 401 and the end of all tokens of its family. Undocumented.
   *
   * @default 'reject'
   */
  readonly reuse?: 'reject' | 'revoke-family' | undefined
  /**
   * Whether access tokens issued before live on when an integration gets a new one. Undocumented.
   *
   * @default 'kept'
   */
  readonly earlierAccessTokens?: 'kept' | 'ended' | undefined
  /**
   * How `POST /auth` answers keys that do not belong together. Its document lists 200 and 400 only; 401 would be as likely.
   *
   * @default 400
   */
  readonly wrongKeysStatus?: 400 | 401 | undefined
  /**
   * The origin that the in-process `fetch` answers for.
   *
   * @default https://bitize.simulator.test
   */
  readonly url?: URL | undefined
  /**
   * Numbers from 0 to below 1, for tokens and ids. Tokens are unique without it.
   *
   * @default Math.random
   */
  readonly random?: (() => number) | undefined
}

/** Bitize, simulated. */
export interface BitizeSimulator extends Simulator<BitizeOperation> {
  /** The keys that it accepts. Not enumerable, so that printing the simulator does not show them. */
  readonly credentials: BitizeCredentials
  /** Every pair of tokens issued so far, oldest first: whose it is and when it ends, never what it is. */
  readonly tokens: readonly IssuedToken[]
  /** How often a spent refresh token was presented. A correct client leaves it at 0. */
  readonly reuses: number
  /** The vendors created so far: a POST that was applied twice shows here. */
  readonly vendors: readonly Vendor[]
  /** Registers another integration: its keys are accepted from now on. */
  register(credentials: BitizeCredentials): void
  /** Stops accepting the keys of an integration. Its tokens live on: what Bitize does with them is undocumented. */
  deactivate(consumerKey: string): void
  /** Makes the server refuse tokens that it issued: all access tokens, if not told otherwise. Returns how many. */
  revoke(selection?: TokenSelection): number
  /** Ends their life now, without moving the clock. Returns how many. */
  expire(selection?: TokenSelection): number
  /** Every secret that it accepts or issued, for tests that search an output for them. A consumer key is a name, not one. */
  revealSecrets(): readonly string[]
}

const DEMONSTRATION_KEYS: BitizeCredentials = {
  consumerKey: 'b171ce00-0000-4000-8000-000000000001',
  secretKey: 'simulated-secret-key',
}

/** Starts a Bitize of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateBitize = (options: BitizeSimulatorOptions = {}): BitizeSimulator => {
  const basics = basicsOf(options, { credentials: DEMONSTRATION_KEYS, url: 'https://bitize.simulator.test' })
  const { credentials, clock, random } = basics

  const secretKeys = new Map<string, string>()
  const register = ({ consumerKey, secretKey }: BitizeCredentials): void => {
    if (!UUID.test(consumerKey)) throw new TypeError('consumerKey: expected a UUID, as Bitize gives them')
    secretKeys.set(consumerKey, secretKey)
  }
  register(credentials)
  const deactivate = (consumerKey: string): void => {
    secretKeys.delete(consumerKey)
  }

  const tokens = createTokenFamilies({
    clock,
    random,
    accessTokenLifetimeMs: finiteMs('accessTokenLifetimeMs', options.accessTokenLifetimeMs ?? 86_400_000),
    refreshTokenLifetimeMs: finiteMs('refreshTokenLifetimeMs', options.refreshTokenLifetimeMs ?? 172_800_000),
    rotation: options.rotation ?? 'single-use',
    reuse: options.reuse ?? 'reject',
    earlierAccessTokens: options.earlierAccessTokens ?? 'kept',
  })
  const vendors: Vendor[] = []

  const routes: readonly Route<BitizeOperation>[] = [
    ...authRoutes({
      tokens,
      secretKeyOf: (consumerKey) => secretKeys.get(consumerKey),
      wrongKeysStatus: options.wrongKeysStatus ?? 400,
    }),
    ...vendorRoutes(vendors, { tokens, random }),
  ]
  return simulateIssuer(
    {
      routes,
      refuse,
      tokens,
      carried: ({ url }) => [url.searchParams.get('refresh_token')],
      accounts: {
        names: () => [...secretKeys.keys()],
        add: (json) => {
          const { text } = credentialFields(json, ['consumerKey', 'secretKey'])
          const consumerKey = text('consumerKey')
          register({ consumerKey, secretKey: text('secretKey') })
          return consumerKey
        },
        end: deactivate,
      },
      secrets: () => [...secretKeys.values()],
      reset: () => {
        secretKeys.clear()
        register(credentials)
        vendors.length = 0
      },
    },
    basics,
    () => ({
      get reuses() {
        return tokens.reuses()
      },
      vendors,
      register,
      deactivate,
    }),
  )
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
