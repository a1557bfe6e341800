// A program on a person's machine: it opens the browser and waits on 127.0.0.1 for the answer (RFC 8252 §7.3).
import { EventEmitter, once } from 'node:events'
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
  const browser = await listenForBrowser(path, signal ?? AbortSignal.timeout(600_000))
  try {
    const { url, pending } = await account.consent.begin({ redirectUri: browser.redirectUri })
    await open(url)
    await account.consent.finish({ url: await browser.callback(), pending })
    await browser.say('The account is connected. You can close this page.')
  } catch (error) {
    await browser.say('The account was not connected.')
    throw error
  } finally {
    browser.close()
  }
}

/** The browser that the provider sends back. */
interface ReturningBrowser {
  readonly redirectUri: string
  /** The whole address that it comes with. Rejects when the signal aborts. */
  callback(): Promise<string>
  /** Shows it a text, if it came. */
  say(text: string): Promise<void>
  close(): void
}

// A browser asks for the page that it is sent to at once, or not at all.
const PATIENCE_MS = 5_000

/** One request to the redirect URI is answered, and then one for the page that says how it ended. */
async function listenForBrowser(path: string, signal: AbortSignal): Promise<ReturningBrowser> {
  const server = createServer()
  // Not localhost: what that name leads to depends on the machine (RFC 8252 §8.3).
  server.listen({ host: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${portOf(server)}`
  const arrivals = new EventEmitter<{ callback: [string]; page: [ServerResponse] }>()
  const callback = once(arrivals, 'callback', { signal })
  const page = once(arrivals, 'page')
  let isExpected: 'callback' | 'page' | 'nothing' = 'callback'
  // Awaited later; until then a rejection must not count as unhandled.
  callback.catch(() => {})
  server.on('request', ({ method, headers, url = '' }: IncomingMessage, response: ServerResponse) => {
    // A page that made its own name lead here sends that name as the host.
    const isOurs = method === 'GET' && headers.host === new URL(origin).host
    if (isOurs && isExpected === 'callback' && url.split('?', 1)[0] === path) {
      isExpected = 'page'
      // To an address without the code, which the address bar would keep.
      response.writeHead(303, { ...PRIVATE, location: '/' }).end()
      arrivals.emit('callback', `${origin}${url}`)
    } else if (isOurs && isExpected === 'page' && url === '/') {
      isExpected = 'nothing'
      arrivals.emit('page', response)
    } else {
      response.writeHead(404).end()
    }
  })
  return {
    redirectUri: `${origin}${path}`,
    async callback() {
      const [address] = await callback.catch((error: unknown) => {
        signal.throwIfAborted()
        throw error
      })
      return address
    },
    async say(text) {
      if (isExpected === 'callback') return
      const patience = AbortSignal.timeout(PATIENCE_MS)
      const [response] = await Promise.race([page, once(patience, 'abort').then((): ServerResponse[] => [])])
      if (response === undefined) return
      response.writeHead(200, { ...PRIVATE, 'content-type': 'text/html; charset=utf-8', connection: 'close' })
      response.end(`<!doctype html><title>${text}</title><p>${text}</p>`)
      await once(response, 'close')
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

const PRIVATE = { 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' }

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  return address.port
}
