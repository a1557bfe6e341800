// Written by hand from SOURCES.md, never from the lifecycle, so that a mistake in one shows against the other. What no
// document says is an option, whose default is the harsher reading.

import type { Answer } from '../answer.ts'
import { finiteMs, type SimulatorClock } from '../clock.ts'
import { document } from '../generated/correios.ts'
import { bearerToken, type Call } from '../incoming-request.ts'
import type { TokenState } from '../issued-token.ts'
import { basicsOf, simulateIssuer } from '../issuing-simulator.ts'
import { type JsonObject, textIn } from '../json.ts'
import { base64url } from '../random-text.ts'
import { documentedRoute, type Route } from '../route.ts'
import type { Simulator } from '../simulation.ts'

/** What can be counted, and what a fault can wait for. `readAddress` is `GET /cep/v1/enderecos/{cep}`, an address by its CEP. */
export type CorreiosOperation = 'issueUserToken' | 'issuePostingCardToken' | 'issueContractToken' | 'readAddress'

/** A user of Meu Correios, with a posting card of its contract. */
export interface CorreiosCredentials {
  /** The user. */
  readonly username: string
  /** The access code of the APIs. */
  readonly accessCode: string
  /** The number of the posting card. */
  readonly postingCard: string
  /** The number of the contract that the card belongs to. */
  readonly contract: string
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

/** What a token was issued for. */
export type CorreiosTokenKind = 'user' | 'posting card' | 'contract'

/** A token as the simulator lists it: its state, never its string. */
export interface CorreiosToken {
  /** What it is for. */
  readonly kind: CorreiosTokenKind
  /** Epoch milliseconds on the simulator's clock. */
  readonly expiresAt: number
  /** Its state now. */
  readonly state: Exclude<TokenState, 'spent'>
}

/** Correios, simulated. */
export interface CorreiosSimulator extends Simulator<CorreiosOperation> {
  /** The credentials that it accepts. Not enumerable, so that printing the simulator does not show them. */
  readonly credentials: CorreiosCredentials
  /** Every token issued so far, oldest first. */
  readonly tokens: readonly CorreiosToken[]
  /** Makes the server refuse every token that it issued. Returns how many were alive. */
  revoke(): number
  /** Ends their life now, without moving the clock. Returns how many. */
  expire(): number
  /** Every secret that it accepts or issued, for tests that search an output for them. Numbers of cards and contracts are names. */
  revealSecrets(): readonly string[]
}

const DEMONSTRATION: CorreiosCredentials = {
  username: 'simulated-user',
  accessCode: 'simulated-access-code',
  postingCard: '0000000001',
  contract: '9900000001',
}

interface Issued {
  readonly value: string
  readonly kind: CorreiosTokenKind
  readonly generation: number
  expiresAt: number
  revoked: boolean
}

/** Starts a Correios of your own, in this process: no socket, no global state, nothing to stop. */
export const simulateCorreios = (options: CorreiosSimulatorOptions = {}): CorreiosSimulator => {
  const basics = basicsOf(options, { credentials: DEMONSTRATION, url: 'https://correios.simulator.test' })
  const { credentials, clock, random } = basics
  const { utcOffsetHours = 0, earlierAccessTokens = 'kept', wrongCredentialsStatus = 401 } = options
  const lifetimeMs = finiteMs('accessTokenLifetimeMs', options.accessTokenLifetimeMs ?? 86_400_000)
  const pair = new TextEncoder().encode(`${credentials.username}:${credentials.accessCode}`)
  const expected = `Basic ${btoa(String.fromCharCode(...pair))}`
  const issued: Issued[] = []

  const stateOf = ({ revoked, expiresAt }: Issued): CorreiosToken['state'] =>
    revoked ? 'revoked' : clock.now() < expiresAt ? 'live' : 'expired'
  const find = (value: string | undefined): Issued | undefined => issued.find((token) => token.value === value)
  const end = (how: (token: Issued) => void): number => {
    const live = issued.filter((token) => stateOf(token) === 'live')
    for (const token of live) how(token)
    return live.length
  }
  const revoke = (): number =>
    end((token) => {
      token.revoked = true
    })

  const issue = (kind: CorreiosTokenKind): Answer => {
    if (earlierAccessTokens === 'ended') revoke()
    const generation = issued.length + 1
    const value = `access-${generation}-${base64url(random, 32)}`
    const token = { value, kind, generation, expiresAt: clock.now() + lifetimeMs, revoked: false }
    issued.push(token)
    const wallClock = (at: number): string => new Date(at + utcOffsetHours * 3_600_000).toISOString().slice(0, 19)
    const body: JsonObject = {
      ambiente: 'HOMOLOGACAO',
      id: credentials.username,
      perfil: 'PJ',
      emissao: wallClock(clock.now()),
      expiraEm: wallClock(token.expiresAt),
      token: value,
    }
    const { postingCard: numero, contract: contrato } = credentials
    if (kind === 'posting card') return { status: 201, body: { ...body, cartaoPostagem: { numero, contrato } } }
    return { status: 201, body: kind === 'contract' ? { ...body, contrato: { numero: contrato } } : body }
  }

  const route = (operation: CorreiosOperation, kind: CorreiosTokenKind, fits: (call: Call) => boolean) =>
    documentedRoute(document, operation, (call) =>
      call.headers.get('authorization') === expected && fits(call)
        ? issue(kind)
        : refuse(wrongCredentialsStatus, 'wrong credentials'),
    )
  const routes: readonly Route<CorreiosOperation>[] = [
    route('issueUserToken', 'user', () => true),
    route('issuePostingCardToken', 'posting card', ({ body }) => {
      const contract = textIn(body, 'contrato') ?? credentials.contract
      return textIn(body, 'numero') === credentials.postingCard && contract === credentials.contract
    }),
    route('issueContractToken', 'contract', ({ body }) => textIn(body, 'numero') === credentials.contract),
    {
      operation: 'readAddress',
      method: 'GET',
      path: '/cep/v1/enderecos/{cep}',
      answer: ({ headers, params }) => {
        const token = find(bearerToken(headers))
        return token !== undefined && stateOf(token) === 'live'
          ? {
              status: 200,
              body: { cep: params['cep'] ?? '', uf: 'SP', localidade: 'São Paulo', logradouro: 'Praça da Sé' },
            }
          : refuse(401, 'header.authorization: expected a valid token')
      },
    },
  ]
  const tokens = {
    find: (value: string) => {
      const token = find(value)
      return token && { family: 1, generation: token.generation }
    },
    list: () => issued.map((token) => ({ kind: token.kind, expiresAt: token.expiresAt, state: stateOf(token) })),
    revoke,
    expire: () =>
      end((token) => {
        token.expiresAt = clock.now()
      }),
    secrets: () => issued.map(({ value }) => value),
  }
  return simulateIssuer({ routes, refuse, tokens, secrets: () => [credentials.accessCode] }, basics, () => ({}))
}

// undocumented what an error looks like: `detail` is ours, and holds no value of a request.
const refuse = (status: number, detail: string): Answer => ({ status, body: { detail } })
