// Written by hand from SOURCES.md, never from the lifecycle, so that a mistake in one shows against the other. What no
// document says is an option, whose default is the stricter reading.

import { createAccessTokens, type LoneToken } from '../access-tokens.ts'
import type { Answer } from '../answer.ts'
import { finiteMs, type SimulatorClock } from '../clock.ts'
import { document } from '../generated/correios.ts'
import { bearerToken, type Call } from '../incoming-request.ts'
import type { TokenSelection } from '../issued-token.ts'
import { basicsOf, simulateIssuer } from '../issuing-simulator.ts'
import { type JsonObject, textIn } from '../json.ts'
import { base64url } from '../random-text.ts'
import { documentedRoute, type Route } from '../route.ts'
import type { Simulator } from '../simulation.ts'
import { type CorreiosCredentials, createUsers } from './users.ts'

/** What can be counted, and what a fault can wait for. `readAddress` is `GET /cep/v1/enderecos/{cep}`, an address by its CEP. */
export type CorreiosOperation = 'issueUserToken' | 'issuePostingCardToken' | 'issueContractToken' | 'readAddress'

/** What a token was issued for. */
export type CorreiosTokenKind = 'user' | 'posting card' | 'contract'

/** A token as the simulator lists it: whose it is and when it ends, never what it is. */
export interface CorreiosToken extends LoneToken {
  /** What it is for. */
  readonly kind: CorreiosTokenKind
  /** Whose token it is. */
  readonly username: string
}

/** Options of {@link simulateCorreios}. */
export interface CorreiosSimulatorOptions {
  /**
   * The credentials that are accepted. A test that searches for leaks brings its own.
   *
   * @default fixed demonstration credentials
   */
  readonly credentials?: CorreiosCredentials | undefined
  /**
   * Where time comes from.
   *
   * @default the system's clock
   */
  readonly clock?: SimulatorClock | undefined
  /**
   * How long a token lives.
   *
   * @default 86_400_000 (24 hours)
   */
  readonly accessTokenLifetimeMs?: number | undefined
  /**
   * How many hours the clock on the wall by which `expiraEm` is written is ahead of UTC. Undocumented.
   *
   * @default 0, by which it says the earliest end
   */
  readonly utcOffsetHours?: number | undefined
  /**
   * Whether tokens issued before live on when another is issued. Undocumented.
   *
   * @default 'kept'
   */
  readonly earlierAccessTokens?: 'kept' | 'ended' | undefined
  /**
   * How a wrong user, access code, card or contract is answered. Documented is 401 where the password is missing.
   *
   * @default 401
   */
  readonly wrongCredentialsStatus?: 400 | 401 | 403 | undefined
  /**
   * The origin that the in-process `fetch` answers for.
   *
   * @default https://correios.simulator.test
   */
  readonly url?: URL | undefined
  /**
   * Numbers from 0 to below 1, for tokens. Tokens are unique without it.
   *
   * @default Math.random
   */
  readonly random?: (() => number) | undefined
}

/** Correios, simulated. */
export interface CorreiosSimulator extends Simulator<CorreiosOperation> {
  /** The credentials that it accepts. Not enumerable, so that printing the simulator does not show them. */
  readonly credentials: CorreiosCredentials
  /** Every token issued so far, oldest first. */
  readonly tokens: readonly CorreiosToken[]
  /** Accepts another user, or another card and contract of one. */
  register(credentials: CorreiosCredentials): void
  /** Stops accepting a user. Its tokens live on: what Correios does with them is undocumented. */
  deactivate(username: string): void
  /** Makes the server refuse tokens that it issued: all, if not told otherwise. Returns how many were alive. */
  revoke(selection?: Omit<TokenSelection, 'which'>): number
  /** Ends their life now, without moving the clock. Returns how many. */
  expire(selection?: Omit<TokenSelection, 'which'>): number
  /** Every secret that it accepts or issued, for tests that search an output for them. Numbers of cards and contracts are names. */
  revealSecrets(): readonly string[]
}

const DEMONSTRATION: CorreiosCredentials = {
  username: 'simulated-user',
  accessCode: 'simulated-access-code',
  postingCard: '0000000001',
  contract: '9900000001',
}

/** Starts a Correios of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateCorreios = (options: CorreiosSimulatorOptions = {}): CorreiosSimulator => {
  const basics = basicsOf(options, { credentials: DEMONSTRATION, url: 'https://correios.simulator.test' })
  const { credentials, clock, random } = basics
  const { utcOffsetHours = 0, earlierAccessTokens, wrongCredentialsStatus = 401 } = options
  const lifetimeMs = finiteMs('accessTokenLifetimeMs', options.accessTokenLifetimeMs ?? 86_400_000)
  const tokens = createAccessTokens<Pick<CorreiosToken, 'kind' | 'username'>>({
    clock,
    writeValue: (number) => `access-${number}-${base64url(random, 32)}`,
    earlierAccessTokens,
  })
  const users = createUsers()
  users.register(credentials)

  const issue = (
    kind: CorreiosTokenKind,
    { username, postingCard: numero, contract: contrato }: CorreiosCredentials,
  ) => {
    const expiresAt = clock.now() + lifetimeMs
    const wallClock = (at: number): string => new Date(at + utcOffsetHours * 3_600_000).toISOString().slice(0, 19)
    const body: JsonObject = {
      ambiente: 'HOMOLOGACAO',
      id: username,
      perfil: 'PJ',
      cnpj: '00000000000101',
      api: [93, 36, 54, 87],
      emissao: wallClock(clock.now()),
      expiraEm: wallClock(expiresAt),
      token: tokens.issue(username, { kind, username }, expiresAt),
    }
    if (kind === 'posting card')
      return { status: 201, body: { ...body, cartaoPostagem: { numero, contrato, dr: 10, api: [93, 36, 83] } } }
    return { status: 201, body: kind === 'contract' ? { ...body, contrato: { numero: contrato } } : body }
  }

  const route = (
    operation: CorreiosOperation,
    kind: CorreiosTokenKind,
    fits: (call: Call, user: CorreiosCredentials) => boolean,
  ) =>
    documentedRoute(document, operation, (call) => {
      const user = users.find(call.headers.get('authorization'))
      return user !== undefined && fits(call, user)
        ? issue(kind, user)
        : refuse(wrongCredentialsStatus, 'wrong credentials')
    })
  const routes: readonly Route<CorreiosOperation>[] = [
    route('issueUserToken', 'user', () => true),
    route('issuePostingCardToken', 'posting card', ({ body }, { postingCard, contract }) => {
      return textIn(body, 'numero') === postingCard && (textIn(body, 'contrato') ?? contract) === contract
    }),
    route('issueContractToken', 'contract', ({ body }, { contract }) => textIn(body, 'numero') === contract),
    {
      operation: 'readAddress',
      method: 'GET',
      path: '/cep/v1/enderecos/{cep}',
      answer: ({ headers, params }) =>
        tokens.isLive(bearerToken(headers))
          ? {
              status: 200,
              body: { cep: params['cep'] ?? '', uf: 'SP', localidade: 'São Paulo', logradouro: 'Praça da Sé' },
            }
          : refuse(401, 'header.authorization: expected a valid token'),
    },
  ]
  const reset = (): void => {
    users.clear()
    users.register(credentials)
  }
  const behaviour = { routes, refuse, tokens, accounts: users, secrets: () => users.secrets(), reset }
  return simulateIssuer(behaviour, basics, () => ({
    register: (user: CorreiosCredentials) => users.register(user),
    deactivate: (username: string) => users.end(username),
  }))
}

// undocumented what an error looks like: `detail` is ours, and holds no value of a request.
const refuse = (status: number, detail: string): Answer => ({ status, detail, body: { detail } })
