/** A simulated provider, as far as a person and a client meet it. */
interface AskingProvider {
  readonly url: URL
  readonly fetch: (input: URL, init: RequestInit) => Promise<Response>
  consent(page: string, decision: { allow: boolean }): Promise<string>
}

/** An account that a person has to connect. */
interface UnconnectedAccount<Pending> {
  readonly consent: {
    begin(options: { redirectUri: string }): Promise<{ url: string; pending: Pending }>
    finish(options: { url: string; pending: Pending }): Promise<unknown>
  }
}

/** A request as it left, secrets included. */
export interface SentRequest {
  readonly url: URL
  readonly headers: Headers
  readonly body: string
}

/** Where an application's requests go. */
export interface Line {
  /** Every request, as it left. */
  readonly sent: readonly SentRequest[]
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
}

/** An application that is registered with a provider. */
export interface Application {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUris: readonly [string]
}

let applications = 0

/** An application with a redirect URI that no other has, whichever provider and server it is for (RFC 9700 §4.4). */
export function newApplication(): Application {
  applications += 1
  return {
    clientId: 'application',
    clientSecret: 'secret of the application',
    redirectUris: [`http://127.0.0.1/callback/${applications}`],
  }
}

/**
 * A `fetch` that notes each request and has the simulator answer it, also one to a documented server.
 * @param below The beginning of a documented path that the simulator's paths don't have. @default none
 */
export function sendingTo(provider: AskingProvider, below?: RegExp): Line {
  const sent: SentRequest[] = []
  return {
    sent,
    async fetch(input, init) {
      const request = new Request(input, init)
      const { method, headers, signal } = request
      const url = new URL(request.url)
      const body = await request.text()
      sent.push({ url, headers, body })
      const path = below === undefined ? url.pathname : url.pathname.replace(below, '')
      return provider.fetch(new URL(path + url.search, provider.url), {
        method,
        headers,
        signal,
        body: method === 'GET' ? null : body,
      })
    },
  }
}

/** A person agrees on the provider's page. Returns where that person was sent. */
export async function agree<Pending>(
  provider: AskingProvider,
  { consent }: UnconnectedAccount<Pending>,
  redirectUri: string,
): Promise<URL> {
  const { url, pending } = await consent.begin({ redirectUri })
  await consent.finish({ url: await provider.consent(url, { allow: true }), pending })
  return new URL(url)
}
