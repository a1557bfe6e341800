import { type Application, newApplication } from './connect-account.ts'
import { type Control, controlOf, type MovedClock, type SteeredServer } from './control.ts'

type Send = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** One whose tokens need a person. */
interface AskingServer extends SteeredServer {
  readonly url: URL
  readonly fetch: Send
  readonly credentials: {
    readonly clientId: string
    readonly clientSecret?: string | undefined
    readonly redirectUris?: readonly string[] | undefined
  }
  consent(page: string, decision: { readonly allow: boolean }): Promise<string>
}

interface Keys {
  readonly clientId: string
  readonly clientSecret: string
}

/** A client of one account. */
interface ConnectingClient<Pending> extends AsyncDisposable {
  readonly consent: {
    begin(options: { readonly redirectUri: string }): Promise<{ readonly url: string; readonly pending: Pending }>
    finish(options: { readonly url: string; readonly pending: Pending }): Promise<unknown>
  }
  getToken(): Promise<{ reveal(): string }>
}

/** What is particular of a provider. */
interface ConnectedOptions<Provider, Clock extends MovedClock, Pending, Inputs extends object> {
  readonly clock: Clock
  readonly simulate: (options: { readonly clock: Clock; readonly credentials: Application }) => AskingServer
  readonly provider: (options: { readonly server: URL }) => Provider
  readonly create: (
    options: Keys & Inputs & { readonly server: URL; readonly fetch: Send },
  ) => ConnectingClient<Pending>
  readonly apiPath: string
  /** Inputs besides the keys of the application. */
  readonly inputs: Inputs
}

/** A world of `providerConformance()`, of a provider whose account a person has connected. */
export interface ConnectedWorld<Provider, Clock extends MovedClock, Inputs extends object> {
  readonly provider: Provider
  readonly credentials: Keys & Inputs
  readonly wrongCredentials: Keys & Inputs
  readonly seed: { readonly accessToken: string; readonly refreshToken: string }
  readonly apiPath: string
  readonly tokenType: string
  readonly fetch: Send
  readonly clock: Clock
  readonly control: Control
}

/** Opens one. Its tests begin with what a person's consent brings. */
export async function connectedWorld<Provider, Clock extends MovedClock, Pending, Inputs extends object>(
  options: ConnectedOptions<Provider, Clock, Pending, Inputs>,
): Promise<ConnectedWorld<Provider, Clock, Inputs>> {
  const { clock, simulate, provider, apiPath, inputs } = options
  const server = simulate({ clock, credentials: newApplication() })
  const { clientId, clientSecret = '' } = server.credentials
  const credentials = { ...inputs, clientId, clientSecret }
  const seed = await agreed(server, credentials, options)
  return {
    provider: provider({ server: server.url }),
    credentials,
    wrongCredentials: { ...credentials, clientSecret: 'not-the-right-secret' },
    seed,
    apiPath,
    tokenType: '/token_type',
    fetch: server.fetch,
    clock,
    control: controlOf(server, clock),
  }
}

/** A person agrees, as in an application. */
async function agreed<Provider, Clock extends MovedClock, Pending, Inputs extends object>(
  server: AskingServer,
  credentials: Keys & Inputs,
  { create }: ConnectedOptions<Provider, Clock, Pending, Inputs>,
): Promise<{ accessToken: string; refreshToken: string }> {
  let answer = ''
  await using client = create({
    ...credentials,
    server: server.url,
    async fetch(...request) {
      const response = await server.fetch(...request)
      answer = await response.clone().text()
      return response
    },
  })
  const [redirectUri = ''] = server.credentials.redirectUris ?? []
  const { url, pending } = await client.consent.begin({ redirectUri })
  await client.consent.finish({ url: await server.consent(url, { allow: true }), pending })
  // No client hands it out.
  const { refresh_token: refreshToken }: { refresh_token: string } = JSON.parse(answer)
  return { accessToken: (await client.getToken()).reveal(), refreshToken }
}
