import { hasMethod, isBytes, isObject } from './brands.ts'

/** A certificate and its private key in PEM (RFC 7468). */
export interface PemCertificate {
  /** The certificate, followed by those between it and its root. */
  readonly cert: string
  /** The private key. Secret. */
  readonly key: string
  /** Decrypts the key. Secret. @default the key is not encrypted */
  readonly passphrase?: string | undefined
}

/** A certificate and its private key in PKCS #12 (RFC 7292): a file that ends in `.p12` or `.pfx`. */
export interface Pkcs12Certificate {
  /** The bytes of that file. Secret. */
  readonly pfx: Uint8Array
  /** Decrypts it. Secret. @default '' */
  readonly passphrase?: string | undefined
}

/** A certificate and its private key. */
export type CertificateParts = PemCertificate | Pkcs12Certificate

/**
 * What a client presents to a server that asks for a certificate (mutual TLS, RFC 8446 §4.3.2). It prints as a mask;
 * only `parts()` gives access to the key.
 */
export interface ClientCertificate {
  /** What TLS takes. Never print it. */
  parts(): CertificateParts
}

/** What is known about a certificate that a fetch presents. It contains no secrets. */
export interface PresentedCertificate {
  /** Tells it from every other. */
  readonly fingerprint: string
  /** When it ends, in epoch milliseconds. Absent: the platform does not say. */
  readonly endsAt: number | undefined
}

/**
 * How a certificate may be given. A function is called each time that a certificate is needed, so what it returns may
 * change while the process runs.
 */
export type CertificateInput =
  | CertificateParts
  | ClientCertificate
  | (() => CertificateParts | ClientCertificate | Promise<CertificateParts | ClientCertificate>)

const MASK = '[client certificate]'
const PEM = /^-----BEGIN [A-Z0-9 ]+-----/m

// Made by a function, because bundlers keep a class with a computed name even where no one uses it.
const MaskedCertificate = /* @__PURE__ */ (() =>
  class implements ClientCertificate {
    readonly #parts: CertificateParts

    constructor(parts: CertificateParts) {
      this.#parts = parts
    }

    parts(): CertificateParts {
      return this.#parts
    }

    toString(): string {
      return MASK
    }

    toJSON(): string {
      return MASK
    }

    // Node's console and util.inspect, without importing Node.
    [Symbol.for('nodejs.util.inspect.custom')](): string {
      return MASK
    }
  })()

/**
 * Wraps a certificate so that logs, JSON, templates and inspectors show a mask.
 * @throws {TypeError} unless it has `cert` and `key` in PEM, or `pfx` with the bytes of a PKCS #12 file.
 */
export function clientCertificate(given: CertificateParts | ClientCertificate): ClientCertificate {
  if (isClientCertificate(given)) return given
  if (isParts(given)) return new MaskedCertificate({ ...given })
  throw new TypeError('A client certificate is { cert, key } in PEM, or { pfx } with the bytes of a PKCS #12 file.')
}

/** Is this a certificate, by its shape? One of another copy of this package counts too. */
export function isClientCertificate(value: unknown): value is ClientCertificate {
  return hasMethod(value, 'parts')
}

/** The parts that must not be shown: the key, and the passphrase that decrypts it. */
export function secretsOf({ passphrase, ...parts }: CertificateParts): string[] {
  return [...('key' in parts ? [parts.key] : []), ...(passphrase ? [passphrase] : [])]
}

/** Does it have what TLS needs? */
export function isParts(value: unknown): value is CertificateParts {
  if (!isObject(value)) return false
  const { cert, key, pfx }: { cert?: unknown; key?: unknown; pfx?: unknown } = value
  return isBytes(pfx) || (PEM.test(String(cert)) && PEM.test(String(key)))
}
