import { createHash } from 'node:crypto'
import type { CertificateParts, Fetch } from '@chaveiro/core'

const bytesOf = (parts: CertificateParts): Uint8Array =>
  'pfx' in parts ? parts.pfx : new TextEncoder().encode(parts.cert)

/** How a certificate is registered with the simulator. */
export function registered(parts: CertificateParts): string {
  return createHash('sha256').update(bytesOf(parts)).digest('base64url')
}

/** A fetch that presents certificates as a proxy that ends TLS passes them on (RFC 9440). */
export function presenting(send: Fetch): Fetch {
  return Object.assign((...request: Parameters<Fetch>) => send(...request), {
    presenting: (certificate: { parts(): CertificateParts }): Fetch => {
      const presented = `:${Buffer.from(bytesOf(certificate.parts())).toString('base64')}:`
      return (input, init) => {
        const request = new Request(input, init)
        request.headers.set('client-cert', presented)
        return send(request)
      }
    },
  })
}
