import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate with its key, in PEM. */
export interface MadeCertificate {
  readonly cert: string
  readonly key: string
  /** SHA-256 of its DER, as the simulators register it. */
  readonly thumbprint: string
}

/** Makes a certificate for localhost that signed itself, good for two days, with openssl. Nothing of it is kept. */
export function makeCertificate(name: string): MadeCertificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  try {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem']
    const named = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
    const args = ['req', '-x509', ...newKey, ...named, '-days', '2', '-out', 'cert.pem']
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
    const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
    const cert = read('cert.pem')
    const thumbprint = createHash('sha256').update(new X509Certificate(cert).raw).digest('base64url')
    return { cert, key: read('key.pem'), thumbprint }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Send = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

/** A certificate as a client is about to present it. */
interface Presented {
  parts(): { readonly cert: string } | { readonly pfx: Uint8Array }
}

/**
 * A fetch that presents certificates to a simulator without a socket: in the header by which a proxy that ends TLS passes one on
 * (RFC 9440 §2.1).
 */
export function behindProxy(send: Send): Send & { presenting(certificate: Presented): Send } {
  return Object.assign((...request: Parameters<Send>) => send(...request), {
    presenting(certificate: Presented): Send {
      const parts = certificate.parts()
      if (!('cert' in parts)) throw new TypeError('This proxy takes PEM.')
      const der = new X509Certificate(parts.cert).raw.toString('base64')
      return (input, init) => {
        const request = new Request(input, init)
        request.headers.set('client-cert', `:${der}:`)
        return send(request)
      }
    },
  })
}
