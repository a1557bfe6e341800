import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CertificateOptions, makeCertificate, type PemPair, pkcs12 } from '@chaveiro/test-servers'

/** The paths of a certificate and its key, in PEM. */
export type CertificateFiles = PemPair

/** Makes a certificate, in a folder of the test. Its authority is in files too. */
export function certificateFiles(
  folder: string,
  name: string,
  { ca, ...options }: Omit<CertificateOptions, 'ca'> & { readonly ca?: CertificateFiles } = {},
): CertificateFiles {
  const made = makeCertificate(name, { days: 90, ...options, ca: ca && textsOf(ca) })
  const files = { cert: join(folder, `${name}.crt`), key: join(folder, `${name}.key`) }
  writeFileSync(files.cert, made.cert)
  writeFileSync(files.key, made.key)
  return files
}

/** The same as a PKCS #12 file, and its path. */
export function pkcs12File(files: CertificateFiles, passphrase: string): string {
  const path = files.cert.replace(/crt$/, 'p12')
  writeFileSync(path, pkcs12(textsOf(files), passphrase))
  return path
}

/** The text of a file, to look for it where it must not be. */
export function bodyOf(pem: string): string {
  return readFileSync(pem, 'utf8').split('\n')[1] ?? ''
}

function textsOf({ cert, key }: CertificateFiles): PemPair {
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}
