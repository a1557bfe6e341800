import { createHash, X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import { isBytes, isError } from '../brands.ts'
import type { CertificateParts, ClientCertificate, PresentedCertificate } from '../client-certificate.ts'
import { ChaveiroError } from '../errors.ts'
import { codeOf } from './not-sent.ts'

/** A certificate that TLS has read: its key fits, and its passphrase is right. */
export interface LoadedCertificate extends PresentedCertificate {
  readonly context: SecureContext
}

/**
 * Reads a certificate.
 * @throws {ChaveiroError} `misconfigured`, with what is wrong with it.
 */
export function loadCertificate(certificate: ClientCertificate, ca: string[] | undefined): LoadedCertificate {
  const parts = certificate.parts()
  const context = contextOf(parts, ca)
  const leaf = leafOf(parts, context)
  const fingerprint = createHash('sha256')
    .update(leaf?.raw ?? textOf(parts))
    .digest('hex')
  return { context, fingerprint, endsAt: leaf && Date.parse(leaf.validTo) }
}

function contextOf(parts: CertificateParts, ca: string[] | undefined): SecureContext {
  // A bundle of PEM may hold all in one text, and TLS takes what it needs.
  const given = 'pfx' in parts ? { ...parts, pfx: Buffer.from(parts.pfx) } : { ...parts }
  try {
    return createSecureContext({ ...given, ca })
  } catch (error) {
    throw new ChaveiroError('misconfigured', reasonOf(error, parts))
  }
}

/** OpenSSL's own words name no part of the key, but mean nothing to most readers. */
function reasonOf(error: unknown, parts: CertificateParts): string {
  const said = isError(error) ? `${codeOf(error)} ${error.message}` : ''
  const what = 'pfx' in parts ? 'PKCS #12 file' : 'private key'
  if (/KEY_VALUES_MISMATCH/.test(said))
    return 'The private key does not match the client certificate. Pass the key that the certificate was requested with.'
  if (/BAD_DECRYPT|INTERRUPTED|mac verify failure/i.test(said))
    return `The passphrase for the ${what} of the client certificate is missing or wrong. Check passphrase.`
  if (/UNSUPPORTED_OPERATION/.test(said))
    return 'The PKCS #12 file of the client certificate is encrypted in a way that OpenSSL 3 does not read. Convert it: openssl pkcs12 -legacy -in old.p12 -nodes | openssl pkcs12 -export -out new.p12'
  if (/OPERATION_FAILED/.test(said))
    return 'The PKCS #12 file contains no private key. Export the client certificate together with its key.'
  if ('pfx' in parts) return 'The bytes in pfx are not a PKCS #12 file. Pass the whole .p12 or .pfx file, as bytes.'
  return 'The client certificate or its private key is not valid PEM. Pass the contents of the files unchanged.'
}

function leafOf(parts: CertificateParts, context: SecureContext): X509Certificate | undefined {
  try {
    // What TLS is going to present. Node has no public way to look into PKCS #12.
    const native: unknown = context.context
    const der: unknown = Reflect.apply(Reflect.get(Object(native), 'getCertificate'), native, [])
    if (isBytes(der)) return new X509Certificate(der)
  } catch {
    // Not in this version of Node, or not Node.
  }
  return 'cert' in parts ? new X509Certificate(parts.cert) : undefined
}

function textOf(parts: CertificateParts): string | Uint8Array {
  return 'pfx' in parts ? parts.pfx : parts.cert
}
