import { EventEmitter, once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { EXIT } from '../session/exit-code.ts'
import { Failure } from '../session/failure.ts'
import type { Session } from '../session/session.ts'

/** The browser that a provider sends back to this machine (RFC 8252 §7.3). */
export interface ReturningBrowser {
  /** With the port that is listened at. */
  readonly redirectUri: string
  /** The whole address that the browser comes with: the first one counts. Rejects when the signal aborts. */
  callback(signal: AbortSignal): Promise<string>
  /** Shows it a sentence, if it came. */
  say(sentence: string): Promise<void>
  close(): void
}

// A browser asks for the page that it is sent to at once, or not at all.
const PATIENCE_MS = 5_000

// A code is in the callback's address, and nothing of another site belongs on the page.
const PRIVATE = {
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
}

/** Listens at a redirect URI on this machine. One request to it is answered, and one for the page that says how it ended. */
export async function listenForBrowser(session: Session, redirectUri: URL): Promise<ReturningBrowser> {
  const server = createServer()
  const port = await listen(session, server, Number(redirectUri.port))
  const host = `${redirectUri.hostname}:${port}`
  const arrivals = new EventEmitter<{ callback: [string]; page: [ServerResponse] }>()
  const came = once(arrivals, 'callback')
  const page = once(arrivals, 'page')
  let expected: 'callback' | 'page' | 'nothing' = 'callback'
  server.on('request', ({ method, headers, url = '' }: IncomingMessage, response: ServerResponse) => {
    // A page that made its own name lead here sends that name as the host.
    const isOurs = method === 'GET' && headers.host === host
    if (isOurs && expected === 'callback' && url.split('?', 1)[0] === redirectUri.pathname) {
      expected = 'page'
      // To an address without the code, which the address bar and the history would keep.
      response.writeHead(303, { ...PRIVATE, location: '/done' }).end()
      arrivals.emit('callback', `http://${host}${url}`)
    } else if (isOurs && expected === 'page' && url === '/done') {
      expected = 'nothing'
      arrivals.emit('page', response)
    } else {
      response.writeHead(404, PRIVATE).end()
    }
  })
  return {
    redirectUri: `http://${host}${redirectUri.pathname}${redirectUri.search}`,
    async callback(signal) {
      const [address] = await Promise.race([came, aborted(signal)])
      return address
    },
    async say(sentence) {
      if (expected === 'callback') return
      const patience = AbortSignal.timeout(PATIENCE_MS)
      const [response] = await Promise.race([page, once(patience, 'abort').then((): ServerResponse[] => [])])
      if (response === undefined) return
      response.writeHead(200, { ...PRIVATE, 'content-type': 'text/html; charset=utf-8', connection: 'close' })
      response.end(document(sentence, session.texts.language))
      await once(response, 'close')
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function listen({ texts }: Session, server: Server, port: number): Promise<number> {
  try {
    // Not `localhost`: where that name leads depends on the machine (RFC 8252 §8.3).
    server.listen({ host: '127.0.0.1', port })
    await once(server, 'listening')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new Failure(EXIT.usage, 'usage', texts.messages.portTaken(port, code))
  }
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : port
}

async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort')
  throw signal.reason
}

function document(sentence: string, language: string): string {
  const text = sentence.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
  const style =
    'body{font:1.25rem/1.5 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem;color-scheme:light dark}'
  return `<!doctype html><html lang="${language}"><meta name="viewport" content="width=device-width"><title>Chaveiro</title><style>${style}</style><p>${text}</p></html>`
}
