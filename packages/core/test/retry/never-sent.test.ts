import { describe, expect, test } from 'vitest'
import { type Failure, failureOfError } from '../../src/http/failure.ts'

/** As Node's fetch wraps what went wrong. */
function failed(message: string, facts: { code?: string; syscall?: string } = {}): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), facts) })
}

const unsent: [string, TypeError, Failure['kind']][] = [
  ...['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA'].map((code) => dns(code)),
  ['a name server that does not answer', failed('queryA ETIMEOUT', { code: 'ETIMEOUT', syscall: 'queryA' }), 'network'],
  ...[
    'ECONNREFUSED',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ETIMEDOUT',
    'ECONNRESET',
    'EADDRNOTAVAIL',
    'EACCES',
    'EMFILE',
  ].map((code): [string, TypeError, Failure['kind']] => [
    `${code} of connect`,
    failed(`connect ${code}`, { code, syscall: 'connect' }),
    'network',
  ]),
  ...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL', 'EMFILE', 'UND_ERR_CONNECT_TIMEOUT'].map(
    (code): [string, TypeError, Failure['kind']] => [`${code} alone`, failed(code, { code }), 'network'],
  ),
  [
    'a handshake that was cut off',
    failed('Client network socket disconnected before secure TLS connection was established', { code: 'ECONNRESET' }),
    'network',
  ],
  ...[
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'CERT_REVOKED',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_INVALID_URL',
    'ERR_SOCKET_BAD_PORT',
  ].map((code): [string, TypeError, Failure['kind']] => [code, failed(code, { code }), 'other']),
  ['a port that fetch blocks', failed('bad port'), 'other'],
  ['a scheme that is not HTTP', failed('unknown scheme'), 'other'],
  ['a proxy that wants a password', proxy(407), 'other'],
  ['a proxy that forbids the host', proxy(403), 'other'],
  ['a proxy that reaches no server', proxy(502), 'network'],
  ['a busy proxy', proxy(503), 'network'],
]

const perhapsSent: [string, TypeError][] = [
  ...['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'UND_ERR_SOCKET', 'UND_ERR_ABORTED', 'UND_ERR_HEADERS_TIMEOUT'].map(
    (code): [string, TypeError] => [code, failed(code, { code })],
  ),
  ...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET'].flatMap((code) =>
    ['read', 'write'].map((syscall): [string, TypeError] => [
      `${code} of ${syscall}, on a connection that was open`,
      failed(`${syscall} ${code}`, { code, syscall }),
    ]),
  ),
  ['EMFILE of a file that a body is read from', failed('EMFILE', { code: 'EMFILE', syscall: 'open' })],
  ...[
    'EPROTO',
    'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
    'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    'ERR_TLS_HANDSHAKE_TIMEOUT',
  ].map((code): [string, TypeError] => [`the TLS error ${code}`, failed(code, { code })]),
  ['an error that says nothing', new TypeError('Failed to fetch')],
]

describe('was it sent?', () => {
  test.each(unsent)('no: %s', (_name, error, kind) => {
    expect(failureOfError(error)).toMatchObject({ applied: 'no', kind })
  })

  test.each(perhapsSent)('maybe: %s', (_name, error) => {
    expect(failureOfError(error)).toMatchObject({ applied: 'maybe' })
  })

  test('no for several addresses only if each of them says no', () => {
    const both = (one: TypeError, other: TypeError): unknown =>
      new TypeError('fetch failed', { cause: new AggregateError([one.cause, other.cause]) })
    const refused = failed('connect', { code: 'ECONNREFUSED', syscall: 'connect' })
    const expired = failed('expired', { code: 'CERT_HAS_EXPIRED' })
    const alert = failed('alert', { code: 'EPROTO' })
    expect(failureOfError(both(refused, expired))).toMatchObject({ applied: 'no', kind: 'other' })
    expect(failureOfError(both(expired, alert))).toMatchObject({ applied: 'maybe', kind: 'other' })
    expect(failureOfError(both(refused, failed('read', { code: 'ECONNRESET' })))).toMatchObject({
      applied: 'maybe',
      kind: 'network',
    })
  })
})

function dns(code: string): [string, TypeError, Failure['kind']] {
  return [code, failed(`getaddrinfo ${code}`, { code, syscall: 'getaddrinfo' }), 'network']
}

/** As undici's ProxyAgent says it. */
function proxy(status: number): TypeError {
  return failed(`Proxy response (${status}) !== 200 when HTTP Tunneling`, { code: 'UND_ERR_ABORTED' })
}
