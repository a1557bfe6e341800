import { createTokenManager, isChaveiroError, type TokenManager } from '@chaveiro/core'
import { checkGrant, defineProvider, expiry, type Grant, type ProviderIo, seconds } from '@chaveiro/core/provider'
import { describeWith, makeCertificate, type PemPair } from '@chaveiro/test-servers'
import { Agent, fetch as undiciFetch } from 'undici'
import { expect, onTestFinished, test } from 'vitest'
import type { Fetch } from '../../src/retry/index.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { httpServer } from '../retry/loopback.ts'
import { tlsServer } from '../support/tls-server.ts'

const HOUR = 3_600_000

interface Issuer {
  readonly manager: TokenManager
  readonly clock: FakeClock
  readonly own: PemPair
  /** What reached the token endpoint. */
  readonly calls: string[]
  /** Sends every call here from now on; `undefined`: to the token endpoint again. */
  readonly reach: (elsewhere: URL | undefined) => void
}

/** A token endpoint over TLS, whose refresh tokens are used once, and a way to lead its calls elsewhere. */
async function issuer(): Promise<Issuer> {
  const own = makeCertificate('localhost')
  const calls: string[] = []
  const server = await tlsServer(own, (response, { url = '' }) => {
    calls.push(url)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ token: `token-${calls.length}`, refresh: `refresh-${calls.length}` }))
  })
  let target = server
  const dispatcher = new Agent({ connect: { ca: own.cert } })
  onTestFinished(() => dispatcher.destroy())
  // undici's own fetch reads no Request of the platform.
  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, init)
    const { pathname } = new URL(request.url)
    const { method, signal } = request
    const options = { method, body: await request.text(), signal, dispatcher }
    return Reflect.apply(undiciFetch, undefined, [new URL(pathname, target), options])
  }
  const obtain = async (io: ProviderIo, path: string): Promise<Grant> => {
    const response = await io.fetch(new URL(path, server), { method: 'POST', body: '{}' })
    const answer: Record<string, unknown> = await response.json()
    return checkGrant({
      accessToken: answer['token'],
      refreshToken: answer['refresh'],
      expiresAt: expiry(io, seconds(3_600)),
    })
  }
  const clock = new FakeClock()
  const manager = createTokenManager({
    provider: defineProvider({
      id: 'example',
      server,
      refreshKind: 'single-use',
      repeat: 'free',
      acquire: (io) => obtain(io, '/acquire'),
      refresh: (io) => obtain(io, '/refresh'),
    }),
    credentials: () => ({}),
    fetch,
    clock,
    random: () => 0,
    retry: { baseMs: 0 },
  })
  onTestFinished(() => manager.close())
  return {
    manager,
    clock,
    calls,
    own,
    reach: (elsewhere) => {
      target = elsewhere ?? server
    },
  }
}

async function failureOf(manager: TokenManager): Promise<{ code: string; message: string }> {
  const error = await manager
    .account('one')
    .getToken()
    .catch((thrown: unknown) => thrown)
  if (!isChaveiroError(error)) throw new Error('The call brought a token, or another error.')
  return { code: error.code, message: error.message }
}

describeWith(['openssl'], 'a single-use refresh token whose call meets TLS trouble', () => {
  const ca = () => makeCertificate('ca.test')
  const untrusted: [string, () => Promise<URL>, RegExp][] = [
    [
      'an unknown certificate',
      () => tlsServer(makeCertificate('localhost')),
      /DEPTH_ZERO_SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS/,
    ],
    ['an unknown authority', () => tlsServer(makeCertificate('localhost', { ca: ca() })), /NODE_EXTRA_CA_CERTS/],
    ['a port without TLS', plainServer, /ERR_SSL_WRONG_VERSION_NUMBER/],
  ]
  test.each(untrusted)('%s: it was not sent, and is used once TLS works again', async (_name, elsewhere, says) => {
    const { manager, clock, calls, reach } = await issuer()
    expect((await manager.account('one').getToken()).reveal()).toBe('token-1')
    reach(await elsewhere())
    await clock.advance(2 * HOUR)
    const { code, message } = await failureOf(manager)
    expect([code, message]).toEqual(['unavailable', expect.stringMatching(says)])
    reach(undefined)
    await clock.advance(HOUR)
    expect((await manager.account('one').getToken()).reveal()).toBe('token-2')
    expect(calls).toEqual(['/acquire', '/refresh'])
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'a demand for a client certificate under %s: it may be spent, so the keys bring the next token',
    async (version) => {
      const { manager, clock, calls, reach, own } = await issuer()
      await manager.account('one').getToken()
      const picky = { ...own, requestCert: true, ca: own.cert, minVersion: version, maxVersion: version }
      reach(await tlsServer(picky))
      await clock.advance(2 * HOUR)
      expect((await failureOf(manager)).code).toBe('unavailable')
      reach(undefined)
      await clock.advance(HOUR)
      await manager.account('one').getToken()
      expect(calls).toEqual(['/acquire', '/acquire'])
    },
  )
})

async function plainServer(): Promise<URL> {
  const { url } = await httpServer((response) => void response.end())
  return new URL(url.replace('http:', 'https:'))
}
