import { ChaveiroError } from './errors.ts'

/**
 * Allows plain http to a host that is not loopback. A symbol, so that no JSON or form can switch it on.
 *
 * ```ts
 * createBitize({ server: new URL('http://gateway.internal'), [allowInsecureHttp]: true, … })
 * ```
 */
export const allowInsecureHttp: unique symbol = Symbol.for('chaveiro.allowInsecureHttp')

/** An options object that may carry {@link allowInsecureHttp}. */
export interface InsecureHttpOption {
  /** Plain http to another machine: anyone on that network can read the secrets. @default only https, and loopback */
  [allowInsecureHttp]?: true | undefined
}

/** https, or http to this machine (RFC 8252 §8.3: loopback never leaves it). */
function isSafeOrigin(url: URL): boolean {
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
}

/** Throws a TypeError for a server to which a secret must not be sent. */
export function requireSafeOrigin(url: URL, option: string, options: InsecureHttpOption): void {
  // By its shape: a test environment may have a URL class of its own.
  if (typeof url !== 'object' || !('origin' in url))
    throw new TypeError(`${option} must be a URL: new URL('https://…').`)
  if (url.username !== '' || url.password !== '') {
    // Not quoted. fetch refuses such a URL in an error that does quote it.
    throw new TypeError(`${option} must not carry a user name or a password.`)
  }
  if (isSafeOrigin(url)) return
  if (url.protocol === 'http:' && options[allowInsecureHttp] === true) return
  throw new TypeError(
    `${option} must be https, or http on this machine, not ${url.origin}. ` +
      'On your own network, pass [allowInsecureHttp]: true.',
  )
}

/** The origins that an account's token may be sent to. */
export interface AllowedOrigins {
  /** Throws a ChaveiroError with code `origin` when the URL is elsewhere. */
  check(url: URL): void
  has(url: URL): boolean
}

export function allowedOrigins(servers: readonly (URL | undefined)[], alsoSendTo: readonly URL[] = []): AllowedOrigins {
  const origins = new Set([...servers, ...alsoSendTo].flatMap((url) => url?.origin ?? []))
  const has = (url: URL): boolean => origins.has(url.origin)
  return {
    has,
    check(url) {
      if (has(url)) return
      const message = `The token may go to ${[...origins].join(', ')}, not to ${url.origin}. If it should, pass alsoSendTo: [new URL(…)].`
      throw new ChaveiroError('origin', message)
    },
  }
}
