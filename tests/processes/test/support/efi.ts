import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { simulateEfi } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { type MadeCertificate, makeCertificate } from '@chaveiro/test-servers'
import type { FleetClock } from './fleet-clock.ts'
import type { FleetProvider } from './fleet-provider.ts'

/** The sandbox of Efí over TLS: it takes no connection without a certificate of its own authority. */
export interface Efi extends FleetProvider {
  /** Logins that it received. */
  calls(): number
  /** Ends every token that it has issued. */
  endTokens(): void
  /** Replaces the certificate that the members present: it has so many days left, or is of the other environment. */
  present(which: { readonly daysLeft: number } | 'of production'): void
}

const KEYS = { clientId: 'client', clientSecret: 'secret of the client' }

/** Starts it. Its client is registered with each certificate that the members get. */
export async function startEfi(clock: FleetClock): Promise<Efi> {
  const [sandbox, production] = [makeCertificate('authority of the sandbox'), makeCertificate('authority')]
  const own = makeCertificate('server', { ca: sandbox })
  const folder = mkdtempSync(join(tmpdir(), 'efi-'))
  const certificate = { cert: join(folder, 'client.pem'), key: join(folder, 'client.key') }
  const simulator = simulateEfi({ clock: { now: () => clock.now() }, credentials: KEYS, certificate: 'token-and-api' })
  const server = await listen(simulator, {
    tls: { cert: own.cert, key: own.key, clientCertificates: { ca: sandbox.cert } },
  })
  const give = ({ cert, key, thumbprint }: MadeCertificate): void => {
    writeFileSync(certificate.key, key)
    writeFileSync(certificate.cert, cert)
    simulator.register({ ...KEYS, certificate: thumbprint })
  }
  const present: Efi['present'] = (which) =>
    which === 'of production'
      ? give(makeCertificate('client', { ca: production, days: 90 }))
      : give(makeCertificate('client', { ca: sandbox, days: which.daysLeft }))
  return {
    settings: {
      id: 'efi',
      server: server.url.href,
      inputs: KEYS,
      certificate,
      ca: sandbox.cert,
      tokenPath: '/oauth/token',
      apiPath: '/v2/cob',
    },
    issuedAt: () => simulator.tokens.at(-1)?.issuedAt ?? clock.now(),
    calls: () => simulator.count('issueToken'),
    endTokens: () => void simulator.revoke(),
    present,
    async [Symbol.asyncDispose]() {
      await server.close()
      rmSync(folder, { recursive: true })
    },
  }
}
