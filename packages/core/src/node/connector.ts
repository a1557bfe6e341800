import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'
import { isError } from '../brands.ts'
import { CLOSED_EARLY, describeRefusal, isRefusal } from './certificate-refusal.ts'
import type { LoadedCertificate } from './loaded-certificate.ts'
import { codeOf, notSent } from './not-sent.ts'
import { tunnel } from './tunnel.ts'

/** How connections are made. */
export interface ConnectorOptions {
  /** What is presented to servers that ask for a certificate. */
  readonly certificate: LoadedCertificate | undefined
  /** The authorities to trust, in PEM. @default those that Node trusts */
  readonly ca: string[] | undefined
  readonly http2: boolean
  /** The proxy on the way to an origin. */
  readonly proxyFor: (origin: URL) => URL | undefined
}

// Under TLS 1.3 the client is done first: a server that refuses its certificate says so one way later (RFC 8446 §4.4.2.4).
// Servers send tickets once they have accepted; this is for those that send none.
// By the platform's clock, as all that undici waits for: it is the time of a real connection.
const SHORTEST_WAIT_MS = 250
const AFTER_TICKET_MS = 5

/**
 * Connects, through a proxy where there is one. An error of this function always means: not sent. Nothing leaves on a
 * connection before the server has had the time to refuse our certificate.
 */
export function connector({ certificate, ca, http2, proxyFor }: ConnectorOptions): buildConnector.connector {
  const trust = ca === undefined ? {} : { ca }
  const connect = buildConnector({ allowH2: http2, ...(certificate ? { secureContext: certificate.context } : trust) })
  const explained = (error: unknown): Error => {
    const code = codeOf(error)
    const isRefused = isRefusal(code) || (certificate !== undefined && isCutOff(error))
    return notSent(error, isRefused ? describeRefusal(code, certificate, Date.now()) : undefined)
  }
  const open = async (target: buildConnector.Options): Promise<Socket> => {
    const proxy = proxyFor(new URL(`${target.protocol}//${target.host ?? target.hostname}`))
    const httpSocket = proxy && (await tunnel(proxy, target, ca))
    if (httpSocket && target.protocol !== 'https:') return httpSocket
    const startedAt = performance.now()
    const socket = await connected(connect, httpSocket ? { ...target, httpSocket } : target)
    if (!(socket instanceof TLSSocket) || socket.getProtocol() !== 'TLSv1.3') return socket
    if (certificate) await accepted(socket, 2 * (performance.now() - startedAt))
    // A refusal that comes later still says that nothing was read.
    socket.prependListener('error', (error) => {
      if (isRefusal(codeOf(error))) explained(error)
    })
    return socket
  }
  const dial = async (target: buildConnector.Options, callback: buildConnector.Callback): Promise<void> => {
    let socket: Socket
    try {
      socket = await open(target)
    } catch (error) {
      return callback(explained(error), null)
    }
    callback(null, socket)
  }
  return (target, callback) => void dial(target, callback)
}

/** Under TLS 1.2 a server that closes without an alert has not finished the handshake. */
function isCutOff(error: unknown): boolean {
  return isError(error) && error.message.includes('before secure TLS connection was established')
}

function connected(connect: buildConnector.connector, target: buildConnector.Options): Promise<Socket> {
  return new Promise((resolve, reject) => {
    connect(target, (error, socket) => (socket ? resolve(socket) : reject(error)))
  })
}

/** Resolves when the server has accepted the client's certificate, as far as that shows. */
async function accepted(socket: TLSSocket, waitMs: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let timer = setTimeout(settle, Math.max(waitMs, SHORTEST_WAIT_MS))
    // Node's own servers send tickets first, and close without an alert.
    const onTicket = (): void => {
      clearTimeout(timer)
      timer = setTimeout(settle, AFTER_TICKET_MS)
    }
    const onClose = (): void =>
      settle(Object.assign(new Error('The server closed the connection.'), { code: CLOSED_EARLY }))
    socket.once('session', onTicket).once('error', settle).once('end', onClose).once('close', onClose)
    function settle(error?: unknown): void {
      clearTimeout(timer)
      socket.off('session', onTicket).off('error', settle).off('end', onClose).off('close', onClose)
      if (error === undefined) resolve()
      else reject(error)
    }
  })
}
