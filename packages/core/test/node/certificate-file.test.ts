import { chmodSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TLSSocket } from 'node:tls'
import { type CertificateInput, createTokenManager, isChaveiroError } from '@chaveiro/core'
import { clientCertificates } from '@chaveiro/core/certificate'
import { defineProvider } from '@chaveiro/core/provider'
import { describeWith, makeCertificate, type PemPair, pkcs12 } from '@chaveiro/test-servers'
import { expect, onTestFinished, test } from 'vitest'
import { certificateFile } from '../../src/node/index.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { portOf } from '../support/tls-server.ts'
import { ownFetch } from './own-fetch.ts'

interface Folder {
  readonly cert: string
  readonly key: string
  readonly path: (name: string) => string
  /** Writes the pair, and makes it a second newer, as a renewal is. */
  readonly write: (pair: Partial<PemPair>) => void
}

function folder(): Folder {
  const path = mkdtempSync(join(tmpdir(), 'certificate-file-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  const [cert, key] = [join(path, 'bank.crt'), join(path, 'bank.key')]
  let at = 1_700_000_000
  return {
    cert,
    key,
    path: (name) => join(path, name),
    write(pair) {
      at += 1
      for (const [name, text] of [[cert, pair.cert] as const, [key, pair.key] as const]) {
        if (text === undefined) continue
        writeFileSync(`${name}.new`, text)
        utimesSync(`${name}.new`, at, at)
        renameSync(`${name}.new`, name)
      }
    },
  }
}

async function messageOf(call: Promise<unknown>): Promise<string> {
  const error = await call.catch((thrown: unknown) => thrown)
  if (!isChaveiroError(error) || error.code !== 'misconfigured') throw new Error('not misconfigured')
  return error.message
}

describeWith(['openssl'], 'certificateFile()', () => {
  const authority = makeCertificate('ca.test')
  const made = (name: string): PemPair => {
    const { cert, key } = makeCertificate(name, { ca: authority })
    return { cert, key }
  }
  const first = made('first.test')
  const second = made('second.test')

  test('gives the same certificate until its files change', async () => {
    const files = folder()
    files.write(first)
    const read = certificateFile({ cert: files.cert, key: files.key, checkEveryMs: 0 })
    const before = await read()
    expect(before.parts()).toEqual(first)
    expect(await read()).toBe(before)
    files.write(second)
    expect((await read()).parts()).toEqual(second)
  })

  test('looks at the files once in a while only', async () => {
    const files = folder()
    files.write(first)
    const read = certificateFile({ cert: files.cert, key: files.key, checkEveryMs: 3_600_000 })
    const before = await read()
    files.write(second)
    expect(await read()).toBe(before)
  })

  test('goes on with the certificate before it while a renewal is half written, or gone', async () => {
    const files = folder()
    files.write(first)
    const read = certificateFile({ cert: files.cert, key: files.key, checkEveryMs: 0 })
    const before = await read()
    files.write({ cert: second.cert })
    expect(await read()).toBe(before)
    files.write({ key: second.key })
    expect((await read()).parts()).toEqual(second)
    files.write({ cert: '' })
    expect((await read()).parts()).toEqual(second)
    rmSync(files.key)
    expect((await read()).parts()).toEqual(second)
  })

  test('reads one file with both, and PKCS #12 with a passphrase that is read late', async () => {
    const { path } = folder()
    writeFileSync(path('both.pem'), first.key + first.cert)
    writeFileSync(path('bank.p12'), pkcs12(first, 'open sesame'))
    const both = await certificateFile({ cert: path('both.pem'), key: path('both.pem') })()
    expect(both.parts()).toEqual({ cert: first.key + first.cert, key: first.key + first.cert })
    const read = certificateFile({ pfx: path('bank.p12'), passphrase: async () => 'open sesame' })
    const parts = (await read()).parts()
    expect('pfx' in parts && parts.passphrase).toBe('open sesame')
  })

  test.each<[string, (path: (name: string) => string) => () => Promise<unknown>, RegExp]>([
    ['is missing', (path) => certificateFile({ pfx: path('none.p12') }), /none\.p12 can't be read \(ENOENT\)/],
    ['is empty', (path) => certificateFile({ cert: path('empty'), key: path('empty') }), /no certificate with its key/],
    ['has another key', (path) => certificateFile({ cert: path('a.crt'), key: path('b.key') }), /does not match/],
    ['opens with another passphrase', (path) => certificateFile({ pfx: path('a.p12'), passphrase: 'x' }), /passphrase/],
  ])('says in words that a file %s', async (_what, open, says) => {
    const { path } = folder()
    writeFileSync(path('empty'), '')
    writeFileSync(path('a.crt'), first.cert)
    writeFileSync(path('b.key'), second.key)
    writeFileSync(path('a.p12'), pkcs12(first, 'secret phrase'))
    chmodSync(path('a.p12'), 0o600)
    const message = await messageOf(open(path)())
    expect(message).toMatch(says)
    expect(message).not.toContain('secret phrase')
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'under %s, token calls and API calls present a renewed certificate without a restart',
    async (version) => {
      const files = folder()
      files.write(first)
      const own = makeCertificate('localhost')
      const seen: string[] = []
      const demands = { requestCert: true, rejectUnauthorized: true, ca: authority.cert }
      const versions = { minVersion: version, maxVersion: version }
      const bankServer = createServer({ ...own, ...demands, ...versions }, (request, response) => {
        const { socket, url } = request
        const name = socket instanceof TLSSocket ? socket.getPeerCertificate().subject.CN : undefined
        seen.push([url, name].join(' '))
        request.resume().on('end', () => void response.end('{"access_token":"a-token","expires_in":3600}'))
      })
      const server = new URL(`https://localhost:${await portOf(bankServer)}`)
      const clock = new FakeClock()
      const manager = createTokenManager({
        provider: defineProvider<{ certificate: CertificateInput }>({
          id: 'bank',
          server,
          refreshKind: 'none',
          repeat: 'free',
          inputs: { certificate: { description: 'Of the account.', kind: 'certificate', secret: true } },
          certificates: clientCertificates((inputs) => inputs.certificate),
          async acquire(io, inputs) {
            const response = await io.presenting(inputs.certificate)(new URL('/token', server), { method: 'POST' })
            const answer: { access_token: string; expires_in: number } = await response.json()
            return { accessToken: answer.access_token, expiresAt: io.now + answer.expires_in * 1_000 }
          },
        }),
        credentials: () => ({ certificate: certificateFile({ cert: files.cert, key: files.key, checkEveryMs: 0 }) }),
        fetch: ownFetch({ ca: own.cert }),
        clock,
      })
      onTestFinished(() => manager.close())
      const source = manager.account('one')
      await (await source.fetch('/balance')).text()
      files.write(second)
      await clock.advance(60_000)
      await (await source.fetch('/balance')).text()
      await source.reject(await source.getToken())
      await source.getToken()
      expect(seen).toEqual(['/token first.test', '/balance first.test', '/balance second.test', '/token second.test'])
    },
  )
})
