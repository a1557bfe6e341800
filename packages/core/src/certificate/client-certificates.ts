import { type CertificateInput, secretsOf } from '../client-certificate.ts'
import { ChaveiroError } from '../errors.ts'
import type { ClientCertificates } from '../provider/certificates.ts'
import { apiFetch } from './api-fetch.ts'
import { tellCertificateEnd } from './certificate-end.ts'
import { readCertificate, textOf } from './read-certificate.ts'

/**
 * Client certificates for a provider's `certificates`: its inputs of `kind: 'certificate'`, and `io.presenting()`.
 *
 * @param ofApi the certificate that requests of the API present. @default they present none
 */
export function clientCertificates<Inputs>(
  ofApi: (inputs: Inputs) => CertificateInput | undefined = () => undefined,
): ClientCertificates<Inputs> {
  const certificates: ClientCertificates<Inputs> = {
    async read(name, value) {
      const certificate = await readCertificate(name, value)
      const parts = certificate.parts()
      return { certificate, secrets: secretsOf(parts), text: textOf(parts) }
    },
    async present(services, account, given) {
      const certificate = await readCertificate('certificate', given)
      const fetch = services.fetch.presenting?.(certificate)
      if (fetch === undefined) throw cannotPresent()
      tellCertificateEnd(services, account, fetch)
      return { fetch, secrets: secretsOf(certificate.parts()) }
    },
    ofApi,
    forApi: (services) => apiFetch(certificates, services),
  }
  return certificates
}

function cannotPresent(): ChaveiroError {
  return new ChaveiroError(
    'misconfigured',
    'This provider asks for a client certificate, which the fetch in use cannot present. In Node, pass fetch: nodeFetch() of @chaveiro/core/node; docs/certificates.md has what works in Deno, Bun and Workers.',
  )
}
