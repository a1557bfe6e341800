import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A key and its certificate, in PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** Makes a certificate with openssl: of an authority that signs itself, or of one that `ca` signs. Nothing of it is kept. */
export function makeCertificate(
  name: string,
  { ca, days = 90 }: { ca?: Certificate; days?: number } = {},
): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  try {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem']
    openssl('req', ...newKey, '-subj', `/CN=${name}`, '-out', 'request.pem')
    const names = `subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:${ca === undefined}\n`
    writeFileSync(join(folder, 'names'), names)
    writeFileSync(join(folder, 'ca.pem'), ca?.cert ?? '')
    writeFileSync(join(folder, 'ca-key.pem'), ca?.key ?? '')
    const signer = ca ? ['-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial'] : ['-signkey', 'key.pem']
    const dated = ['-days', String(days), '-extfile', 'names']
    openssl('x509', '-req', '-in', 'request.pem', ...signer, ...dated, '-out', 'cert.pem')
    const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
    return { key: read('key.pem'), cert: read('cert.pem') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
