import { type CertificateInput, createTokenManager, type Fetch } from '@chaveiro/core'
import { clientCertificates } from '@chaveiro/core/certificate'
import { defineProvider } from '@chaveiro/core/provider'
import { instrument } from '@chaveiro/opentelemetry'
import type { Sellers } from '../../../observability/sellers.ts'

const DAY_MS = 86_400_000

const bank = defineProvider<{ certificate: CertificateInput }>({
  id: 'bank',
  server: new URL('https://bank.example'),
  refreshKind: 'reusable',
  repeat: 'free',
  inputs: { certificate: { description: 'The certificate.', kind: 'certificate', secret: true } },
  certificates: clientCertificates<{ certificate: CertificateInput }>(),
  async refresh(io, _, { certificate }) {
    await io.presenting(certificate)('https://bank.example/token')
    return { accessToken: 'made-up', expiresAt: io.now + DAY_MS }
  },
})

const PEM = {
  cert: '-----BEGIN CERTIFICATE-----\nmade up\n-----END CERTIFICATE-----\n',
  key: '-----BEGIN PRIVATE KEY-----\nmade up\n-----END PRIVATE KEY-----\n',
}

/** Measures an account of a bank, whose refresh token ends in five days and whose certificate ends in twenty. */
export async function startTreasury(meter: Sellers['meter']): Promise<AsyncDisposable> {
  const endsAt = Date.now() + 20 * DAY_MS
  const answer: Fetch = async () => new Response('ok')
  const presenting = () => Object.assign(answer.bind(undefined), { presents: { fingerprint: 'made up', endsAt } })
  const tokens = createTokenManager({
    provider: bank,
    credentials: () => ({ certificate: PEM }),
    fetch: Object.assign(answer, { presenting }),
  })
  instrument(tokens, { meter, accounts: true })
  const treasury = tokens.account('treasury')
  await treasury.seed({ accessToken: 'one', refreshToken: 'r1', refreshExpiresAt: Date.now() + 5 * DAY_MS })
  await treasury.getToken({ newerThan: await treasury.getToken() })
  return tokens
}
