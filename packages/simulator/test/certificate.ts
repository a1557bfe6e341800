import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A key and its certificate, in PEM. */
export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** Makes a certificate for 127.0.0.1 that signed itself, good for two days, with openssl. Nothing of it is kept. */
export const certificate = (name: string): Certificate => {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  try {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'key.pem']
    const named = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1']
    const args = ['req', '-x509', ...newKey, ...named, '-days', '2', '-out', 'cert.pem']
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
    const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
    return { key: read('key.pem'), cert: read('cert.pem') }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
