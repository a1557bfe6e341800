import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect, type Server, type Socket } from 'node:net'
import { type BitizeSimulator, simulateBitize } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
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
  const api = await listen(simulator, { tls: { cert, key, ...(asksForCertificate && { clientCertificates: { ca } }) } })

  const tunnels: string[] = []
  const passed: string[] = []
  const sockets = new Set<Socket>()
  const proxy = createServer((_, outgoing) => outgoing.writeHead(405).end())
  proxy.on('connect', (incoming, socket: Socket) => {
    tunnels.push(incoming.url ?? '')
    passed.push(JSON.stringify(incoming.headers))
    const onward = connect(Number(api.url.port), '127.0.0.1', () => {
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
      url: api.url,
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
    proxy.closeAllConnections()
    proxy.close()
    await api.close()
  }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port')
  return address.port
}
