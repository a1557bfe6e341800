import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type OAuthSimulator, type OAuthSimulatorOptions, simulateOAuth } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { onTestFinished } from 'vitest'
import { type Home, newHome, type Outcome, type Running } from './home.ts'

const TELL = fileURLToPath(new URL('tell-address.mjs', import.meta.url))

export const CLIENT = { clientId: 'shop', clientSecret: 'the-secret-of-the-shop' }

/** A home folder, a simulated provider that asks a person, and what the command opens in a browser. */
export interface ConsentScene {
  readonly home: Home
  readonly simulator: OAuthSimulator
  readonly env: Readonly<Record<string, string>>
  readonly run: (words: readonly string[], env?: Readonly<Record<string, string>>, stdin?: string) => Promise<Outcome>
  /** With a stdin that stays open. */
  readonly start: (words: readonly string[], env?: Readonly<Record<string, string>>) => Running
  /** The next address that the command opens. */
  readonly opened: () => Promise<URL>
}

export async function consentScene(main: string, options: OAuthSimulatorOptions = {}): Promise<ConsentScene> {
  const home = newHome()
  const redirectUris = ['http://127.0.0.1/asking/production', 'https://shop.example/callback']
  const simulator = simulateOAuth({ pkce: 'required', ...options, credentials: { ...CLIENT, redirectUris } })
  const provider = await listen(simulator)
  onTestFinished(() => provider.close())
  const { browser, opened } = await browserPost()
  const env = {
    TEST_PROVIDER: provider.url.origin,
    ASKING_CLIENT_ID: CLIENT.clientId,
    ASKING_CLIENT_SECRET: CLIENT.clientSecret,
    BROWSER: browser,
  }
  return {
    home,
    simulator,
    env,
    run: (words, more = {}, stdin = '') => home.run(words, { main, env: { ...env, ...more }, stdin }),
    start: (words, more = {}) => home.start(words, { main, env: { ...env, ...more }, keepStdin: true }),
    opened,
  }
}

/** What `$BROWSER` is set to, and the addresses that are opened with it. */
export async function browserPost(): Promise<{ browser: string; opened: () => Promise<URL> }> {
  const waiting: ((url: URL) => void)[] = []
  const arrived: URL[] = []
  const server = createServer(async (request, response) => {
    const url = new URL(await text(request))
    response.end()
    const next = waiting.shift()
    if (next === undefined) arrived.push(url)
    else next(url)
  })
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const place = server.address()
  const port = typeof place === 'object' && place !== null ? place.port : 0
  const opened = (): Promise<URL> => {
    const first = arrived.shift()
    return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first)
  }
  return { browser: `${process.execPath} ${TELL} http://127.0.0.1:${port}/`, opened }
}

/** The person decides on the page; where the provider sends the browser then. */
export async function decide(page: URL, decision: 'allow' | 'deny' = 'allow'): Promise<URL> {
  const response = await fetch(page, { method: 'POST', body: new URLSearchParams({ decision }), redirect: 'manual' })
  return new URL(response.headers.get('location') ?? `about:${response.status}`)
}
