import { readFile, stat } from 'node:fs/promises'
import { isError } from '../brands.ts'
import { atLeast, checkOptions } from '../check-options.ts'
import { type ClientCertificate, clientCertificate } from '../client-certificate.ts'
import { ChaveiroError } from '../errors.ts'
import { reveal, type SecretInput } from '../secret.ts'
import { loadCertificate } from './loaded-certificate.ts'
import { codeOf } from './not-sent.ts'

/** Where a certificate is, and what opens it. */
export type CertificateFiles = {
  /** Decrypts the key, or the PKCS #12 file. @default it is not encrypted */
  passphrase?: SecretInput | undefined
  /** How long a look at the files counts, in milliseconds. @default 1_000 */
  checkEveryMs?: number | undefined
} & (
  | {
      /** The path of the certificate in PEM, followed by those between it and its root. */
      cert: string
      /** The path of its private key in PEM. The same file may hold both. */
      key: string
    }
  | {
      /** The path of a PKCS #12 file. */
      pfx: string
    }
)

/**
 * Reads a certificate from files, and again when they have changed: for an input of `kind: certificate`, and for the
 * option `certificate` of `nodeFetch()`. What has changed but can't be used, such as a file that is half written, leaves
 * the certificate before it in place.
 *
 * @example
 * const certificate = certificateFile({ cert: '/run/secrets/bank.crt', key: '/run/secrets/bank.key' })
 * @returns a function that rejects with {@link ChaveiroError} `misconfigured`, in words, if there is no certificate.
 * @throws {TypeError} for options that make no sense.
 */
export function certificateFile(files: CertificateFiles): () => Promise<ClientCertificate> {
  checkOptions(files, ['cert', 'key', 'pfx', 'passphrase', 'checkEveryMs'])
  const paths = 'pfx' in files ? [files.pfx] : [files.cert, files.key]
  if (!paths.every((path) => typeof path === 'string')) throw new TypeError('Pass the paths cert and key, or pfx.')
  const checkEveryMs = atLeast(0, files.checkEveryMs, 'checkEveryMs') ?? 1_000
  let current: { readonly certificate: ClientCertificate; readonly state: string } | undefined
  let reading: Promise<ClientCertificate> | undefined
  let checkedAt = -Infinity

  const look = async (): Promise<ClientCertificate> => {
    try {
      const state = await stateOf(paths)
      if (state !== current?.state) current = { certificate: await readFiles(files, paths), state }
      checkedAt = performance.now()
    } catch (error) {
      if (current === undefined) throw error
    } finally {
      reading = undefined
    }
    return current.certificate
  }
  return async () => {
    if (current && performance.now() - checkedAt < checkEveryMs) return current.certificate
    reading ??= look()
    return reading
  }
}

/** What changes when a file does. No file is read for it. */
async function stateOf(paths: readonly string[]): Promise<string> {
  const found = await Promise.all(paths.map((path) => readable(path, stat(path, { bigint: true }))))
  return found.map(({ ino, size, mtimeNs }) => `${ino} ${size} ${mtimeNs}`).join()
}

async function readFiles(files: CertificateFiles, paths: readonly string[]): Promise<ClientCertificate> {
  const [first = new Uint8Array(), second = first] = await Promise.all(
    paths.map((path) => readable(path, readFile(path))),
  )
  const given = files.passphrase === undefined ? undefined : await reveal(files.passphrase)
  const encrypted = given === undefined ? {} : { passphrase: given }
  const parts = 'pfx' in files ? { pfx: first } : { cert: textOf(first), key: textOf(second) }
  let certificate: ClientCertificate
  try {
    certificate = clientCertificate({ ...parts, ...encrypted })
  } catch {
    throw new ChaveiroError('misconfigured', `There is no certificate with its key, in PEM, in ${paths.join(' and ')}.`)
  }
  // Says in words what is wrong with it, and keeps half of a renewal from being presented.
  loadCertificate(certificate, undefined)
  return certificate
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}

async function readable<T>(path: string, read: Promise<T>): Promise<T> {
  try {
    return await read
  } catch (error) {
    const why = isError(error) ? codeOf(error) : ''
    throw new ChaveiroError(
      'misconfigured',
      `The certificate file ${path} can't be read (${why}). Check the path and its permissions.`,
    )
  }
}
