import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { nodeFetch } from '@chaveiro/core/node'
import { onTestFinished } from 'vitest'
import { PROVIDERS } from '../../../src/providers/registry.ts'
import { Call } from '../../../src/serve/door/call.ts'
import type { PathRule, ProxyOutcome, ServedAccount } from '../../../src/serve/proxy/exchange.ts'
import { forward } from '../../../src/serve/proxy/forward.ts'

export const MOUNT = '/v1/proxy/bitize/default'
export const SECRET_KEY = 'a-secret/key+of=bitize'

/** What the API got. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface ProxiedApi {
  /** Of the proxy, with the mount. */
  readonly url: string
  readonly port: number
  /** Of the API. */
  readonly apiUrl: string
  /** Requests of the API, without token calls. */
  readonly received: readonly Received[]
  readonly tokens: readonly string[]
  readonly outcomes: readonly ProxyOutcome[]
  /** Ends all calls that are under way. */
  readonly stop: () => void
}

interface Options {
  readonly rules?: readonly PathRule[]
  readonly holdsTokens?: boolean
  /** Where the API is below its host. */
  readonly folder?: string
  /** Opens the account. @default Bitize */
  readonly open?: (server: URL) => Promise<Pick<ServedAccount, 'facts' | 'client'>>
  /** Answers requests whose bodies are not read first. */
  readonly early?: (request: IncomingMessage, response: ServerResponse) => boolean
}

/** An API on loopback that issues tokens as Bitize does, and the proxy in front of it. */
export async function proxiedApi(
  answer: (received: Received, response: ServerResponse) => void,
  { rules = [], holdsTokens = false, folder = '', open = openBitize, early = () => false }: Options = {},
): Promise<ProxiedApi> {
  const received: Received[] = []
  const tokens: string[] = []
  const apiUrl = await listening(async (request, response) => {
    const { method = '', url = '', headers } = request
    if (url.split('?', 1)[0] === `${folder}/auth`) return issue(response, tokens)
    if (early(request, response)) return
    const body = await text(request).catch(() => 'broken off')
    const one = { method, url, headers, body }
    received.push(one)
    answer(one, response)
  })
  const { facts, client } = await open(new URL(apiUrl + folder))
  onTestFinished(() => client.close())
  const account = { provider: 'bitize', name: 'default', facts, client, secrets: () => [SECRET_KEY, ...tokens] }
  const outcomes: ProxyOutcome[] = []
  const calls = new Set<Call>()
  const proxyUrl = await listening(async (request, response) => {
    const target = (request.url ?? '').slice(MOUNT.length)
    const call = new Call(request, response)
    calls.add(call)
    const now = (): number => Date.now()
    const exchange = { call, account, rules, target, holdsTokens, now, mount: MOUNT }
    outcomes.push(await forward(exchange))
  })
  const stop = (): void => {
    for (const call of calls) call.abort('by the server')
  }
  return { url: proxyUrl + MOUNT, port: Number(new URL(proxyUrl).port), apiUrl, received, tokens, outcomes, stop }
}

async function openBitize(server: URL): Promise<Pick<ServedAccount, 'facts' | 'client'>> {
  const { bitize: provider } = PROVIDERS
  if (provider === undefined) throw new TypeError('The registry has Bitize.')
  const send = nodeFetch()
  onTestFinished(() => send[Symbol.asyncDispose]())
  const inputs = { consumerKey: 'a-consumer-key', secretKey: SECRET_KEY }
  return {
    facts: await provider.facts(),
    client: await provider.open(inputs, { place: { server: server.href }, fetch: send }),
  }
}

function issue(response: ServerResponse, tokens: string[]): void {
  const token = `access/token+${tokens.length}-${'x'.repeat(40)}`
  tokens.push(token)
  const later = new Date(Date.now() + 900_000).toISOString()
  response.setHeader('content-type', 'application/json')
  response.end(
    JSON.stringify({
      access_token: token,
      expiration_access_token: later,
      refresh_token: `refresh-${tokens.length}`,
      expiration_refresh_token: later,
    }),
  )
}

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

/** Sends these bytes as they are, and reads until the proxy ends the connection. */
export async function raw(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(request, 'latin1')
  return text(socket).catch(() => 'connection broken')
}

/** A request whose target no client has touched. */
export function rawGet(port: number, target: string, method = 'GET'): Promise<string> {
  return raw(port, `${method} ${MOUNT}${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
}
