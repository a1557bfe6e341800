import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { connect, type Server, type Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { type Certificates, makeCertificates } from './certificates.ts'

/** A simulated Bitize behind real TLS, and a proxy, all on this machine. */
export interface SimulatedNetwork {
  /** Where Bitize listens. */
  readonly url: URL
  /** The same server under a host name that only the proxy knows. */
  readonly hostUrl: URL
  /** The proxy's URL. */
  readonly proxy: string
  /** What the proxy was asked to connect to, oldest first. */
  readonly tunnels: readonly string[]
  /** Everything that passed through the proxy, as it saw it. */
  readonly passed: () => string
  readonly certificates: Certificates
  readonly credentials: BitizeSimulator['credentials']
  readonly simulator: BitizeSimulator
}

const HOST = 'api.bitize.test'

/** Runs a program with such a network. */
export async function withSimulatedNetwork(
  { asksForCertificate = false }: { asksForCertificate?: boolean },
  program: (network: SimulatedNetwork) => Promise<void>,
): Promise<void> {
  const simulator = simulateBitize()
  const certificates = makeCertificates(HOST)
  const { ca, serverCert: cert, serverKey: key } = certificates
  const tls = { ca, cert, key, requestCert: asksForCertificate, rejectUnauthorized: asksForCertificate }
  const api = createHttpsServer(tls, async (incoming, outgoing) => {
    const { method = 'GET', headersDistinct } = incoming
    const bytes = await buffer(incoming)
    const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    )
    const url = new URL(incoming.url ?? '/', simulator.url)
    const response = await simulator.fetch(url, { method, headers, ...(bytes.length > 0 && { body: bytes }) })
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  })
  const port = await listening(api)

  const tunnels: string[] = []
  const passed: string[] = []
  const sockets = new Set<Socket>()
  const proxy = createHttpServer((_, outgoing) => outgoing.writeHead(405).end())
  proxy.on('connect', (incoming, socket: Socket) => {
    tunnels.push(incoming.url ?? '')
    passed.push(JSON.stringify(incoming.headers))
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      socket.on('data', (chunk: Buffer) => passed.push(chunk.toString('latin1')))
      onward.pipe(socket).pipe(onward)
    })
    for (const end of [onward, socket]) {
      sockets.add(end)
      end.on('error', () => end.destroy())
    }
  })
  const proxyPort = await listening(proxy)
  try {
    await program({
      url: new URL(`https://127.0.0.1:${port}`),
      hostUrl: new URL(`https://${HOST}`),
      proxy: `http://127.0.0.1:${proxyPort}`,
      tunnels,
      passed: () => passed.join(''),
      certificates,
      credentials: simulator.credentials,
      simulator,
    })
  } finally {
    for (const socket of sockets) socket.destroy()
    api.closeAllConnections()
    proxy.closeAllConnections()
    for (const server of [api, proxy]) server.close()
  }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port')
  return address.port
}
