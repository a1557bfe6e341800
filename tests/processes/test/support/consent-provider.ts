import {
  type OAuthSimulator,
  type OAuthSimulatorOptions,
  simulateBling,
  simulateMercadoLivre,
  simulateTiny,
} from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import type { FleetClock } from './fleet-clock.ts'
import type { FleetProvider } from './fleet-provider.ts'
import { mostSent } from './most-sent.ts'

const HOUR_MS = 3_600_000

/** How long an access token of each lives, as its documents say. */
export const LIFE_MS = { bling: 6 * HOUR_MS, 'mercado-livre': 3 * HOUR_MS, tiny: 4 * HOUR_MS } as const

/** A provider at which a person agrees once, over real HTTP. */
export interface ConsentProvider extends FleetProvider {
  readonly simulator: OAuthSimulator<string>
  /** Where a person comes back to. */
  readonly redirectUri: string
  /** Token calls received so far, those of other programs included. */
  calls(): number
  /** How often the refresh token that was sent most often was sent. */
  mostSent(): number
}

const SIMULATORS = {
  bling: { simulate: simulateBling, apiPath: '/contatos' },
  'mercado-livre': { simulate: simulateMercadoLivre, apiPath: '/users/me' },
  tiny: { simulate: simulateTiny, apiPath: '/info' },
} as const

const TOKEN_CALL = 'issueToken'

/** Starts one with the facts of its documents, and these where they leave something open. */
export const startConsentProvider =
  (id: keyof typeof SIMULATORS, options: OAuthSimulatorOptions = {}) =>
  async (clock: FleetClock): Promise<ConsentProvider> => {
    const { simulate, apiPath } = SIMULATORS[id]
    const tokenPath = id === 'tiny' ? '/realms/tiny/protocol/openid-connect/token' : '/oauth/token'
    const simulator = simulate({ clock: { now: () => clock.now() }, ...options })
    const server = await listen(simulator)
    const { clientId, clientSecret = '', redirectUris: [redirectUri = ''] = [] } = simulator.credentials
    return {
      simulator,
      redirectUri,
      settings: { id, server: server.url.href, inputs: { clientId, clientSecret }, tokenPath, apiPath },
      issuedAt: () => simulator.tokens.at(-1)?.issuedAt ?? clock.now(),
      calls: () => simulator.count(TOKEN_CALL),
      mostSent: () => mostSent(simulator, TOKEN_CALL),
      [Symbol.asyncDispose]: () => server.close(),
    }
  }
