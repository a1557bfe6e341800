import { systemClock } from '../clock.ts'
import { FORM, parseForm } from '../form.ts'
import { bearerToken, type IncomingRequest } from '../incoming-request.ts'
import type { TokenRef } from '../issued-token.ts'
import { parseJson, textIn } from '../json.ts'
import { mediaType } from '../media-type.ts'
import type { Route } from '../route.ts'
import { type Simulator, simulate } from '../simulation.ts'
import type { OAuthClient } from './clients.ts'
import type { OAuthToken, OAuthTokenSelection } from './issued-oauth-token.ts'
import { createOAuthServer, type OAuthOperation, type OAuthServer } from './oauth-server.ts'
import type { OAuthDecision, OAuthSimulatorOptions } from './options.ts'

/** What a simulated provider offers whose tokens follow the standards. */
export interface OAuthSimulator<Operation extends string = OAuthOperation | 'readResource'>
  extends Simulator<Operation> {
  /** The first client. Not enumerable, so that printing the simulator does not show its secret. */
  readonly credentials: OAuthClient
  /** All tokens issued so far, oldest first: whose, and until when, never what they are. */
  readonly tokens: readonly OAuthToken[]
  /** How often a spent refresh token was presented. A correct client leaves it at 0. */
  readonly reuses: number
  /**
   * A person at the provider's page answers: the address that the browser would be sent to. It is a request like any
   * other, so faults meet it as `decideConsent`. Of the given address only path and query count.
   *
   * @throws {TypeError} where the page keeps the browser: the client or the redirect URI isn't registered.
   */
  consent(url: string | URL, decision: OAuthDecision): Promise<string>
  /** Registers another client, or one in another way: it is accepted from now on. */
  register(client: OAuthClient): void
  /** Stops accepting a client. Its access tokens live on. */
  deactivate(clientId: string): void
  /** Makes the server refuse tokens that it issued: all access tokens, if not told otherwise. Returns how many. */
  revoke(selection?: OAuthTokenSelection): number
  /** Ends their life now, without moving the clock. Returns how many. */
  expire(selection?: OAuthTokenSelection): number
  /** Every secret that it accepts or issued, for tests that search an output for them. A client's id is a name, not one. */
  revealSecrets(): readonly string[]
}

const DEMONSTRATION_CLIENT: OAuthClient = {
  clientId: 'simulated:client',
  clientSecret: 'simulated secret+/=&%',
  redirectUris: ['http://127.0.0.1/callback'],
}

/**
 * Starts an authorization server of your own, in this process: no socket, no global state, nothing to stop. Its API has
 * one operation, `GET /resource`, which answers with whose token it got.
 */
export const simulateOAuth = (options: OAuthSimulatorOptions = {}): OAuthSimulator => {
  const server = createOAuthServer(options)
  const resource: Route<'readResource'> = {
    operation: 'readResource',
    method: 'GET',
    path: '/resource',
    answer: server.guarded((_, { owner: { clientId, account, scopes } }) => ({
      status: 200,
      body: { client: clientId, account: account ?? null, scopes },
    })),
  }
  return simulateServer(server, [resource], options)
}

/** The simulator of a server whose API has these operations. */
export const simulateServer = <Operation extends string>(
  server: OAuthServer,
  api: readonly Route<Operation>[],
  { credentials = DEMONSTRATION_CLIENT, clock = systemClock }: OAuthSimulatorOptions,
): OAuthSimulator<OAuthOperation | Operation> => {
  const { clients, codes, tokens } = server
  clients.register(credentials)
  const simulator = simulate<OAuthOperation | Operation>(
    {
      routes: [...server.routes, ...api],
      refuse: server.refuse,
      carriedToken: (request) => carriedToken(server, request),
      // RFC 6749 §5.1, and for every page and error too.
      headers: () => ({ 'cache-control': 'no-store' }),
    },
    { clock, url: server.url },
  )

  const oauth: OAuthSimulator<OAuthOperation | Operation> = {
    ...simulator,
    credentials,
    get tokens() {
      return tokens.list()
    },
    get reuses() {
      return tokens.reuses()
    },
    consent: async (address, { allow, account, scopes, error }) => {
      const body = new URLSearchParams({ decision: allow ? 'allow' : 'deny' })
      if (account !== undefined) body.set('account', account)
      if (scopes !== undefined) body.set('scope', server.scopes.written(scopes))
      if (error !== undefined) body.set('error', error)
      const { pathname, search } = new URL(address)
      const page = new URL(`${pathname}${search}`, server.url)
      const response = await simulator.fetch(page, { method: 'POST', body, redirect: 'manual' })
      const location = response.headers.get('location')
      if (location !== null) return location
      const [, reason = response.status] = /<p>(.+)<\/p>/.exec(await response.text()) ?? []
      throw new TypeError(`The page keeps the browser (${reason})`)
    },
    register: (client) => clients.register(client),
    deactivate: (clientId) => clients.deactivate(clientId),
    revoke: (selection = {}) => tokens.revoke(selection),
    expire: (selection = {}) => tokens.expire(selection),
    revealSecrets: () => [...clients.secrets(), ...codes.secrets(), ...tokens.secrets()],
  }
  return Object.defineProperty(oauth, 'credentials', { enumerable: false })
}

const carriedToken = ({ tokens }: OAuthServer, { headers, text }: IncomingRequest): TokenRef | undefined => {
  const body = mediaType(headers) === FORM ? parseForm(text) : parseJson(text)
  const values = [bearerToken(headers), textIn(body, 'refresh_token'), textIn(body, 'token')]
  const token = values.map((value) => tokens.find(value ?? '')).find((found) => found !== undefined)
  return token === undefined ? undefined : { family: token.family, generation: token.generation }
}
