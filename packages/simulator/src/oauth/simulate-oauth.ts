import { FORM, parseForm } from '../form.ts'
import type { IncomingRequest } from '../incoming-request.ts'
import { basicsOf, simulateIssuer } from '../issuing-simulator.ts'
import { parseJson, textIn } from '../json.ts'
import { mediaType } from '../media-type.ts'
import type { Simulator } from '../simulation.ts'
import { answerPage } from './answer-page.ts'
import type { OAuthApiOperation } from './api-operation.ts'
import type { OAuthClient } from './clients.ts'
import type { OAuthToken, OAuthTokenSelection } from './issued-oauth-token.ts'
import { createOAuthServer, type OAuthOperation } from './oauth-server.ts'
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
  /**
   * `listen()` tells the simulator the address at which it serves it. From then on, the server uses that address in
   * callbacks and as an audience, unless `issuer` and `audiences` are set.
   */
  servedAt(url: URL): void
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

const RESOURCE: OAuthApiOperation = {
  method: 'GET',
  path: '/resource',
  answer: ({ client, account, scopes }) => ({ status: 200, body: { client, account: account ?? null, scopes } }),
}

/**
 * Starts an authorization server of your own, in this process: no socket, no global state, nothing to stop. The options are
 * the facts about a provider, and `api` has the operations that its tokens are for, by name. Without one there is
 * `readResource`, `GET /resource`, which answers with whose token it got.
 */
export function simulateOAuth(options?: OAuthSimulatorOptions): OAuthSimulator
export function simulateOAuth<Operation extends string>(
  options: OAuthSimulatorOptions,
  api: Readonly<Record<Operation, OAuthApiOperation>>,
): OAuthSimulator<OAuthOperation | Operation>
export function simulateOAuth(
  options: OAuthSimulatorOptions = {},
  api: Readonly<Record<string, OAuthApiOperation>> = { readResource: RESOURCE },
): OAuthSimulator<string> {
  const basics = basicsOf(options, { credentials: DEMONSTRATION_CLIENT, url: 'https://oauth.simulator.test' })
  const server = createOAuthServer(options, basics)
  const { clients, codes, tokens } = server
  clients.register(basics.credentials)
  const operations = Object.entries(api).map(([operation, { method, path, answer }]) => ({
    operation,
    method,
    path,
    origin: server.apiOrigin,
    answer: server.guarded((call, { owner: { clientId, account, scopes } }) =>
      answer({ ...call, client: clientId, account, scopes }),
    ),
  }))
  return simulateIssuer<string, OAuthClient, OAuthToken, OAuthTokenSelection, Own>(
    {
      routes: [...server.routes, ...operations],
      refuse: server.refuse,
      tokens,
      carried,
      // RFC 6749 §5.1, and for every page and error too.
      headers: () => ({ 'cache-control': 'no-store' }),
      accounts: clients,
      secrets: () => [...clients.secrets(), ...codes.secrets()],
      reset: () => {
        server.clear()
        clients.register(basics.credentials)
      },
    },
    basics,
    (simulator) => ({
      get reuses() {
        return tokens.reuses()
      },
      consent: (address, decision) =>
        answerPage(simulator, { write: server.scopes.written, origin: server.pageOrigin }, address, decision),
      servedAt: server.servedAt,
      register: (client) => clients.register(client),
      deactivate: (clientId) => clients.deactivate(clientId),
    }),
  )
}

type Own = Pick<OAuthSimulator, 'reuses' | 'consent' | 'servedAt' | 'register' | 'deactivate'>

const carried = ({ headers, text }: IncomingRequest): readonly (string | undefined)[] => {
  const body = mediaType(headers) === FORM ? parseForm(text) : parseJson(text)
  return [textIn(body, 'refresh_token'), textIn(body, 'token')]
}
