// What all simulators of a provider that issues tokens share: their options, and how tests look at its tokens.

import type { AccountShelf } from './account-shelf.ts'
import { type SimulatorClock, systemClock } from './clock.ts'
import { bearerToken, type IncomingRequest } from './incoming-request.ts'
import type { TokenRef } from './issued-token.ts'
import { isJsonObject, type Json } from './json.ts'
import { type Behaviour, type Simulation, simulate } from './simulation.ts'

interface CommonOptions<Credentials> {
  readonly credentials?: Credentials | undefined
  readonly clock?: SimulatorClock | undefined
  readonly url?: URL | undefined
  readonly random?: (() => number) | undefined
}

/** The options that every simulator has, with the defaults of one. Only the URL's origin matters. */
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
  /** Forgets every token. */
  clear(): void
}

export interface IssuingBehaviour<Operation extends string, Token, Selection>
  extends Omit<Behaviour<Operation>, 'carriedToken' | 'issuedToken' | 'isSecret'> {
  readonly accounts: AccountShelf
  readonly tokens: TokenShelf<Token, Selection>
  /** What may be a token in a request, besides the bearer token. */
  readonly carried?: ((request: IncomingRequest) => readonly (string | null | undefined)[]) | undefined
  /** Keys and whatever else is secret besides the tokens. */
  readonly secrets: () => readonly string[]
}

interface Issuing<Credentials, Token, Selection> {
  readonly credentials: Credentials
  readonly accounts: AccountShelf
  readonly tokens: readonly Token[]
  revoke(selection?: Selection): number
  expire(selection?: Selection): number
  revealSecrets(): readonly string[]
}

/** The simulator of a provider that issues tokens; `own` is what it offers besides. */
export const simulateIssuer = <Operation extends string, Credentials, Token, Selection, Own extends object>(
  { tokens, accounts, carried = () => [], secrets, reset, ...behaviour }: IssuingBehaviour<Operation, Token, Selection>,
  { credentials, clock, url }: Basics<Credentials>,
  own: (simulator: Simulation<Operation>) => Own,
): Simulation<Operation> & Issuing<Credentials, Token, Selection> & Own => {
  const known = (values: readonly unknown[]): TokenRef | undefined => {
    const found = values.map((value) => (typeof value === 'string' ? tokens.find(value) : undefined))
    const token = found.find((one) => one !== undefined)
    return token === undefined ? undefined : { family: token.family, generation: token.generation }
  }
  const carriedToken = (request: IncomingRequest): TokenRef | undefined => {
    return known([bearerToken(request.headers), ...carried(request)])
  }
  const simulator = simulate<Operation>(
    {
      ...behaviour,
      carriedToken,
      issuedToken: ({ body }) => known(textsIn(body)),
      isSecret: (value) => tokens.find(value) !== undefined || secrets().includes(value),
      reset: () => {
        tokens.clear()
        reset()
      },
    },
    { clock, url },
  )
  const issuing: Issuing<Credentials, Token, Selection> = {
    credentials,
    accounts,
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

/** The texts of a body, those of objects within it included. Lists name tokens that were issued before. */
const textsIn = (value: Json | undefined): readonly string[] => {
  if (typeof value === 'string') return [value]
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : []
}
