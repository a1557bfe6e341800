import { lookup } from 'node:dns/promises'
import type { ClientCertificate, Fetch } from '@chaveiro/core'
import { fetchOf } from '../network/fetch.ts'
import { proxyFor } from '../network/proxy.ts'
import type { Session } from '../session/session.ts'
import { formatDuration } from '../session/times.ts'
import { codeOf, type Finding, fine, trouble } from './finding.ts'

const PATIENCE_MS = 10_000
// A date header has whole seconds, and an answer takes a while; what is under this harms no token.
const TOLERABLE_SKEW_MS = 30_000

/** DNS, TLS and the clock, as one server sees them. Sends nothing but `HEAD /`, with the certificate of an account that has one. */
export async function checkServer(
  session: Session,
  server: URL,
  certificate?: () => Promise<ClientCertificate>,
): Promise<readonly Finding[]> {
  const dns = await checkDns(session, server)
  if (!dns.ok) return [dns]
  try {
    const plain: Fetch = (await fetchOf(session, server, certificate !== undefined)) ?? fetch
    const send = (certificate && plain.presenting?.(await certificate())) ?? plain
    const sentAt = Date.now()
    const response = await send(new URL('/', server), {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    await response.body?.cancel()
    return [dns, checkConnection(session, server), checkClock(session, response, sentAt, server)]
  } catch (error) {
    return [dns, connectionTrouble(session, server, codeOf(error))]
  }
}

async function checkDns({ env, texts }: Session, server: URL): Promise<Finding> {
  const { doctor } = texts.messages
  const { hostname } = server
  if (proxyFor(server, env) !== undefined) return fine('dns', doctor.dnsByProxy(hostname))
  try {
    const { address } = await lookup(hostname.replace(/^\[|\]$/g, ''))
    return fine('dns', doctor.resolves(hostname, address))
  } catch (error) {
    return trouble('dns', doctor.resolvesNot(hostname, codeOf(error)), doctor.fixDns)
  }
}

function checkConnection({ texts }: Session, { protocol, origin }: URL): Finding {
  const { doctor } = texts.messages
  return fine('tls', protocol === 'https:' ? doctor.tlsTrusted(origin) : doctor.plainLoopback(origin))
}

function connectionTrouble({ texts }: Session, { origin }: URL, code: string): Finding {
  const { doctor } = texts.messages
  // An alert is what the server says of us (RFC 8446 §6.2).
  const { certificate } = texts.connection
  if (/ALERT_.*(?:CERT|UNKNOWN_CA|ACCESS_DENIED)|CLOSED_AFTER_HANDSHAKE/.test(code))
    return trouble('tls', certificate.refused(origin, code), certificate.fixRefused)
  const isCertificate = /CERT|SELF_SIGNED|ISSUER|ALTNAME|SSL|TLS/.test(code)
  if (isCertificate) return trouble('tls', doctor.tlsUntrusted(origin, code), doctor.fixTls)
  return trouble('tls', doctor.unreachable(origin, code), doctor.fixNetwork)
}

function checkClock({ texts }: Session, response: Response, sentAt: number, { origin }: URL): Finding {
  const { doctor } = texts.messages
  const theirs = Date.parse(response.headers.get('date') ?? '')
  if (Number.isNaN(theirs)) return fine('clock', doctor.clockUnknown(origin))
  const ours = (sentAt + Date.now()) / 2
  const skew = ours - theirs
  const amount = formatDuration(Math.abs(skew))
  if (Math.abs(skew) <= TOLERABLE_SKEW_MS) return fine('clock', doctor.clockRight(origin))
  return trouble(
    'clock',
    skew > 0 ? doctor.clockAhead(amount, origin) : doctor.clockBehind(amount, origin),
    doctor.fixClock,
  )
}
