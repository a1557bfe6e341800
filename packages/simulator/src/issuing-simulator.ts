// What all simulators of a provider that issues tokens share: their options, and how tests look at its tokens.

import { type SimulatorClock, systemClock } from './clock.ts'
import { bearerToken, type IncomingRequest } from './incoming-request.ts'
import type { TokenRef } from './issued-token.ts'
import { type Behaviour, type Simulator, simulate } from './simulation.ts'

interface CommonOptions<Credentials> {
  readonly credentials?: Credentials | undefined
  readonly clock?: SimulatorClock | undefined
  readonly url?: URL | undefined
  readonly random?: (() => number) | undefined
}

/** The options that every simulator has, with the defaults of one. Of the URL the origin counts. */
export interface Basics<Credentials> {
  readonly credentials: Credentials
  readonly clock: SimulatorClock
  readonly url: URL
  readonly random: () => number
}

export const basicsOf = <Credentials>(
  { credentials, clock = systemClock, url, random = Math.random }: CommonOptions<Credentials>,
  byDefault: { readonly credentials: Credentials; readonly url: string },
): Basics<Credentials> => ({
  credentials: credentials ?? byDefault.credentials,
  clock,
  url: new URL(url?.origin ?? byDefault.url),
  random,
})

/** The tokens of a provider. Both ways to end them return how many there were, and end all where nothing is selected. */
interface TokenShelf<Token, Selection> {
  find(value: string): TokenRef | undefined
  list(): readonly Token[]
  revoke(selection?: Selection): number
  expire(selection?: Selection): number
  secrets(): readonly string[]
}

export interface IssuingBehaviour<Operation extends string, Token, Selection>
  extends Omit<Behaviour<Operation>, 'carriedToken'> {
  readonly tokens: TokenShelf<Token, Selection>
  /** What may be a token in a request, besides the bearer token. */
  readonly carried?: ((request: IncomingRequest) => readonly (string | null | undefined)[]) | undefined
  /** Keys and whatever else is secret besides the tokens. */
  readonly secrets: () => readonly string[]
}

interface Issuing<Credentials, Token, Selection> {
  readonly credentials: Credentials
  readonly tokens: readonly Token[]
  revoke(selection?: Selection): number
  expire(selection?: Selection): number
  revealSecrets(): readonly string[]
}

/** The simulator of a provider that issues tokens; `own` is what it offers besides. */
export const simulateIssuer = <Operation extends string, Credentials, Token, Selection, Own extends object>(
  { tokens, carried = () => [], secrets, ...behaviour }: IssuingBehaviour<Operation, Token, Selection>,
  { credentials, clock, url }: Basics<Credentials>,
  own: (simulator: Simulator<Operation>) => Own,
): Simulator<Operation> & Issuing<Credentials, Token, Selection> & Own => {
  const carriedToken = (request: IncomingRequest): TokenRef | undefined => {
    const values = [bearerToken(request.headers), ...carried(request)]
    const token = values.map((value) => tokens.find(value ?? '')).find((found) => found !== undefined)
    return token === undefined ? undefined : { family: token.family, generation: token.generation }
  }
  const simulator = simulate<Operation>({ ...behaviour, carriedToken }, { clock, url })
  const issuing: Issuing<Credentials, Token, Selection> = {
    credentials,
    get tokens() {
      return tokens.list()
    },
    revoke: (selection) => tokens.revoke(selection),
    expire: (selection) => tokens.expire(selection),
    revealSecrets: () => [...secrets(), ...tokens.secrets()],
  }
  const added = own(simulator)
  const all = Object.assign(simulator, issuing, added)
  // `Object.assign` has read each getter once. Printing a simulator doesn't show what it was given.
  return Object.defineProperties(all, {
    ...Object.getOwnPropertyDescriptors(issuing),
    ...Object.getOwnPropertyDescriptors(added),
    credentials: { value: credentials, enumerable: false },
  })
}
