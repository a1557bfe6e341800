import { type MercadoLivreSimulator, simulateMercadoLivre } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import type { MovedClock } from './moved-clock.ts'

/** The application that the sellers connect to. */
export const APPLICATION = {
  clientId: '4934588586838432',
  clientSecret: 'the secret of a made-up application',
  redirectUris: ['https://shop.example/callback'],
} as const

/** How many refresh tokens the provider received once, twice and more often. */
interface RefreshTokenCounts {
  readonly once: number
  readonly twice: number
  readonly more: number
}

/** Mercado Livre, simulated behind real HTTP, and what it counts. */
export interface SimulatedProvider extends AsyncDisposable {
  readonly url: string
  readonly simulator: MercadoLivreSimulator
  /** Token calls since the last {@link startCounting}. */
  tokenCalls(): number
  startCounting(): void
  /**
   * Calls back once, when as many token calls have come since {@link startCounting} and one of that process arrives. Until
   * then the calls of others wait, so that the others don't finish everything before.
   */
  onTokenCall(from: string, tokenCalls: number, then: () => void): void
  /** Token calls of that process since {@link startCounting} that were answered, and whose token the API never saw. */
  answeredInVain(from: string): number
  refreshTokens(): RefreshTokenCounts
}

export async function startProvider(sellers: readonly string[], clock: MovedClock): Promise<SimulatedProvider> {
  const simulator = simulateMercadoLivre({ clock, credentials: APPLICATION, accounts: sellers })
  let tokenCalls = 0
  let issued: { readonly from: string; readonly accessToken: string }[] = []
  let watch = async (_from: string): Promise<void> => {}
  const used = new Set<string>()

  const server = await listen({
    url: simulator.url,
    servedAt: (url) => simulator.servedAt(url),
    async fetch(input, init) {
      const request = new Request(input, init)
      const from = request.headers.get('user-agent') ?? ''
      used.add(request.headers.get('authorization')?.replace('Bearer ', '') ?? '')
      const isTokenCall = new URL(request.url).pathname === '/oauth/token'
      if (isTokenCall) {
        tokenCalls += 1
        await watch(from)
      }
      const response = await simulator.fetch(request)
      if (isTokenCall && response.ok) issued.push({ from, accessToken: (await response.clone().json()).access_token })
      return response
    },
  })
  return {
    url: server.url.href,
    simulator,
    tokenCalls: () => tokenCalls,
    startCounting() {
      tokenCalls = 0
      issued = []
    },
    onTokenCall(name, calls, then) {
      let go = (): void => {}
      const gone = new Promise<void>((resolve) => {
        go = resolve
      })
      watch = async (from) => {
        if (tokenCalls < calls) return
        if (from !== name) return gone
        watch = async () => {}
        then()
        go()
      }
    },
    answeredInVain: (name) => issued.filter(({ from, accessToken }) => from === name && !used.has(accessToken)).length,
    refreshTokens: () => countRefreshTokens(simulator),
    [Symbol.asyncDispose]: () => server.close(),
  }
}

/** From the simulator's own log, which knows each token by its place in the history of a consent. */
function countRefreshTokens({ requests }: MercadoLivreSimulator): RefreshTokenCounts {
  const times = new Map<string, number>()
  for (const { operation, token } of requests) {
    if (operation !== 'issueToken' || token === undefined) continue
    const name = `${token.family}/${token.generation}`
    times.set(name, (times.get(name) ?? 0) + 1)
  }
  const all = [...times.values()]
  return {
    once: all.filter((each) => each === 1).length,
    twice: all.filter((each) => each === 2).length,
    more: all.filter((each) => each > 2).length,
  }
}
