import { isObject } from '../brands.ts'
import { ChaveiroError } from '../errors.ts'
import { ALGORITHMS, type Algorithm, type AssertionAlgorithm } from './algorithms.ts'

/** A key that can sign, and its name. */
export interface SigningKey {
  readonly key: ImportedKey
  /** The `kid` of a JWK. */
  readonly id: string | undefined
}

type ImportedKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

/**
 * Imports a private key, so that nothing can export it again.
 * @throws {ChaveiroError} `misconfigured` if it can't be read, or doesn't fit the algorithm.
 */
export async function importPrivateKey(text: string, alg: AssertionAlgorithm): Promise<SigningKey> {
  const isJwk = text.trimStart().startsWith('{')
  const signing = isJwk ? await importJwk(text, alg) : { key: await importPem(text, alg), id: undefined }
  // RFC 7518 §3.3: providers reject shorter ones.
  const { algorithm: imported } = signing.key
  if ('modulusLength' in imported && Number(imported.modulusLength) < 2048) {
    throw misconfigured('The private key has fewer than 2048 bits. Create a new RSA key, and register it.')
  }
  return signing
}

async function importPem(text: string, alg: AssertionAlgorithm): Promise<ImportedKey> {
  // Variables and JSON often carry the line ends of a PEM as `\n`.
  const [, label, body = ''] =
    /-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \1-----/s.exec(text.replaceAll('\\n', '\n')) ?? []
  if (label !== 'PRIVATE KEY') throw misconfigured(whyNotPem(label))
  const bytes = bytesOf(body)
  if (bytes === undefined)
    throw misconfigured('The private key is a damaged PEM. Copy the file again, with all its lines.')
  const { key } = ALGORITHMS[alg]
  return imported(alg, () => crypto.subtle.importKey('pkcs8', bytes, key, false, ['sign']))
}

const CONVERT = 'Convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out private-key.pem'

function whyNotPem(label: string | undefined): string {
  switch (label) {
    case 'RSA PRIVATE KEY':
      return `The private key is in the format of PKCS #1 ("BEGIN RSA PRIVATE KEY"). ${CONVERT}`
    case 'EC PRIVATE KEY':
      return `The private key is in the format of SEC 1 ("BEGIN EC PRIVATE KEY"). ${CONVERT}`
    case 'ENCRYPTED PRIVATE KEY':
      return `The private key is encrypted with a passphrase. ${CONVERT}`
    case 'PUBLIC KEY':
    case 'CERTIFICATE':
      return `This is the public half of a key ("BEGIN ${label}"). Pass the private key.`
    default:
      return 'The private key is neither a PEM that begins with "-----BEGIN PRIVATE KEY-----" nor a JWK.'
  }
}

// What makes a private key (RFC 7518 §6, RFC 8037 §2). `use`, `alg` and `key_ops` are left out: platforms find
// contradictions in them.
const JWK_FIELDS = ['kty', 'crv', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'x', 'y'] as const

async function importJwk(text: string, alg: AssertionAlgorithm): Promise<SigningKey> {
  const jwk = jsonOf(text)
  if (!isObject(jwk)) throw misconfigured("The private key looks like a JWK but can't be parsed.")
  const textOf = (name: string): string | undefined => {
    const value: unknown = Reflect.get(jwk, name)
    return typeof value === 'string' ? value : undefined
  }
  if (textOf('d') === undefined) throw misconfigured('The JWK has no "d", so it is a public key. Pass the private key.')
  const algorithm = ALGORITHMS[alg]
  if (textOf('kty') !== algorithm.jwk.kty || textOf('crv') !== algorithm.jwk.crv) throw doesNotFit(alg, algorithm)
  const fields = Object.fromEntries(JWK_FIELDS.map((name) => [name, textOf(name)]).filter(([, value]) => value))
  const key = await imported(alg, () => crypto.subtle.importKey('jwk', fields, algorithm.key, false, ['sign']))
  return { key, id: textOf('kid') }
}

/** A platform says no more than that it can't import a key, and some messages quote it. */
async function imported(alg: AssertionAlgorithm, load: () => Promise<ImportedKey>): Promise<ImportedKey> {
  try {
    return await load()
  } catch {
    throw doesNotFit(alg, ALGORITHMS[alg])
  }
}

function doesNotFit(alg: AssertionAlgorithm, { kind }: Algorithm): ChaveiroError {
  return misconfigured(
    `The private key doesn't fit ${alg}, which signs with ${kind}, or this platform can't import it.`,
  )
}

function misconfigured(message: string): ChaveiroError {
  return new ChaveiroError('misconfigured', message)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64.replace(/\s+/g, '')), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}
