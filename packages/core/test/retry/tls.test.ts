import { createServer as createSocketServer } from 'node:net'
import { describeWith, makeCertificate } from '@chaveiro/test-servers'
import { Agent, fetch as undiciFetch } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import { connectionAdvice } from '../../src/http/connection-advice.ts'
import { failureOfError } from '../../src/http/failure.ts'
import { tlsServer } from '../support/tls-server.ts'
import { httpServer } from './loopback.ts'

const POST = { method: 'POST', body: 'x' }

async function errorOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => expect.fail('it succeeded'),
    (error: unknown) => error,
  )
}

/** A fetch that trusts this certificate. */
function trusting(cert: string): (url: URL) => Promise<unknown> {
  const dispatcher = new Agent({ connect: { ca: cert } })
  onTestFinished(() => dispatcher.destroy())
  return (url) => undiciFetch(url, { ...POST, dispatcher })
}

describeWith(['openssl'], 'a real TLS server', () => {
  test('whose certificate signed itself: not sent', async () => {
    const error = await errorOf(fetch(await tlsServer(makeCertificate('localhost')), POST))
    expect(failureOfError(error)).toEqual({ kind: 'other', applied: 'no', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
    expect(connectionAdvice(error)).toContain('NODE_EXTRA_CA_CERTS')
  })

  test('whose certificate an unknown authority signed: not sent', async () => {
    const ca = makeCertificate('ca.test')
    const error = await errorOf(fetch(await tlsServer(makeCertificate('localhost', { ca })), POST))
    expect(failureOfError(error)).toMatchObject({ kind: 'other', applied: 'no' })
    expect(connectionAdvice(error)).toContain('NODE_EXTRA_CA_CERTS')
  })

  test('whose certificate has expired: not sent', async () => {
    const ca = makeCertificate('ca.test')
    const send = trusting(ca.cert)
    const error = await errorOf(send(await tlsServer(makeCertificate('localhost', { ca, days: -1 }))))
    expect(failureOfError(error)).toEqual({ kind: 'other', applied: 'no', code: 'CERT_HAS_EXPIRED' })
    expect(connectionAdvice(error)).toContain('clock')
  })

  test('whose certificate is for another host: not sent', async () => {
    const own = makeCertificate('elsewhere.test', { host: 'elsewhere.test' })
    const error = await errorOf(trusting(own.cert)(await tlsServer(own)))
    expect(failureOfError(error)).toEqual({ kind: 'other', applied: 'no', code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
    expect(connectionAdvice(error)).toContain('host name')
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'that demands a client certificate, under %s: perhaps sent',
    async (version) => {
      const own = makeCertificate('localhost')
      const url = await tlsServer({ ...own, requestCert: true, ca: own.cert, minVersion: version, maxVersion: version })
      const failure = failureOfError(await errorOf(trusting(own.cert)(url)))
      expect(failure).toMatchObject({ applied: 'maybe' })
    },
  )

  test('that ends in the middle of the handshake: not sent', async () => {
    const server = createSocketServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => socket.end())
    })
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const error = await errorOf(fetch(`https://127.0.0.1:${port}`, POST))
    expect(failureOfError(error)).toMatchObject({ kind: 'network', applied: 'no' })
  })

  test('that is a plain HTTP server: not sent', async () => {
    const { url, received } = await httpServer((response) => void response.end())
    const error = await errorOf(fetch(url.replace('http:', 'https:'), POST))
    expect(failureOfError(error)).toMatchObject({ kind: 'other', applied: 'no' })
    expect(connectionAdvice(error)).toContain('does not speak TLS')
    expect(received).toEqual([])
  })
})
