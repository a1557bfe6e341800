import {
  type AccessToken,
  type AccountRef,
  createTokenManager,
  type Fetch,
  type Keepers,
  type TokenManager,
} from '@chaveiro/core'
import type {
  ClientOptions,
  InputFact,
  IssuedToken,
  ProviderClient,
  ProviderFacts,
  TokenProvider,
} from '@chaveiro/core/provider'
import type { Listenable } from '@chaveiro/simulator/server'
import { type Lifecycle, needsStore } from './needs-store.ts'
import { type RequestParts, requestParts } from './request-parts.ts'
import { type CliFacts, factsOf, mayBeAbsent, type Way, wayOf } from './way.ts'

/** What somebody typed, by the name of the input. */
export type Inputs = Readonly<Record<string, string>>

/** An account, without what is typed by its provider. */
export type Client = Omit<ProviderClient<object>, 'api'>

/** What the command passes to any `create<Provider>()`, besides the inputs. */
export interface OpenOptions {
  readonly server: URL
  readonly store?: Keepers | undefined
  readonly account?: AccountRef | string | undefined
  readonly fetch?: Fetch | undefined
  readonly tokenCallTimeoutMs?: number | undefined
  /** Hears of a refresh that nobody waits for. */
  readonly waitUntil?: ((refresh: Promise<unknown>) => void) | undefined
}

/** Tokens that a provider lists: `chaveiro tokens`. */
export interface IssuedTokens {
  list(): Promise<readonly IssuedToken[]>
  revoke(id: string): Promise<void>
  /** Without a lifetime: as long as the provider's default. */
  create(options: { lifetimeMs?: number | undefined }): Promise<CreatedToken>
  /** Ends what was opened at the provider for these calls. */
  close(): Promise<void>
}

interface CreatedToken {
  readonly token: string
  readonly id?: string | undefined
  readonly expiresAt?: number | undefined
}

/** How a provider asks a person. */
export interface PersonAsked {
  /** By a page that sends the person back, or by a code that the person is shown and one that is typed back. */
  readonly by: 'redirect' | 'shown code'
  /** Without any scope it can't be asked. */
  readonly demandsScopes: boolean
  /** Does every callback name its server, so that another one may have the same redirect URI? */
  readonly isNamed: boolean
  /** Do all servers belong to one operator? */
  readonly oneOperator: boolean
}

/** A simulator, with what it accepts. */
interface Simulated extends Listenable {
  /** What an account is opened with. */
  readonly inputs: Inputs
  /** What goes into a page or an app, for the operations that a customer's device calls. */
  readonly device: Inputs
}

/** What the command can do with any provider. Its package is loaded when it is needed. */
export interface CliProvider {
  facts(): Promise<CliFacts>
  /** A documented request that changes nothing and proves that a token works. */
  readonly probePath?: string | undefined
  open(inputs: Inputs, options: OpenOptions): Promise<Client>
  /** The same account's manager, for what is done with all accounts. */
  manage(inputs: Inputs, options: OpenOptions): Promise<TokenManager>
  /** What requests of the API carry, the token included: for those that send them without the client. */
  partsOf(inputs: Inputs, options: OpenOptions): Promise<(token: AccessToken) => Promise<RequestParts>>
  /** Would a process that keeps nothing lose what the account needs next? */
  needsStore(): Promise<boolean>
  /** How a person agrees before there is a token; `undefined`: the inputs alone get one. */
  asksPerson(): Promise<PersonAsked | undefined>
  simulate(): Promise<Simulated>
  /** Where the provider lists the tokens that it has issued. */
  readonly tokensOf?: (client: Client) => IssuedTokens | undefined
}

/** How a provider's package is told to the command. */
export interface ProviderParts<Options extends ClientOptions, Made extends Client> {
  facts(): Promise<ProviderFacts>
  /** Where inputs are of different ways in. @default one, of all inputs */
  readonly ways?: readonly Way[]
  create(): Promise<(options: Options) => Made>
  lifecycle(): Promise<(options: { server: URL }) => TokenProvider<Options>>
  simulator(): Promise<Listenable & { readonly credentials: object }>
  readonly probePath?: string
  readonly tokens?: (client: Made, inputs: Inputs) => IssuedTokens | undefined
}

/** An entry of the registry, checked against the types of the provider's package. */
export function providerEntry<Options extends ClientOptions, Made extends Client>(
  parts: ProviderParts<Options, Made>,
): CliProvider {
  const { tokens } = parts
  const made = new WeakMap<Client, { client: Made; inputs: Inputs }>()
  const factsWithWays = async (): Promise<CliFacts> => {
    const facts = await parts.facts()
    return { ...facts, ways: parts.ways ?? [{ inputs: Object.keys(facts.inputs) }] }
  }
  // It is the same on every server, and this one is never called.
  const lifecycleOf = async (): Promise<Lifecycle> =>
    (await parts.lifecycle())({ server: new URL('https://localhost') })
  const given = async (inputs: Inputs, options: OpenOptions): Promise<Options> => {
    const facts = await factsWithWays()
    const way = wayOf(facts, inputs)
    const known = Object.fromEntries(way === undefined ? [] : factsOf(facts, way))
    return optionsOf<Options>(known, inputs, options)
  }
  return {
    facts: factsWithWays,
    probePath: parts.probePath,
    async open(inputs, options) {
      const create = await parts.create()
      const client = create(await given(inputs, options))
      made.set(client, { client, inputs })
      return client
    },
    async manage(inputs, options) {
      const { store, fetch, server } = options
      const lifecycle = await parts.lifecycle()
      const credentials = await given(inputs, options)
      return createTokenManager<Options>({
        provider: lifecycle({ server }),
        credentials: () => credentials,
        store,
        fetch,
      })
    },
    async partsOf(inputs, options) {
      const provider = (await parts.lifecycle())({ server: options.server })
      const credentials = await given(inputs, options)
      return (token) => requestParts(provider, token, credentials)
    },
    needsStore: async () => needsStore(await lifecycleOf()),
    asksPerson: async () => askedOf(await lifecycleOf()),
    async simulate() {
      const simulator = await parts.simulator()
      const { inputs, operations } = await parts.facts()
      const schemes = Object.values(operations).flatMap(({ device, security }) => (device ? security : []))
      const accepted = (isWanted: (name: string) => boolean): Inputs =>
        Object.fromEntries(
          Object.entries(simulator.credentials).filter(([name, value]) => isWanted(name) && typeof value === 'string'),
        )
      return {
        url: simulator.url,
        fetch: simulator.fetch,
        inputs: accepted((name) => Object.hasOwn(inputs, name)),
        device: accepted((name) => schemes.includes(name)),
      }
    },
    ...(tokens && {
      tokensOf: (client) => {
        const own = made.get(client)
        return own && tokens(own.client, own.inputs)
      },
    }),
  }
}

function askedOf({ consent }: Lifecycle): PersonAsked | undefined {
  if (consent === undefined) return undefined
  const { scopes, issuer, oneOperator = false } = consent.request ?? {}
  return {
    by: consent.request === undefined ? 'shown code' : 'redirect',
    demandsScopes: scopes?.demanded === true && (scopes.always ?? []).length === 0,
    isNamed: issuer?.inCallback === 'always',
    oneOperator,
  }
}

/** Turns what was read from files and prompts into the options of a typed `create<Provider>()`, checked by its facts. */
function optionsOf<Options extends ClientOptions>(
  facts: Readonly<Record<string, InputFact>>,
  inputs: Inputs,
  options: OpenOptions,
): Options {
  const typed = Object.entries(inputs).map(([name, value]) => [
    name,
    facts[name]?.kind === 'duration' ? Number(value) : value,
  ])
  const given: object = { ...Object.fromEntries(typed), ...options }
  if (!fits<Options>(facts, given)) throw new TypeError('These inputs are not those that the provider takes.')
  return given
}

function fits<Options>(facts: Readonly<Record<string, InputFact>>, given: object): given is Options & object {
  return Object.entries(facts).every(([name, fact]) => {
    const value: unknown = Reflect.get(given, name)
    if (typeof value === 'number') return fact.kind === 'duration' && value > 0
    return typeof value === 'string' ? value !== '' : mayBeAbsent(fact)
  })
}
