/// <reference lib="esnext.disposable" preserve="true" />

import { type AccountRef, accountRef } from '../account-ref.ts'
import { missingInput } from '../call/inputs.ts'
import { checkOptions } from '../check-options.ts'
import { openManager } from '../engine/create-token-manager.ts'
import { POLICY_NAMES, type PolicyOptions } from '../engine/options.ts'
import type { TokenSource } from '../engine/token-source-interface.ts'
import type { TokenEvent } from '../events.ts'
import { platformFetch } from '../http/fetch.ts'
import { deviceCallError } from '../provider/device-operations.ts'
import { baseUrlOf } from '../provider/server.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { type TypedClient, typedClient } from './typed-client.ts'

/** One account of a provider: a token source, with the raw typed client beside it. */
export interface ProviderClient<Paths extends object, M = unknown> extends TokenSource<M>, AsyncDisposable {
  /** The provider's own endpoints, typed by its spec: guarded, without retries, with the token only where the spec says so. */
  readonly api: TypedClient<Paths>
  /** What other clients want as a base URL. */
  readonly baseUrl: string
  /** Hears of everything that happens to the token. Returns a function that ends it. */
  on(listener: (event: TokenEvent) => void): () => void
  /** Stops accepting work and waits until pending tokens are saved. */
  close(): Promise<void>
}

/** Options of every `create<Provider>()`, besides the provider's own. */
export interface ClientOptions extends PolicyOptions {
  /** Names the account where the inputs do not. @default the input that the spec marks as the account's identity */
  account?: AccountRef | string | undefined
}

/** A client, and the sources behind it. */
export interface OpenedClient<Paths extends object, M = unknown> {
  /** What `create<Provider>()` gives to its user. */
  readonly client: ProviderClient<Paths, M>
  /**
   * The same account's source of a parent scheme. It closes with the client.
   * @throws {ChaveiroError} `misconfigured` when the provider has no such parent.
   */
  readonly parent: (scheme: string) => TokenSource
}

/**
 * One account of a provider: `createTokenManager(…).account(…)` plus `api`, `baseUrl` and `close`.
 * @throws {TypeError} when an input is missing.
 */
export function createProviderClient<Paths extends object, Inputs extends object, M = unknown>(
  provider: TokenProvider<Inputs, M>,
  options: ClientOptions & Inputs,
): ProviderClient<Paths, M> {
  return openProviderClient<Paths, Inputs, M>(provider, options).client
}

/** The same, for providers whose own client offers more: with the sources of the parent schemes. */
export function openProviderClient<Paths extends object, Inputs extends object, M = unknown>(
  provider: TokenProvider<Inputs, M>,
  options: ClientOptions & Inputs,
): OpenedClient<Paths, M> {
  const missing = missingInput(provider.inputs ?? {}, options)
  if (missing !== undefined) throw new TypeError(`${provider.id}: ${missing}`)
  checkOptions(options, [...Object.keys(provider.inputs ?? options), ...POLICY_NAMES, 'account', 'server'])
  const manager = openManager<Inputs, M>({ ...options, provider, credentials: () => options }, { hasOneAccount: true })
  const account = accountRef(accountOf(provider, options))
  const source = manager.account(account)
  const parent = (scheme: string): TokenSource => manager.parent(scheme).account(account)
  const { server, scheme: own, parents = {} } = provider
  // Made when it is first asked for: it loads the platform's Request, which a caller that only wants a token does without.
  let api: TypedClient<Paths> | undefined
  const makeApi = (): TypedClient<Paths> =>
    typedClient<Paths>(server, {
      fetch: guardedFetch(provider, account, options.fetch ?? platformFetch),
      // Only what the operation's `security` names: a token call carries no access token.
      prepare: async (method, path, headers) => {
        const [id, operation] =
          Object.entries(provider.operations ?? {}).find(([, one]) => one.method === method && one.path === path) ?? []
        if (id !== undefined && operation?.device) throw deviceCallError(provider.id, id)
        const { security = [] } = operation ?? {}
        const isOwn = own !== undefined && security.includes(own)
        const ancestor = isOwn ? undefined : security.find((scheme) => Object.hasOwn(parents, scheme))
        if (!isOwn && ancestor === undefined) return
        const token = await (ancestor === undefined ? source : parent(ancestor)).getToken()
        token.authorize(headers)
      },
    })
  const client: ProviderClient<Paths, M> = {
    getToken: (wish) => source.getToken(wish),
    reject: (token, why) => source.reject(token, why),
    seed: (grant) => source.seed(grant),
    end: (wish) => source.end(wish),
    status: () => source.status(),
    fetch: source.fetch,
    get api() {
      api ??= makeApi()
      return api
    },
    baseUrl: baseUrlOf(server),
    on: (listener) => manager.on(listener),
    close: () => manager.close(),
    [Symbol.asyncDispose]: () => manager.close(),
  }
  return { client, parent }
}

/** The account that the inputs name. Where they name none, one process needs no name, a shared store does. */
function accountOf<Inputs extends object, M>(
  provider: TokenProvider<Inputs, M>,
  options: ClientOptions & Inputs,
): AccountRef | string {
  if (options.account !== undefined) return options.account
  const identity = Object.entries(provider.inputs ?? {}).find(([, fact]) => fact.identity)?.[0]
  const name: unknown = identity === undefined ? undefined : Reflect.get(options, identity)
  if (typeof name === 'string') return name
  if (!options.store?.shared) return 'default'
  throw new TypeError(`${provider.id}: these inputs name no account, and the store is shared. Pass account: 'a name'.`)
}
