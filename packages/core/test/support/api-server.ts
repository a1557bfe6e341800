import type { ServerResponse } from 'node:http'
import { createTokenManager, type TokenEvent, type TokenManagerOptions, type TokenSource } from '@chaveiro/core'
import { onTestFinished } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { httpServer, type Received } from '../retry/loopback.ts'
import { countingProvider } from './counting-provider.ts'
import type { ProviderChanges } from './provider-changes.ts'

/** An API on loopback and a source whose tokens are made in process: what is looked at is the API's side. */
export interface ApiServer {
  readonly url: URL
  readonly source: TokenSource
  readonly clock: FakeClock
  readonly received: Received[]
  readonly events: TokenEvent[]
  /** Token calls so far. They give `token-1`, `token-2` and so on. */
  readonly renewals: () => number
}

export interface ApiServerOptions {
  /** The first so many requests get a 401. */
  refusals?: number
  /** The body of a 401 never ends. */
  endless?: boolean
  /** Answers what is not refused. @default 200 with the text ok */
  answer?: (response: ServerResponse, request: Received, nth: number) => void
  /** A path that the server's URL has. */
  path?: string
  provider?: ProviderChanges<object>
  manager?: Partial<TokenManagerOptions<object>>
}

export async function apiServer(options: ApiServerOptions): Promise<ApiServer> {
  const { refusals = 0, endless = false, answer = (response) => void response.end('ok') } = options
  const { url, received } = await httpServer((response, request, nth) => {
    if (nth > refusals) return answer(response, request, nth)
    response.writeHead(401)
    if (endless) response.write('refused')
    else response.end('refused')
  })
  const clock = new FakeClock()
  const server = new URL(`${url}${options.path ?? ''}`)
  const events: TokenEvent[] = []
  let renewals = 0
  const manager = createTokenManager({
    provider: countingProvider(
      server,
      () => {
        renewals += 1
        return renewals
      },
      options.provider,
    ),
    credentials: () => ({}),
    clock,
    random: () => 0,
    retry: { baseMs: 0, throttleBaseMs: 0 },
    ...options.manager,
  })
  manager.on((event) => void events.push(event))
  onTestFinished(() => manager.close().catch(() => {}))
  return { url: server, source: manager.account('one'), clock, received, events, renewals: () => renewals }
}
