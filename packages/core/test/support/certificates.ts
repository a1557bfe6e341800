import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A key and its certificate, in PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

export interface CertificateOptions {
  /** @default localhost */
  host?: string
  /** Days from now to its end. @default 2 */
  days?: number
  /** May it sign others? @default false */
  isAuthority?: boolean
  /** The authority that signs it. @default itself */
  ca?: Certificate
}

/** Makes a certificate with openssl. Nothing of it is kept. */
export function certificate({
  host = 'localhost',
  days = 2,
  isAuthority = false,
  ca,
}: CertificateOptions = {}): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  try {
    writeFileSync(join(folder, 'names'), `subjectAltName=DNS:${host}\nbasicConstraints=CA:${isAuthority}\n`)
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem']
    openssl('req', ...newKey, '-subj', `/CN=${host}`, '-out', 'request.pem')
    const signer = ca ? ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial'] : ['-signkey', 'key.pem']
    if (ca) {
      writeFileSync(join(folder, 'ca.pem'), ca.cert)
      writeFileSync(join(folder, 'ca-key.pem'), ca.key)
    }
    const dated = ['-days', String(days), '-extfile', 'names']
    openssl('x509', '-req', '-in', 'request.pem', ...signer, ...dated, '-out', 'cert.pem')
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
    return { key: read('key.pem'), cert: read('cert.pem') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The same as a PKCS #12 file. */
export function pkcs12({ key, cert }: Certificate, passphrase: string): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  try {
    writeFileSync(join(folder, 'both.pem'), key + cert)
    const args = ['pkcs12', '-export', '-in', 'both.pem', '-out', 'both.p12', '-passout', 'env:PASSPHRASE']
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe', env: { ...process.env, PASSPHRASE: passphrase } })
    return readFileSync(join(folder, 'both.p12'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
