import { createReadStream } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import { type ClientCertificate, isChaveiroError } from '@chaveiro/core'

/** Where a certificate is, as a user says it. */
export interface CertificatePaths {
  /** Of a PKCS #12 file, or of the certificate in PEM. */
  readonly path: string
  /** Of the key in PEM. Absent: it is in the same file. */
  readonly key?: string | undefined
  readonly passphrase?: string | undefined
}

/** What is known of a certificate. */
export interface CertificateState {
  /** In epoch milliseconds. */
  readonly endsAt: number | undefined
}

/** Reads the files when a certificate is needed, and again when they have changed. */
export function certificateOf(paths: CertificatePaths): () => Promise<ClientCertificate> {
  let opened: (() => Promise<ClientCertificate>) | undefined
  return async () => {
    opened ??= await open(paths)
    return opened()
  }
}

async function open({ path, key = path, passphrase }: CertificatePaths): Promise<() => Promise<ClientCertificate>> {
  const { certificateFile } = await import('@chaveiro/core/node')
  // Of a file that can't be read the library says why.
  const head = createReadStream(path, { end: HEAD_BYTES - 1 })
  const isPem = isText(await buffer(head).then(textOf, () => ''))
  const files = isPem ? { cert: path, key } : { pfx: path }
  return certificateFile({ ...files, ...(passphrase !== undefined && { passphrase }) })
}

/**
 * Reads a certificate with its key, without a connection.
 * @throws {ChaveiroError} `misconfigured`, with what is wrong with it.
 */
export async function readCertificate(paths: CertificatePaths): Promise<CertificateState> {
  const { nodeFetch } = await import('@chaveiro/core/node')
  const certificate = await certificateOf(paths)()
  return { endsAt: nodeFetch().presenting?.(certificate).presents?.endsAt }
}

/** What a user has to be asked for, besides the path. */
export interface CertificateNeeds {
  readonly key: boolean
  readonly passphrase: boolean
}

/** What opening these files takes that was not given. `read`: gives a file's bytes, or says why it can't be read. */
export async function needsOf(
  { path, key, passphrase }: CertificatePaths,
  read: (path: string) => Promise<Buffer>,
): Promise<CertificateNeeds> {
  const content = textOf(await read(path))
  if (!isText(content)) {
    return { key: false, passphrase: passphrase === undefined && (await isLocked(path)) }
  }
  if (key === undefined && !PRIVATE_KEY.test(content)) return { key: true, passphrase: false }
  const isEncrypted = ENCRYPTED.test(key === undefined ? content : textOf(await read(key)))
  return { key: false, passphrase: isEncrypted && passphrase === undefined }
}

const PRIVATE_KEY = /^-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/m
// PKCS #8 (RFC 7468 §11), and the older form of OpenSSL.
const ENCRYPTED = /^(?:-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED)/m

const HEAD_BYTES = 64

/** PEM is text; anything else is left to the reader of PKCS #12, which says what is wrong with it. */
function isText(content: string): boolean {
  return /^[\t\n\r -~]*$/.test(content.slice(0, HEAD_BYTES))
}

function textOf(bytes: Buffer): string {
  return bytes.toString('latin1')
}

/** The library's own sentence: whatever else is wrong with a file, a passphrase doesn't put it right. */
export function isWrongPassphrase(error: unknown): error is Error {
  return isChaveiroError(error) && error.message.startsWith('The passphrase for the ')
}

async function isLocked(path: string): Promise<boolean> {
  return readCertificate({ path }).then(() => false, isWrongPassphrase)
}
