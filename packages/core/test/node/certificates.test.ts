import { once } from 'node:events'
import { createServer } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { type CertificateParts, isChaveiroError } from '@chaveiro/core'
import { clientCertificate } from '@chaveiro/core/certificate'
import { describeWith, makeCertificate, type PemPair, pkcs12 } from '@chaveiro/test-servers'
import { expect, test } from 'vitest'
import { connectionAdvice } from '../../src/http/connection-advice.ts'
import { failureOfError } from '../../src/http/failure.ts'
import { opensslServer } from '../support/openssl-server.ts'
import { portOf } from '../support/tls-server.ts'
import { ownFetch } from './own-fetch.ts'

const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const
type Version = (typeof VERSIONS)[number]

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => error,
  )
}

/** Tells callers the name on their certificate, and refuses certificates that `ca` did not sign. */
async function demandingServer(
  own: PemPair,
  ca: string,
  version: Version,
): Promise<{ url: URL; reached: string[]; sockets: Set<TLSSocket> }> {
  const reached: string[] = []
  const sockets = new Set<TLSSocket>()
  const demands = { ca, requestCert: true, rejectUnauthorized: true, minVersion: version, maxVersion: version }
  const server = createServer({ ...own, ...demands }, (request, response) => {
    const { url = '' } = request
    reached.push(url)
    request.resume().on('end', () => void response.end())
  })
  server.on('secureConnection', (socket) => void sockets.add(socket))
  server.on('tlsClientError', () => {})
  return { url: new URL(`https://localhost:${await portOf(server)}`), reached, sockets }
}

describeWith(['openssl'], 'a server that demands a certificate', () => {
  const authority = makeCertificate('ca.test')
  const own = makeCertificate('localhost')
  const bank = makeCertificate('account.test', { ca: authority })
  const stranger = makeCertificate('stranger.test')

  test.each(
    VERSIONS.flatMap((version): [Version, string, () => CertificateParts][] => [
      [version, 'a PEM pair', () => bank],
      [version, 'a PKCS #12 file', () => ({ pfx: pkcs12(bank, 'open sesame'), passphrase: 'open sesame' })],
      [version, 'a PKCS #12 file without a passphrase', () => ({ pfx: pkcs12(bank, '') })],
      [version, 'one text with both', () => ({ cert: bank.key + bank.cert, key: bank.key + bank.cert })],
    ]),
  )('under %s takes %s', async (version, _what, parts) => {
    const { url, reached } = await demandingServer(own, authority.cert, version)
    const send = ownFetch({ ca: own.cert })
    const response = await send.presenting?.(clientCertificate(parts()))(new URL('/a', url), { method: 'POST' })
    expect([response?.status, reached]).toEqual([200, ['/a']])
    const always = ownFetch({ ca: own.cert, certificate: async () => parts() })
    expect((await always(new URL('/b', url))).status).toBe(200)
  })

  test.each(VERSIONS)('under %s refuses another authority with an alert: not sent, said in words', async (version) => {
    const { url } = await opensslServer(own, authority.cert, version)
    const send = ownFetch({ ca: own.cert, certificate: stranger })
    const error = await errorOf(send(url, { method: 'POST', body: 'x' }))
    expect(failureOfError(error)).toMatchObject({
      kind: 'other',
      applied: 'no',
      code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
    })
    expect(connectionAdvice(error)).toMatch(/does not know the issuer.*another environment/)
  })

  test.each(VERSIONS)('under %s refuses one that ended: the day is said', async (version) => {
    const { url } = await opensslServer(own, authority.cert, version)
    const ended = makeCertificate('account.test', { ca: authority, days: -1 })
    const error = await errorOf(ownFetch({ ca: own.cert, certificate: ended })(url, { method: 'POST', body: 'x' }))
    expect(failureOfError(error)).toMatchObject({ kind: 'other', applied: 'no' })
    expect(connectionAdvice(error)).toMatch(/^The client certificate expired on \d{4}-\d\d-\d\d, .*Renew it\.$/)
  })

  test.each(VERSIONS)('under %s closes without an alert, as Node does: not sent', async (version) => {
    const { url, reached } = await demandingServer(own, authority.cert, version)
    const send = ownFetch({ ca: own.cert, certificate: stranger })
    const error = await errorOf(send(url, { method: 'POST', body: 'x' }))
    expect(failureOfError(error)).toMatchObject({ applied: 'no' })
    expect(connectionAdvice(error)).toMatch(/closed the connection.*client certificate.*another environment/)
    expect(reached).toEqual([])
  })

  test('under TLSv1.2 refuses a client that presents none: not sent, said in words', async () => {
    const { url } = await opensslServer(own, authority.cert, 'TLSv1.2')
    const error = await errorOf(ownFetch({ ca: own.cert })(url, { method: 'POST', body: 'x' }))
    expect(failureOfError(error)).toMatchObject({ kind: 'other', applied: 'no' })
    expect(connectionAdvice(error)).toContain('asked for a client certificate and got none')
  })

  test.each<[string, () => CertificateParts, RegExp]>([
    ['the key of another', () => ({ cert: bank.cert, key: stranger.key }), /private key does not match/],
    [
      'a wrong passphrase',
      () => ({ pfx: pkcs12(bank, 'right'), passphrase: 'wrong' }),
      /passphrase for the .* is missing or wrong/,
    ],
    ['no passphrase', () => ({ pfx: pkcs12(bank, 'right') }), /passphrase for the .* is missing or wrong/],
    ['other bytes', () => ({ pfx: new Uint8Array([1, 2, 3]) }), /not a PKCS #12 file/],
    ['a certificate as key', () => ({ cert: bank.cert, key: bank.cert }), /not valid PEM/],
  ])('%s is misconfigured, in words', async (_what, parts, says) => {
    const present = async (): Promise<unknown> => ownFetch().presenting?.(clientCertificate(parts()))
    const error = await errorOf(present())
    expect(isChaveiroError(error) && [error.code, error.message]).toEqual([
      'misconfigured',
      expect.stringMatching(says),
    ])
  })

  test('connections are kept for each certificate, and never mixed', async () => {
    const { url, sockets } = await demandingServer(own, authority.cert, 'TLSv1.3')
    const other = makeCertificate('other.test', { ca: authority })
    const send = ownFetch({ ca: own.cert })
    for (const parts of [bank, other, bank, other])
      await (await send.presenting?.(clientCertificate(parts))(url))?.text()
    expect(sockets.size).toBe(2)
    expect([...sockets].map((socket) => socket.getPeerCertificate().subject.CN)).toEqual(['account.test', 'other.test'])
  })

  test('a repeat goes over a new connection, with the same certificate', async () => {
    const { url, sockets } = await demandingServer(own, authority.cert, 'TLSv1.3')
    const send = ownFetch({ ca: own.cert })
    const presented = clientCertificate(bank)
    await (await send.presenting?.(presented)(url))?.text()
    const response = await send.fresh?.presenting?.(presented)(url)
    await response?.text()
    expect(sockets.size).toBe(2)
    const [, second] = sockets
    if (second && !second.destroyed) await once(second, 'close')
  })
})
