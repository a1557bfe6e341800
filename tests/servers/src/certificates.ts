import { execFileSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A certificate with its key, in PEM. */
export interface PemPair {
  readonly cert: string
  readonly key: string
}

/** One that was made for a test. */
export interface MadeCertificate extends PemPair {
  /** SHA-256 of its DER, as the simulators register it. */
  readonly thumbprint: string
}

export interface CertificateOptions {
  /** The authority that signs it. @default itself, and it may sign others */
  readonly ca?: PemPair | undefined
  /** Days from now to its end. @default 2 */
  readonly days?: number
  /** The host that it is for. @default localhost and 127.0.0.1 */
  readonly host?: string
  /** Encrypts the key. @default the key is not encrypted */
  readonly passphrase?: string
}

/** Makes a certificate with openssl. Nothing of it is kept. */
export function makeCertificate(
  name: string,
  { ca, days = 2, host, passphrase }: CertificateOptions = {},
): MadeCertificate {
  return inFolder((openssl, read, write) => {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', 'key.pem']
    const protection = passphrase === undefined ? ['-nodes'] : ['-passout', `pass:${passphrase}`]
    openssl('req', ...newKey, ...protection, '-subj', `/CN=${name}`, '-out', 'request.pem')
    const names = host === undefined ? 'DNS:localhost,IP:127.0.0.1' : `DNS:${host}`
    write('extensions', `subjectAltName=${names}\nbasicConstraints=CA:${ca === undefined}\n`)
    write('ca.pem', ca?.cert ?? '')
    write('ca-key.pem', ca?.key ?? '')
    const opened = passphrase === undefined ? [] : ['-passin', `pass:${passphrase}`]
    const signer = ca
      ? ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial']
      : ['-signkey', 'key.pem', ...opened]
    const dated = ['-days', String(days), '-extfile', 'extensions']
    openssl('x509', '-req', '-in', 'request.pem', ...signer, ...dated, '-out', 'cert.pem')
    const cert = read('cert.pem').toString()
    const thumbprint = createHash('sha256').update(new X509Certificate(cert).raw).digest('base64url')
    return { cert, key: read('key.pem').toString(), thumbprint }
  })
}

/** The same as a PKCS #12 file. */
export function pkcs12({ cert, key }: PemPair, passphrase: string): Uint8Array {
  return inFolder((openssl, read, write) => {
    write('both.pem', key + cert)
    openssl('pkcs12', '-export', '-in', 'both.pem', '-out', 'both.p12', '-passout', `pass:${passphrase}`)
    return read('both.p12')
  })
}

type OpenSsl = (...args: string[]) => void
type Read = (file: string) => Buffer
type Write = (file: string, text: string) => void

function inFolder<T>(make: (openssl: OpenSsl, read: Read, write: Write) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  try {
    return make(
      (...args) => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' }),
      (file) => readFileSync(join(folder, file)),
      (file, text) => writeFileSync(join(folder, file), text),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}
