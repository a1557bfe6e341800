import { makeCertificate, type PemPair } from '../certificates.ts'
import { failureOf } from './failure-of.ts'

/** A server that asks for certificates, as `listen()` of the simulator takes it. */
interface DemandingTls extends PemPair {
  readonly clientCertificates: { readonly ca: string }
}

interface HandshakesOptions<Result> {
  /** The certificate of the client, which signed itself. */
  readonly certificate: PemPair
  /** Serves the simulator. */
  readonly serve: (tls: DemandingTls) => Promise<AsyncDisposable & { readonly url: URL }>
  /** Makes a client that presents a certificate and trusts `ca`, and uses it. */
  readonly call: (server: { readonly url: URL; readonly ca: string }, certificate: PemPair) => Promise<Result>
}

/** What two real handshakes end in: with the client's own certificate, and with one of another environment. */
export async function handshakes<Result>({ certificate, serve, call }: HandshakesOptions<Result>): Promise<{
  readonly own: Result
  readonly other: { readonly code: unknown; readonly message: string }
}> {
  const { cert, key } = makeCertificate('server')
  await using server = await serve({ cert, key, clientCertificates: { ca: certificate.cert } })
  const at = { url: server.url, ca: cert }
  const other = await failureOf(call(at, makeCertificate('another environment')))
  return { own: await call(at, certificate), other }
}
