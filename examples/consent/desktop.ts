// A program on a person's machine: it opens the browser and waits on 127.0.0.1 for the answer (RFC 8252 §7.3).
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { TokenSource } from '@chaveiro/core'

/** How a person is asked on this machine. */
export interface DesktopConsentOptions {
  account: Pick<TokenSource, 'consent'>
  /**
   * The path of the redirect URI. Register `http://127.0.0.1/<path>` at the provider; only the port may differ. Each
   * provider and server needs its own.
   */
  path: string
  /** Opens the person's browser. */
  open: (url: string) => void | Promise<void>
  /** Ends the wait. @default after ten minutes */
  signal?: AbortSignal | undefined
}

/**
 * Connects an account and resolves when that is done.
 * @throws {ChaveiroError} with `consent: true` where another try helps; the signal's reason when that aborts.
 */
export async function connectOnDesktop({ account, path, open, signal }: DesktopConsentOptions): Promise<void> {
  const server = createServer()
  // Not localhost: what that name leads to depends on the machine (RFC 8252 §8.3).
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const redirectUri = `http://127.0.0.1:${portOf(server)}${path}`
  try {
    const { url, pending } = await account.consent.begin({ redirectUri })
    const answered = answerAt(server, redirectUri, signal ?? AbortSignal.timeout(600_000))
    // Awaited below; until then its rejection must not count as unhandled.
    answered.catch(() => {})
    await open(url)
    const { callback, response } = await answered
    const failure = await account.consent.finish({ url: callback, pending }).then(
      () => undefined,
      (error: unknown) => ({ error }),
    )
    await say(
      response,
      failure ? 'The account was not connected.' : 'The account is connected. You can close this page.',
    )
    if (failure) throw failure.error
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

interface Answer {
  readonly callback: string
  readonly response: ServerResponse
}

/** The first request to the redirect URI. Every other one is answered with 404. */
function answerAt(server: Server, redirectUri: string, signal: AbortSignal): Promise<Answer> {
  const { host, pathname, origin } = new URL(redirectUri)
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    if (signal.aborted) reject(signal.reason)
    let isAnswered = false
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const address = request.url ?? ''
      // A page that made its own name lead here sends that name as the host.
      const isOurs = request.headers.host === host && address.split('?', 1)[0] === pathname && request.method === 'GET'
      if (!isOurs || isAnswered) {
        response.writeHead(404).end()
        return
      }
      isAnswered = true
      resolve({ callback: `${origin}${address}`, response })
    })
  })
}

async function say(response: ServerResponse, text: string): Promise<void> {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', connection: 'close' }
  response.writeHead(200, headers).end(`<!doctype html><p>${text}</p>`)
  await once(response, 'close')
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  return address.port
}
