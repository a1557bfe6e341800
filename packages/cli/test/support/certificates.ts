import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The paths of a certificate and its key, in PEM. */
export interface CertificateFiles {
  readonly cert: string
  readonly key: string
}

export interface CertificateOptions {
  /** @default 90 */
  readonly days?: number
  /** The authority that signs it. @default itself */
  readonly ca?: CertificateFiles
  /** Encrypts the key. */
  readonly passphrase?: string
}

/** Makes a certificate with openssl, in a folder of the test. */
export function makeCertificate(
  folder: string,
  name: string,
  { days = 90, ca, passphrase }: CertificateOptions = {},
): CertificateFiles {
  const path = (end: string): string => join(folder, `${name}.${end}`)
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
  const protection = passphrase === undefined ? ['-nodes'] : ['-passout', `pass:${passphrase}`]
  openssl('req', ...curve, ...protection, '-keyout', path('key'), '-subj', `/CN=${name}`, '-out', path('csr'))
  writeFileSync(path('ext'), `subjectAltName=DNS:localhost\nbasicConstraints=CA:${ca === undefined}\n`)
  const signer = ca === undefined ? ['-signkey', path('key')] : ['-CA', ca.cert, '-CAkey', ca.key, '-CAcreateserial']
  const dated = ['-days', String(days), '-extfile', path('ext')]
  // The key is asked for only by what signs with it.
  const opened = ca === undefined && passphrase !== undefined ? ['-passin', `pass:${passphrase}`] : []
  openssl('x509', '-req', '-in', path('csr'), ...signer, ...opened, ...dated, '-out', path('crt'))
  return { cert: path('crt'), key: path('key') }
}

/** The same as a PKCS #12 file, and its path. */
export function makePkcs12({ cert, key }: CertificateFiles, passphrase: string): string {
  const path = cert.replace(/crt$/, 'p12')
  openssl('pkcs12', '-export', '-in', cert, '-inkey', key, '-out', path, '-passout', `pass:${passphrase}`)
  return path
}

/** The text of a file, to look for it where it must not be. */
export function bodyOf(pem: string): string {
  return readFileSync(pem, 'utf8').split('\n')[1] ?? ''
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: 'pipe' })
}
