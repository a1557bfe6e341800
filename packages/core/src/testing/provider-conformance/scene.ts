import type { ClientCertificate } from '../../client-certificate.ts'
import { createTokenManager } from '../../engine/create-token-manager.ts'
import type { PolicyOptions } from '../../engine/options.ts'
import type { TokenManager } from '../../engine/token-manager.ts'
import type { GetTokenOptions, TokenSource } from '../../engine/token-source-interface.ts'
import { isChaveiroError } from '../../errors.ts'
import type { TokenEvent } from '../../events.ts'
import type { Fetch } from '../../http/fetch.ts'
import { showsSecret } from '../../secret-traces.ts'
import type { AccessToken } from '../../token/access-token.ts'
import { type RecordedRequest, recordRequest } from '../recorded-request.ts'
import { expectThat } from '../store-conformance/expectations.ts'
import { patiently } from './patiently.ts'
import { type SpiedProvider, spied } from './spied-provider.ts'
import type { ProviderConformanceOptions, ProviderWorld } from './world.ts'

/** The option `open` of the suite. */
export type Open<Inputs, M> = ProviderConformanceOptions<Inputs, M>['open']

/** A token, or the error that came instead. */
export type Outcome<M> = { readonly token: AccessToken<M> } | { readonly error: unknown }

/** A world with one account on top of it. */
export interface Scene<Inputs, M> extends AsyncDisposable {
  readonly world: ProviderWorld<Inputs, M>
  readonly spy: SpiedProvider<Inputs, M>
  readonly manager: TokenManager<M>
  readonly source: TokenSource<M>
  readonly events: readonly TokenEvent[]
  readonly apiUrl: URL
  /** What was sent, to wherever. */
  readonly requests: readonly RecordedRequest[]
  /** How many of them asked for the guarded path. */
  readonly apiCalls: () => number
  /** Comes in before each request: an answer is given in place of the server's. */
  between: ((request: RecordedRequest, isApi: boolean) => Promise<Response | undefined>) | undefined
  /** Comes in after each answer of a token call. */
  changing: ((answer: Response) => Promise<Response>) | undefined
  /** Waits, while as much time passes on the world's clock as it takes. */
  readonly wait: <T>(promise: Promise<T>) => Promise<T>
  /** Gets a token. */
  readonly ask: (wish?: GetTokenOptions) => Promise<Outcome<M>>
  /** Gets the guarded path as an application does. */
  readonly call: () => Promise<Response>
}

/** Opens a world and an account. Jitter is 0. */
export async function openScene<Inputs, M>(
  open: Open<Inputs, M>,
  { wrong = false, ...policy }: Pick<PolicyOptions, 'resendUnknown'> & { wrong?: boolean } = {},
): Promise<Scene<Inputs, M>> {
  const world = await open()
  const { clock, seed, credentials } = world
  const spy = spied(world.provider)
  const inputs = wrong ? (world.wrongCredentials ?? credentials) : credentials
  const { apiServer = world.provider.server } = world.provider
  // As `source.fetch` reads a path.
  const apiUrl = new URL(`${apiServer.pathname.replace(/\/$/, '')}${world.apiPath}`, apiServer)
  const isApi = isApiOf({ apiUrl })
  const requests: RecordedRequest[] = []
  const events: TokenEvent[] = []
  let inFlight = 0
  const recording =
    (send: Fetch): Fetch =>
    async (input, init) => {
      inFlight += 1
      try {
        const request = new Request(input, init)
        const recorded = await recordRequest(request)
        requests.push(recorded)
        const answer = (await scene.between?.(recorded, isApi(request))) ?? (await send(request))
        return isApi(request) ? answer : ((await scene.changing?.(answer)) ?? answer)
      } finally {
        inFlight -= 1
      }
    }
  const presenting = world.fetch.presenting?.bind(world.fetch)
  const fetch: Fetch = Object.assign(
    recording(world.fetch),
    presenting && { presenting: (certificate: ClientCertificate) => recording(presenting(certificate)) },
  )
  const manager = createTokenManager<Inputs, M>({
    ...policy,
    provider: spy.provider,
    credentials: () => inputs,
    fetch,
    clock,
    random: () => 0,
  })
  manager.on((event) => void events.push(event))
  const source = manager.account({ tenant: 'conformance', scopes: world.scopes })
  const wait = <T>(promise: Promise<T>): Promise<T> => patiently(clock, promise, () => inFlight > 0)
  const scene: Scene<Inputs, M> = {
    world,
    spy,
    manager,
    source,
    events,
    apiUrl,
    requests,
    apiCalls: () => requests.filter(isApi).length,
    between: undefined,
    changing: undefined,
    wait,
    ask: (wish) =>
      wait(
        source.getToken(wish).then(
          (token) => ({ token }),
          (error: unknown) => ({ error }),
        ),
      ),
    call: () => wait(source.fetch(world.apiPath)),
    async [Symbol.asyncDispose]() {
      scene.between = undefined
      scene.changing = undefined
      await wait(manager.close()).catch(() => {})
      await world.close?.()
    },
  }
  // Already over, so that the provider has to be asked.
  if (seed) await source.seed({ ...seed, expiresAt: clock.now() })
  return scene
}

/** Whether a request asks for the guarded path, at whichever host. */
export function isApiOf({ apiUrl }: { apiUrl: URL }): (request: { url: string }) => boolean {
  return ({ url }) => new URL(url).pathname === apiUrl.pathname
}

/** The token, which there has to be. */
export function expectToken<M>(outcome: Outcome<M>): AccessToken<M> {
  if ('token' in outcome) return outcome.token
  // Its message is the provider's, and may be what a test finds fault with.
  throw new Error(`There was no token, but an error with the code ${codeOf(outcome.error)}.`)
}

/** A token in the end, however often it takes: a minute passes between one call and the next. */
export async function tokenInTheEnd<Inputs, M>(
  scene: Scene<Inputs, M>,
  wish?: GetTokenOptions,
): Promise<AccessToken<M>> {
  for (let round = 0; round < 10; round += 1) {
    const outcome = await scene.ask(wish)
    if ('token' in outcome) return outcome.token
    await scene.world.clock.advance(60_000)
  }
  return expectToken(await scene.ask(wish))
}

/** The access token ends. Gives the wish for another one, which a provider that cannot tell the end needs to hear. */
export async function endOf<Inputs, M>({ world, source }: Scene<Inputs, M>): Promise<GetTokenOptions> {
  const newerThan = await source.getToken()
  await world.control.expireAccessToken()
  return { newerThan, staleIfError: false }
}

/** The guarded path is answered with a success. */
export async function expectAccepted<Inputs, M>(scene: Scene<Inputs, M>, sentence: string): Promise<void> {
  const response = await scene.call()
  await response.text()
  expectThat(response.ok, `${sentence} It was answered with ${response.status}.`)
}

/** How many token calls there were. */
export function expectTokenCalls<Inputs, M>({ world }: Scene<Inputs, M>, count: number, when: string): void {
  const calls = world.control.countTokenCalls()
  expectThat(calls === count, `${when} should have made ${count} token calls in all, and there were ${calls}.`)
}

export function codeOf(error: unknown): string {
  return isChaveiroError(error) ? error.code : 'none: not a ChaveiroError'
}

/** No single-use refresh token left more than once, by the requests as by the server's count. */
export function expectSentOnce<Inputs, M>({ world, spy, requests }: Scene<Inputs, M>): void {
  if (world.provider.refreshKind !== 'single-use') return
  const texts = requests.map((request) => JSON.stringify(request.reveal()))
  for (const token of new Set(spy.refreshed)) {
    const times = texts.filter((text) => showsSecret(text, [token])).length
    expectThat(times <= 1, `A single-use refresh token was sent ${times} times.`)
  }
  const reuses = world.control.reuses?.() ?? 0
  expectThat(reuses === 0, `Spent refresh tokens came back to the server ${reuses} times.`)
}
