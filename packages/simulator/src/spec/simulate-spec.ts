// Plays a spec: tokens are issued, renewed, listed and revoked as its lifecycles say, strictly. The tokens, the codes and the
// page that asks a person are those of the common authorization server.

import type { SimulatorClock } from '../clock.ts'
import { finiteMs } from '../clock.ts'
import { FORM, parseForm } from '../form.ts'
import type { IncomingRequest } from '../incoming-request.ts'
import { basicsOf, simulateIssuer } from '../issuing-simulator.ts'
import { isJsonObject, type Json, parseJson, writtenText } from '../json.ts'
import { mediaType } from '../media-type.ts'
import { answerPage } from '../oauth/answer-page.ts'
import { createCodes } from '../oauth/codes.ts'
import type { OAuthToken, OAuthTokenSelection } from '../oauth/issued-oauth-token.ts'
import type { OAuthDecision } from '../oauth/options.ts'
import type { Route } from '../route.ts'
import type { Simulator } from '../simulation.ts'
import { createAccounts, madeUpCredentials, type SpecCredentials } from './accounts.ts'
import { answerApi } from './answer-api.ts'
import { answerOperation } from './answer-call.ts'
import { carriedIn } from './bindings.ts'
import { consentRoutes } from './consent-pages.ts'
import type { Play } from './play.ts'
import { type PlayableSpec, readSpec, type SpecFacts } from './read-spec.ts'
import { CODE_PAGE, createShownCodes } from './shown-codes.ts'
import type { SpecScheme } from './spec-scheme.ts'
import { createSpecTokens } from './spec-tokens.ts'

/** Options of `simulateSpec()`. */
export interface SpecSimulatorOptions {
  /**
   * The first account: the inputs of the spec, by name.
   *
   * @default made up from what the document says about them
   */
  readonly credentials?: SpecCredentials | undefined
  /**
   * Where time comes from.
   *
   * @default the system's clock
   */
  readonly clock?: SimulatorClock | undefined
  /**
   * The origin that the in-process `fetch` answers for. All hosts of the spec are at this one.
   *
   * @default https://<id>.simulator.test
   */
  readonly url?: URL | undefined
  /**
   * How long an access token lives.
   *
   * @default as documented; 3_600_000 (an hour) where only the answer says it
   */
  readonly accessTokenLifetimeMs?: number | undefined
  /**
   * Numbers from 0 to below 1, for codes and tokens. Both are unique without it.
   *
   * @default Math.random
   */
  readonly random?: (() => number) | undefined
}

/** A spec, played. */
export interface SpecSimulator extends Simulator {
  /** The first account. Not enumerable, so that printing the simulator does not show its secrets. */
  readonly credentials: SpecCredentials
  /** All tokens issued so far, oldest first: whose, and until when, never what they are. */
  readonly tokens: readonly OAuthToken[]
  /** How often a spent refresh token was presented. A correct client leaves it at 0. */
  readonly reuses: number
  /** The paths of the pages on which a person agrees. */
  readonly pages: readonly string[]
  /** Does a lifecycle begin with a refresh token that a person was handed? */
  readonly handsOut: boolean
  /** Accepts one more account, made up as the first one was. The number is 2 for the second one, and counts from there. */
  register(number: number): Promise<SpecCredentials>
  /**
   * A person at the provider's page answers: the address that the browser would be sent to.
   *
   * @throws {TypeError} where the page keeps the browser.
   */
  consent(url: string | URL, decision: OAuthDecision): Promise<string>
  /**
   * A person types the code that the application has shown, and gets the one to type back.
   *
   * @throws {TypeError} where the page doesn't know the code.
   */
  typeCode(userCode: string): Promise<string>
  /**
   * A refresh token of the first account, for a lifecycle that has no other beginning.
   *
   * @throws {TypeError} if there is no such lifecycle.
   */
  handOut(): string
  /** `listen()` says at which address it serves the simulator. */
  servedAt(url: URL): void
  revoke(selection?: OAuthTokenSelection): number
  expire(selection?: OAuthTokenSelection): number
}

/**
 * Plays a spec in this process: no socket, no global state, nothing to stop. Requests of the API that the document doesn't
 * have are answered with whose token they carry.
 *
 * @throws {TypeError} if the spec issues no token, or the credentials lack an input.
 */
export const simulateSpec = async (spec: PlayableSpec, options: SpecSimulatorOptions = {}): Promise<SpecSimulator> => {
  const facts = readSpec(spec)
  if (facts.issued.length === 0) throw new TypeError(`${spec.id}: no operation of this spec issues a token`)
  const { credentials = await madeUpCredentials(facts, 1), accessTokenLifetimeMs } = options
  if (accessTokenLifetimeMs !== undefined) finiteMs('accessTokenLifetimeMs', accessTokenLifetimeMs)
  const basics = basicsOf({ ...options, credentials }, { credentials, url: `https://${spec.id}.simulator.test` })
  const { clock, random } = basics
  let address = basics.url
  const tokens = createSpecTokens(facts, { clock, random, accessTokenLifetimeMs })
  const play: Play = {
    facts,
    accounts: createAccounts(facts),
    tokens,
    codes: createCodes({ clock, random, lifetimeMs: 60_000, onReuse: (family) => revokeFamily(play, family) }),
    shownCodes: createShownCodes(clock, random),
    clock,
    random,
    kept: new Map(),
    handles: [],
    spent: new Set(),
    address: () => address,
  }
  play.accounts.register(credentials)
  return simulateIssuer<string, SpecCredentials, OAuthToken, OAuthTokenSelection, Own>(
    {
      routes: routesOf(play),
      refuse: (status, detail) => ({ status, detail }),
      tokens,
      accounts: play.accounts,
      carried: (request) => carriedTexts(facts, request),
      secrets: () => [...play.accounts.secrets(), ...play.codes.secrets(), ...keptSecrets(play)],
      reset: () => {
        for (const forgetful of [play.accounts, play.codes, play.shownCodes, play.kept, play.spent]) forgetful.clear()
        play.handles.length = 0
        play.accounts.register(credentials)
      },
    },
    basics,
    (simulator) => ({
      get reuses() {
        return tokens.reuses()
      },
      pages: [...new Set(consentRoutes(play).map(({ path }) => path))],
      handsOut: handedOut(facts) !== undefined,
      register: async (number) => {
        const another = await madeUpCredentials(facts, number)
        play.accounts.register(another)
        return another
      },
      consent: (page, decision) =>
        answerPage(simulator, { write: (scopes) => scopes.join(' '), origin: basics.url.origin }, page, decision),
      typeCode: (userCode) => typeCode(simulator, userCode),
      handOut: () => handOut(play),
      servedAt: (url) => {
        address = url
      },
    }),
  )
}

type Own = Pick<
  SpecSimulator,
  'reuses' | 'pages' | 'handsOut' | 'register' | 'consent' | 'typeCode' | 'handOut' | 'servedAt'
>

const routesOf = (play: Play): readonly Route<string>[] => {
  const { facts, shownCodes } = play
  const isAnswered = (key: string): boolean => facts.calls.some((call) => call.key === key)
  const byDefault = facts.issued.map(({ name }) => [name])
  const alternatives = facts.alternatives.length > 0 ? facts.alternatives : byDefault
  return [
    ...consentRoutes(play),
    ...(isAnswered('show')
      ? [
          { operation: 'showPage', method: 'GET', path: CODE_PAGE, answer: shownCodes.page },
          { operation: 'typeCode', method: 'POST', path: CODE_PAGE, answer: shownCodes.type },
        ]
      : []),
    ...facts.operations.flatMap((operation) => {
      const { id, method, paths, documented } = operation
      const answer = answerOperation(play, operation)
      const query = (documented.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name)
      return paths.map((path) => ({ operation: id, method, path, query, answer }))
    }),
    { operation: 'callApi', method: '*', path: '*', answer: answerApi(play, alternatives) },
  ]
}

const revokeFamily = ({ facts, tokens }: Play, family: number): void => {
  for (const scheme of facts.issued) tokens.of(scheme).revokeFamily(family)
}

const keptSecrets = ({ kept, shownCodes }: Play): readonly string[] => [
  ...shownCodes.secrets(),
  ...[...kept.values()].flatMap((beside) =>
    [...beside].flatMap(([name, value]) => (name.startsWith('secrets.') ? [writtenText(value)] : [])),
  ),
]

/** What may be a token, besides a bearer token: the other headers that tokens are in, and the texts of the body. */
const carriedTexts = ({ issued }: SpecFacts, { headers, text }: IncomingRequest): readonly string[] => {
  const body = mediaType(headers) === FORM ? parseForm(text) : parseJson(text)
  return [...issued.flatMap((scheme) => carriedIn(headers, scheme) ?? []), ...textsIn(body)]
}

const textsIn = (value: Json | undefined): readonly string[] => {
  if (typeof value === 'string') return [value]
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : []
}

const typeCode = async ({ fetch, url }: Pick<Simulator, 'fetch' | 'url'>, userCode: string): Promise<string> => {
  const body = new URLSearchParams({ user_code: userCode })
  const response = await fetch(new URL(CODE_PAGE, url), { method: 'POST', body })
  const [, code] = /<code>(.+)<\/code>/.exec(await response.text()) ?? []
  if (code === undefined) throw new TypeError('The page does not know this code')
  return code
}

const handOut = ({ facts, tokens, accounts }: Play): string => {
  const scheme = handedOut(facts)
  const [account] = accounts.list()
  if (scheme === undefined || account === undefined) throw new TypeError('No refresh token is handed out here')
  const owner = { clientId: account.name, account: undefined, scopes: [], certificate: undefined }
  return tokens.of(scheme).start(owner, true).refreshToken ?? ''
}

/** The scheme whose first token no call brings. */
const handedOut = ({ issued, calls }: SpecFacts): SpecScheme | undefined => {
  const has = (scheme: SpecScheme, key: string): boolean =>
    calls.some((call) => call.scheme === scheme && call.key === key)
  return issued.find((scheme) => has(scheme, 'refresh') && !has(scheme, 'acquire') && !has(scheme, 'exchange'))
}
