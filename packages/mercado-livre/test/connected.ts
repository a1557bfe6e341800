import { FakeClock } from '@chaveiro/core/testing'
import { createMercadoLivre, type MercadoLivre, type MercadoLivreOptions } from '@chaveiro/mercado-livre'
import { type MercadoLivreSimulator, type OAuthSimulatorOptions, simulateMercadoLivre } from '@chaveiro/simulator'

/** An account that a person has connected, on a clock that the test moves by hand. */
export interface Connected extends AsyncDisposable {
  readonly clock: FakeClock
  readonly simulator: MercadoLivreSimulator
  readonly mercadoLivre: MercadoLivre
  /** Where the person was sent. */
  readonly page: URL
  /** Every request that left, as it left. */
  readonly sent: readonly SentRequest[]
}

interface SentRequest {
  readonly url: URL
  readonly headers: Headers
  readonly body: string
}

export async function connected(
  options: Partial<MercadoLivreOptions> = {},
  provider: OAuthSimulatorOptions = {},
): Promise<Connected> {
  const clock = new FakeClock({ now: Date.UTC(2026, 0, 15, 12) })
  // One for each server (RFC 9700 §4.4).
  const redirectUri = `http://127.0.0.1/callback/${options.server ?? 'simulated'}`
  const credentials = {
    clientId: 'application',
    clientSecret: 'secret of the application',
    redirectUris: [redirectUri],
  }
  const simulator = simulateMercadoLivre({ clock, credentials, ...provider })
  const { clientId, clientSecret = '' } = simulator.credentials
  const sent: SentRequest[] = []
  const mercadoLivre = createMercadoLivre({
    server: simulator.url,
    clientId,
    clientSecret,
    clock,
    random: () => 0,
    async fetch(input, init) {
      const request = new Request(input, init)
      const url = new URL(request.url)
      sent.push({ url, headers: request.headers, body: await request.clone().text() })
      // A documented server is simulated too: its path is below the simulator's.
      const path = new URL(url.pathname.replace(BELOW, '') + url.search, simulator.url)
      return simulator.fetch(path, {
        method: request.method,
        headers: request.headers,
        body: request.method === 'GET' ? null : await request.text(),
        signal: request.signal,
      })
    },
    ...options,
  })
  const { url, pending } = await mercadoLivre.consent.begin({ redirectUri })
  await mercadoLivre.consent.finish({ url: await simulator.consent(url, { allow: true }), pending })
  return { clock, simulator, mercadoLivre, page: new URL(url), sent, [Symbol.asyncDispose]: () => mercadoLivre.close() }
}

// Of the documented servers, which have paths.
const BELOW = /^$/
