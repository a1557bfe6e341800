/// <reference lib="esnext.disposable" preserve="true" />

import { type AccountRef, accountRef } from '../account-ref.ts'
import { missingInput } from '../call/inputs.ts'
import { checkOptions } from '../check-options.ts'
import { systemClock } from '../clock.ts'
import { Manager } from '../engine/manager.ts'
import { oneAccount } from '../engine/one-account.ts'
import { POLICY_NAMES, type PolicyOptions } from '../engine/options.ts'
import type { AccountStatus } from '../engine/status.ts'
import type { TokenSource } from '../engine/token-source-interface.ts'
import type { ListenerOptions, TokenEvent } from '../events.ts'
import { type Fetch, platformFetch } from '../http/fetch.ts'
import type { OperationFact } from '../provider/facts.ts'
import { baseUrlOf } from '../provider/server.ts'
import type { TokenProvider } from '../provider/token-provider.ts'
import { asOperation } from './as-operation.ts'
import { deviceCallError } from './device-calls.ts'
import { guardedFetch } from './guarded-fetch.ts'
import { type TypedClient, typedClient } from './typed-client.ts'

/** One account of a provider: a token source, with the raw typed client beside it. */
export interface ProviderClient<Paths extends object, M = unknown> extends TokenSource<M>, AsyncDisposable {
  /** The provider's own endpoints, typed by its spec: guarded, without retries, with the token only where the spec says so. */
  readonly api: TypedClient<Paths>
  /** What other clients want as a base URL. */
  readonly baseUrl: string
  /** The account and its status, in a list as a manager has it. No I/O, and nothing secret. */
  readonly accounts: () => readonly AccountStatus[]
  /** Hears of everything that happens to the token. Returns a function that ends it. */
  on(listener: (event: TokenEvent) => void, options?: ListenerOptions): () => void
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
 * One account of a provider: `createTokenManager(…).account(…)` plus `api`, `baseUrl` and `close`. `ownOptions` names what
 * else the options may hold, because it went into the provider.
 * @throws {TypeError} when an input is missing.
 */
export function createProviderClient<Paths extends object, Inputs extends object, M = unknown>(
  provider: TokenProvider<Inputs, M>,
  options: ClientOptions & Inputs,
  ownOptions?: readonly string[],
): ProviderClient<Paths, M> {
  return openProviderClient<Paths, Inputs, M>(provider, options, ownOptions).client
}

/** The same, for providers whose own client offers more: with the sources of the parent schemes. */
export function openProviderClient<Paths extends object, Inputs extends object, M = unknown>(
  provider: TokenProvider<Inputs, M>,
  options: ClientOptions & Inputs,
  ownOptions: readonly string[] = [],
): OpenedClient<Paths, M> {
  const missing = missingInput(provider.inputs ?? {}, options)
  if (missing !== undefined) throw new TypeError(`${provider.id}: ${missing}`)
  checkOptions(options, [
    ...Object.keys(provider.inputs ?? options),
    ...POLICY_NAMES,
    'account',
    'server',
    ...ownOptions,
  ])
  const account = accountRef(accountOf(provider, options))
  // Not spread: each copy would get a hidden class of its own in V8, 270 bytes for each tenant.
  const all = Object.assign({}, options, { provider, credentials: () => options })
  const manager = new Manager<Inputs, M>(all, oneAccount(account))
  const client = new OneAccount<Paths, Inputs, M>(provider, manager, account, sendingFetch(provider, options, account))
  return { client, parent: (scheme) => manager.parent(scheme).account(account) }
}

/**
 * A client whose members are its own properties, so that `const { getToken } = client` and `{ ...client }` work. What
 * many a client never needs is made when it is first read: there may be a client for each tenant.
 */
class OneAccount<Paths extends object, Inputs, M> implements ProviderClient<Paths, M> {
  declare readonly fetch: TokenSource<M>['fetch']
  declare readonly api: TypedClient<Paths>
  declare readonly baseUrl: string
  declare readonly consent: TokenSource<M>['consent']
  declare readonly accounts: ProviderClient<Paths, M>['accounts']
  declare readonly reject: TokenSource<M>['reject']
  declare readonly seed: TokenSource<M>['seed']
  declare readonly end: TokenSource<M>['end']
  declare readonly on: ProviderClient<Paths, M>['on']
  readonly getToken: TokenSource<M>['getToken'] = (wish) => this.#source.getToken(wish)
  readonly status: TokenSource<M>['status'] = () => this.#source.status()
  readonly close: ProviderClient<Paths, M>['close'] = () => this.#manager.close()
  readonly [Symbol.asyncDispose]: ProviderClient<Paths, M>['close'] = this.close
  readonly #provider: TokenProvider<Inputs, M>
  readonly #manager: Manager<Inputs, M>
  readonly #account: AccountRef
  readonly #source: TokenSource<M>
  readonly #send: Fetch
  #api: TypedClient<Paths> | undefined

  constructor(provider: TokenProvider<Inputs, M>, manager: Manager<Inputs, M>, account: AccountRef, send: Fetch) {
    this.#provider = provider
    this.#manager = manager
    this.#account = account
    this.#source = manager.account(account)
    this.#send = send
    Object.defineProperties(this, OneAccount.#getters())
  }

  static #whenRead: PropertyDescriptorMap | undefined

  // The same getters for all clients, because an object with getters of its own costs 1.3 KB more. Made for the first
  // client, because a bundler keeps a class that computes something even where no one uses it.
  static #getters(): PropertyDescriptorMap {
    OneAccount.#whenRead ??= {
      fetch: whenRead((client: OneAccount<object, never, unknown>) => client.#source.fetch),
      api: whenRead((client: OneAccount<object, never, unknown>) => client.#typed()),
      consent: whenRead((client: OneAccount<object, never, unknown>) => client.#source.consent),
      accounts: whenRead((client: OneAccount<object, never, unknown>) => () => client.#manager.known()),
      reject: whenRead(
        (client: OneAccount<object, never, unknown>): TokenSource['reject'] =>
          (token, why) =>
            client.#source.reject(token, why),
      ),
      seed: whenRead(
        (client: OneAccount<object, never, unknown>): TokenSource['seed'] =>
          (grant) =>
            client.#source.seed(grant),
      ),
      end: whenRead(
        (client: OneAccount<object, never, unknown>): TokenSource['end'] =>
          (wish) =>
            client.#source.end(wish),
      ),
      on: whenRead(
        (client: OneAccount<object, never, unknown>): ProviderClient<object>['on'] =>
          (listener, wish) =>
            client.#manager.on(listener, wish),
      ),
      baseUrl: whenRead((client: OneAccount<object, never, unknown>) =>
        baseUrlOf(client.#provider.apiServer ?? client.#provider.server),
      ),
    }
    return OneAccount.#whenRead
  }

  #typed(): TypedClient<Paths> {
    this.#api ??= typedClient<Paths>(this.#provider.server, {
      fetch: guardedFetch(this.#provider, this.#account, this.#send),
      prepare: (request, path) => this.#prepare(request, path),
    })
    return this.#api
  }

  async #prepare(request: Request, path: string): Promise<Request> {
    const { id: provider, operations = {}, operationServers = {}, server } = this.#provider
    const found = Object.entries(operations).find(([, one]) => one.method === request.method && one.path === path)
    if (found === undefined) return request
    const [id, operation] = found
    if (operation.device) throw deviceCallError(provider, id)
    const prepared = await asOperation(request, operation, server, operationServers[id] ?? server)
    await this.#authorize(operation, prepared.headers)
    return prepared
  }

  /** Only what the operation's `security` names: a token call carries no access token. */
  async #authorize({ security }: OperationFact, headers: Headers): Promise<void> {
    const { scheme: own, parents } = this.#provider
    const isOwn = own !== undefined && security.includes(own)
    const ancestor = isOwn ? undefined : security.find((scheme) => Object.hasOwn(parents?.providers ?? {}, scheme))
    if (!isOwn && ancestor === undefined) return
    const source = ancestor === undefined ? this.#source : this.#manager.parent(ancestor).account(this.#account)
    const token = await source.getToken()
    token.authorize(headers)
  }
}

/** What `api` sends with: like `source.fetch`, it presents the provider's certificate. */
function sendingFetch<Inputs extends object, M>(
  { certificates }: TokenProvider<Inputs, M>,
  options: ClientOptions & Inputs,
  account: AccountRef,
): Fetch {
  const { fetch = platformFetch, clock = systemClock } = options
  if (!certificates) return fetch
  return async (input, init) => {
    const given = certificates.ofApi(options)
    const send = given === undefined ? fetch : (await certificates.present({ fetch, clock }, account, given)).fetch
    return send(input, init)
  }
}

function whenRead<T>(read: (client: T) => unknown): PropertyDescriptor {
  return {
    enumerable: true,
    get(this: T) {
      return read(this)
    },
  }
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
