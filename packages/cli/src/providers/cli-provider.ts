import { type AccessToken, createTokenManager, type TokenManager } from '@chaveiro/core'
import type { ClientOptions, IssuedToken, ProviderClient, TokenProvider } from '@chaveiro/core/provider'
import type { AdjustableClock, Simulator } from '@chaveiro/simulator'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import { anotherAccount, type Credentials } from './another-account.ts'
import { withCertificateParts, withParts } from './certificate-inputs.ts'
import { withPortuguese } from './description.ts'
import { type Lifecycle, needsStore } from './needs-store.ts'
import type { Inputs, OpenOptions } from './open-options.ts'
import type { Place } from './place.ts'
import { type RequestParts, requestParts } from './request-parts.ts'
import type { CliFacts, SignInMethod, StatedFacts } from './sign-in-method.ts'
import { optionsOf, whereOf } from './typed-options.ts'

/** An account, without what is typed by its provider. */
export type Client = Omit<ProviderClient<object>, 'api'>

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

/** How a provider is simulated. */
interface SimulatorSettings {
  readonly clock?: AdjustableClock
  readonly random?: () => number
  readonly accessTokenLifetimeMs?: number
}

/** A simulator, with what it accepts. */
interface Simulated extends AcceptedAccount {
  readonly simulator: Simulator
  /** Lets it accept one more account, the second or a later one. */
  readonly accept: (number: number) => AcceptedAccount
}

/** An account that a simulator accepts. */
export interface AcceptedAccount {
  /** What an account is opened with. */
  readonly inputs: Inputs
  /** The address to which a person is sent back, where one is asked. */
  readonly redirectUri: string | undefined
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
  needsStore(place: Place): Promise<boolean>
  /** How a person agrees before there is a token; `undefined`: the inputs alone get one. */
  asksPerson(place: Place): Promise<PersonAsked | undefined>
  simulate(settings?: SimulatorSettings): Promise<Simulated>
  /** Where the provider lists the tokens that it has issued. */
  readonly tokensOf?: (client: Client) => IssuedTokens | undefined
}

/** How a provider's package is told to the command. */
export interface ProviderParts<Options extends ClientOptions, Made extends Client, Where extends object> {
  facts(): Promise<StatedFacts>
  /** If inputs belong to different sign-in methods. @default one method, with all inputs */
  readonly signInMethods?: readonly SignInMethod[]
  create(): Promise<(options: Options) => Made>
  lifecycle(): Promise<(options: Where) => TokenProvider<Options>>
  simulator(settings: SimulatorSettings): Promise<Simulator & { readonly credentials: object }>
  /** What the simulator's credentials are called here. @default the same */
  readonly asInputs?: (credentials: Credentials) => Credentials
  readonly probePath?: string
  /** Inputs that the simulator takes any value of. */
  readonly simulatedInputs?: Inputs
  readonly tokens?: (client: Made, inputs: Inputs) => IssuedTokens | undefined
}

/** An entry of the registry, checked against the types of the provider's package. */
export function providerEntry<Options extends ClientOptions, Made extends Client, Where extends object>(
  parts: ProviderParts<Options, Made, Where>,
): CliProvider {
  const { tokens } = parts
  const made = new WeakMap<Client, { client: Made; inputs: Inputs }>()
  const factsWithWays = async (): Promise<CliFacts> => {
    const { inPortuguese, serverVariables, ...facts } = await parts.facts()
    const inputs = withCertificateParts(withPortuguese(facts.inputs, inPortuguese))
    const tenants = serverVariables && { serverVariables: withPortuguese(serverVariables, inPortuguese) }
    const signInMethods = parts.signInMethods ?? [{ inputs: Object.keys(facts.inputs) }]
    return { ...facts, ...tenants, inputs, signInMethods: signInMethods.map((method) => withParts(inputs, method)) }
  }
  const lifecycleOf = async (place: Place): Promise<TokenProvider<Options>> => {
    const lifecycle = await parts.lifecycle()
    const where = whereOf<Where>(await factsWithWays(), place)
    try {
      return lifecycle(where)
    } catch (error) {
      // A server that would get a secret in the clear, a tenant that no host can be of.
      if (error instanceof TypeError) throw new Failure(EXIT.usage, 'usage', error.message)
      throw error
    }
  }
  const given = async (inputs: Inputs, options: OpenOptions): Promise<Options> =>
    optionsOf<Options>(await factsWithWays(), inputs, options)
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
      const { store, fetch } = options
      const provider = await lifecycleOf(options.place)
      const credentials = await given(inputs, options)
      return createTokenManager<Options>({
        provider,
        credentials: () => credentials,
        store,
        fetch,
      })
    },
    async partsOf(inputs, options) {
      const provider = await lifecycleOf(options.place)
      const credentials = await given(inputs, options)
      return (token) => requestParts(provider, token, credentials)
    },
    needsStore: async (place) => needsStore(await lifecycleOf(place)),
    asksPerson: async (place) => askedOf(await lifecycleOf(place)),
    async simulate(settings = {}) {
      const simulator = await parts.simulator(settings)
      const { inputs, operations } = await parts.facts()
      const schemes = Object.values(operations).flatMap(({ device, security }) => (device ? security : []))
      const accepted = (credentials: Credentials): AcceptedAccount => {
        const named = Object.entries(parts.asInputs?.(credentials) ?? credentials)
        const texts = (isWanted: (name: string) => boolean): Inputs =>
          Object.fromEntries(
            named.flatMap(([name, value]) => (isWanted(name) && typeof value === 'string' ? [[name, value]] : [])),
          )
        return {
          inputs: { ...texts((name) => Object.hasOwn(inputs, name)), ...parts.simulatedInputs },
          redirectUri: redirectUriOf(credentials),
          device: texts((name) => schemes.includes(name)),
        }
      }
      const first: Credentials = { ...simulator.credentials }
      return {
        simulator,
        ...accepted(first),
        accept(number) {
          const another = anotherAccount(first, number)
          simulator.accounts.add(another)
          return accepted(another)
        },
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

/** Where a simulated person is sent back to, if one is asked. */
function redirectUriOf(credentials: object): string | undefined {
  const { redirectUris }: { redirectUris?: unknown } = credentials
  const [first]: unknown[] = Array.isArray(redirectUris) ? redirectUris : []
  return typeof first === 'string' ? first : undefined
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
