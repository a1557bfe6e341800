// The last two are Bun's names. A body's own file or socket may fail with the same codes, but in another system call.
const NO_CONNECTION =
  /^(ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EMFILE|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/
const CONNECTING = /^(connect|getaddrinfo|query\w+)$/
const BEFORE_TLS = /before secure TLS connection was established/
// We rejected the server's certificate, or the port speaks something other than TLS.
const NO_TLS =
  /^((CERT|UNABLE_TO|SELF_SIGNED_CERT|DEPTH_ZERO)_\w+|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL_WRONG_VERSION_NUMBER)$/
const NO_ADDRESS = /^ERR_(INVALID_URL|SOCKET_BAD_PORT)$/
// Node's fetch refuses these before it connects, in an error without a code.
const REFUSED_ADDRESS = /^(bad port|unknown scheme)$/
// undici's ProxyAgent, about the answer to CONNECT.
const PROXY_REFUSAL = /^Proxy response \((\d+)\)/

/**
 * What a fetch that knows better puts on its errors: `network` or `other`, as `neverSent()` returns. Registered, so that
 * one of another copy of this package is understood.
 */
export const NOT_SENT: unique symbol = Symbol.for('chaveiro.notSent')

/**
 * Was the request certainly not sent? A closed list, because whatever it misses counts as "maybe". Every TLS error that
 * it leaves out is a "maybe" too: under TLS 1.3 a server rejects our certificate only after we may have sent a request.
 *
 * @returns the kind of failure, which says whether to try again; `undefined` if the request may have been sent.
 */
export function neverSent(error: object): 'network' | 'other' | undefined {
  const { code, syscall, message, [NOT_SENT]: mark }: ErrorFacts = error
  if (mark === 'network' || mark === 'other') return mark
  const [name, text] = [String(code), String(message)]
  const isConnecting = CONNECTING.test(String(syscall))
  if (isConnecting || (syscall === undefined && NO_CONNECTION.test(name)) || BEFORE_TLS.test(text)) return 'network'
  if (NO_TLS.test(name) || NO_ADDRESS.test(name) || (code === undefined && REFUSED_ADDRESS.test(text))) return 'other'
  const status = PROXY_REFUSAL.exec(text)?.[1]
  if (status === undefined) return undefined
  // A proxy that found no way may find one later; one that does not let us through will not.
  return /^(5|408|429)/.test(status) ? 'network' : 'other'
}

interface ErrorFacts {
  readonly code?: unknown
  readonly syscall?: unknown
  readonly message?: unknown
  readonly [NOT_SENT]?: unknown
}
