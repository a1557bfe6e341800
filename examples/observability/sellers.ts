import { createServer } from 'node:http'
import { bitizeProvider } from '@chaveiro/bitize'
import { createTokenManager, type Fetch } from '@chaveiro/core'
import { instrument } from '@chaveiro/opentelemetry'
import { simulateBitize } from '@chaveiro/simulator'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'

/** A program that serves a hundred sellers, and that Prometheus can read. */
export interface Sellers extends AsyncDisposable {
  /** Where its metrics are: `http://127.0.0.1:<port>/metrics`. */
  readonly port: number
  /** For metrics of other managers. */
  readonly meter: ReturnType<MeterProvider['getMeter']>
  /** Makes one API request for each of these sellers. */
  serve(names: readonly string[]): Promise<void>
  /** From now on, whatever renews this seller's token fails. */
  fail(name: string, trouble: Trouble): void
}

/** The keys are wrong, the token endpoint is out of order, or it asks for an hour without calls. */
type Trouble = 'keys' | 'outage' | 'limit'

/** The names of all sellers. */
export const SELLERS: readonly string[] = Array.from({ length: 100 }, (_, index) => `seller-${index + 1}`)

/**
 * Starts the program against a simulated Bitize, whose tokens live for a day, or as long as you say. All sellers are well
 * until `fail()` says otherwise.
 */
export async function startSellers(accessTokenLifetimeMs = 86_400_000): Promise<Sellers> {
  // What your program has: an SDK, here with Prometheus' exporter behind a server of our own, on a free port.
  const exporter = new PrometheusExporter({ preventServerStart: true })
  const metering = new MeterProvider({ readers: [exporter] })
  const meter = metering.getMeter('sellers')
  const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.address()

  // Refresh tokens end at once, so every renewal uses the keys.
  const bitize = simulateBitize({ accessTokenLifetimeMs, refreshTokenLifetimeMs: 1_000 })
  for (const name of SELLERS) bitize.register(keysOf(name))
  const troubles = new Map<string, Trouble>()
  const fetch: Fetch = async (input, init) => {
    const body = typeof init?.body === 'string' ? init.body : ''
    const name = [...troubles.keys()].find((one) => body.includes(keysOf(one).consumerKey))
    const trouble = name === undefined ? undefined : troubles.get(name)
    if (trouble === 'outage') return new Response(null, { status: 503 })
    if (trouble === 'limit') return new Response(null, { status: 429, headers: { 'retry-after': '3600' } })
    return bitize.fetch(input, init)
  }
  const tokens = createTokenManager({
    provider: bitizeProvider({ server: bitize.url }),
    credentials: ({ tenant }) => ({
      ...keysOf(tenant),
      ...(troubles.get(tenant) === 'keys' && { secretKey: 'wrong' }),
    }),
    fetch,
  })
  const stop = instrument(tokens, { meter, accounts: true })

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    meter,
    async serve(names) {
      await Promise.allSettled(names.map((name) => tokens.account(name).fetch('/vendors')))
    },
    fail: (name, trouble) => void troubles.set(name, trouble),
    async [Symbol.asyncDispose]() {
      stop()
      await tokens.close()
      await metering.shutdown()
      server.close()
    },
  }
}

function keysOf(name: string): { readonly consumerKey: string; readonly secretKey: string } {
  return {
    consumerKey: `00000000-0000-4000-8000-${String(SELLERS.indexOf(name) + 1).padStart(12, '0')}`,
    secretKey: `secret-of-${name}`,
  }
}
