import { format } from 'node:util'
import {
  type CertificateInput,
  type ClientCertificate,
  createTokenManager,
  type Fetch,
  isChaveiroError,
  type TokenEvent,
  type TokenManager,
} from '@chaveiro/core'
import { clientCertificate, clientCertificates } from '@chaveiro/core/certificate'
import { createProviderClient, defineProvider, type TokenProvider } from '@chaveiro/core/provider'
import { expect, onTestFinished, test } from 'vitest'
import { NOT_SENT } from '../../src/http/never-sent.ts'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { patiently } from '../support/engine-world.ts'
import { leakScan } from '../support/leak-scan.ts'

const SERVER = new URL('https://bank.example')
const KEY = '-----BEGIN PRIVATE KEY-----\nmade-up-secret\n-----END PRIVATE KEY-----\n'
const pair = (name: string) => ({
  cert: `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`,
  key: KEY,
})

interface Inputs {
  certificate: CertificateInput
}

const bank: TokenProvider<Inputs> = defineProvider<Inputs>({
  id: 'bank',
  server: SERVER,
  refreshKind: 'none',
  repeat: 'free',
  inputs: { certificate: { description: 'The certificate of the account.', kind: 'certificate', secret: true } },
  certificates: clientCertificates(({ certificate }) => certificate),
  async acquire(io, { certificate }) {
    await io.presenting(certificate)(new URL('/token', SERVER), { method: 'POST' })
    return { accessToken: 'a-token' }
  },
})

interface Presenting {
  readonly fetch: Fetch
  /** Where each request went, and whose certificate it presented. */
  readonly sent: string[]
}

function urlOf(input: string | URL | Request): string | URL {
  return typeof input === 'object' && 'url' in input ? input.url : input
}

/** Answers everything, and presents certificates. */
function presentingFetch(): Presenting {
  const sent: string[] = []
  const nameOf = (certificate?: ClientCertificate): string => {
    const parts = certificate?.parts()
    if (parts === undefined) return 'none'
    return 'pfx' in parts ? `pfx ${parts.pfx.join()}` : String(parts.cert.split('\n')[1])
  }
  const through =
    (certificate?: ClientCertificate): Fetch =>
    async (input) => {
      sent.push(`${new URL(urlOf(input)).pathname} ${nameOf(certificate)}`)
      return new Response('ok')
    }
  return { sent, fetch: Object.assign(through(), { presenting: through }) }
}

function managerOf(certificate: () => CertificateInput, fetch: Fetch, clock = new FakeClock()): TokenManager {
  const credentials = () => ({ certificate: certificate() })
  const manager = createTokenManager({ provider: bank, credentials, fetch, clock })
  onTestFinished(() => manager.close())
  return manager
}

async function errorOf(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await work.catch((thrown: unknown) => thrown)
  if (!isChaveiroError(error)) throw new Error('The call succeeded, or failed with another error.')
  return { code: error.code, message: error.message }
}

test.each<[string, CertificateInput, string]>([
  ['a PEM pair', pair('one'), 'one'],
  ['a PKCS #12 file', { pfx: new Uint8Array([1, 2]), passphrase: 'open' }, 'pfx 1,2'],
  ['a certificate that prints as a mask', clientCertificate(pair('two')), 'two'],
  ['a function, read late', async () => pair('three'), 'three'],
])('token calls and API calls present %s', async (_name, certificate, shown) => {
  const { fetch, sent } = presentingFetch()
  await managerOf(() => certificate, fetch)
    .account('one')
    .fetch('/balance')
  expect(sent).toEqual([`/token ${shown}`, `/balance ${shown}`])
})

test('the client of one account presents its certificate, with the typed client too', async () => {
  const { fetch, sent } = presentingFetch()
  const client = createProviderClient<Record<string, never>, Inputs>(bank, { certificate: pair('own'), fetch })
  onTestFinished(() => client.close())
  await client.fetch('/balance')
  await Reflect.apply(client.api.GET, undefined, ['/raw', {}]).catch(() => {})
  expect(sent).toEqual(['/token own', '/balance own', '/raw own'])
})

test('a fetch that can present no certificate is told so before anything is sent, with what to pass', async () => {
  const sent: unknown[] = []
  const manager = managerOf(
    () => pair('one'),
    async (input) => {
      sent.push(input)
      return new Response('ok')
    },
  )
  const { code, message } = await errorOf(manager.account('one').getToken())
  expect(code).toBe('misconfigured')
  expect(message).toMatch(/bank, account "one": .*nodeFetch\(\) of @chaveiro\/core\/node.*Deno, Bun and Workers/)
  expect(sent).toEqual([])
})

test.each<[string, unknown]>([
  ['a path', '/etc/bank.pem'],
  ['half a pair', { cert: pair('one').cert }],
  ['a key that is not PEM', { cert: pair('one').cert, key: 'made-up-secret' }],
  ['a function that returns nothing', () => undefined],
])('an input that is %s is misconfigured, and not shown', async (_name, given) => {
  const { fetch, sent } = presentingFetch()
  const manager = createTokenManager({
    provider: bank,
    credentials: () => Object.assign({ certificate: pair('one') }, { certificate: given }),
    fetch,
  })
  onTestFinished(() => manager.close())
  const { code, message } = await errorOf(manager.account('one').getToken())
  expect([code, message]).toEqual(['misconfigured', expect.stringContaining('The input certificate is not a client')])
  expect(message).not.toContain('made-up-secret')
  expect(sent).toEqual([])
})

test('API calls read the certificate again after a minute, and not before', async () => {
  const { fetch, sent } = presentingFetch()
  const clock = new FakeClock()
  let name = 'old'
  const source = managerOf(() => pair(name), fetch, clock).account('one')
  await source.fetch('/1')
  name = 'new'
  await source.fetch('/2')
  await clock.advance(60_000)
  await source.fetch('/3')
  expect(sent).toEqual(['/token old', '/1 old', '/2 old', '/3 new'])
})

test('API calls go on with the last certificate while it cannot be read', async () => {
  const { fetch, sent } = presentingFetch()
  const clock = new FakeClock()
  let isDown = false
  const read = (): CertificateInput => {
    if (isDown) throw new Error('the vault is down')
    return pair('old')
  }
  const source = managerOf(read, fetch, clock).account('one')
  await source.fetch('/1')
  isDown = true
  await clock.advance(60_000)
  await source.fetch('/2')
  expect(sent).toEqual(['/token old', '/1 old', '/2 old'])
})

test('the repeat of a token call goes through the fresh connections of the fetch', async () => {
  const { fetch, sent } = presentingFetch()
  const lost = Object.assign(new TypeError('fetch failed'), {
    cause: Object.assign(new Error(), { code: 'ECONNRESET' }),
  })
  const dead: Fetch = async () => {
    throw lost
  }
  const both = Object.assign(dead, { presenting: () => dead, fresh: fetch })
  const clock = new FakeClock()
  const token = managerOf(() => pair('one'), both, clock)
    .account('one')
    .getToken()
  await clock.advance(10_000)
  expect((await token).reveal()).toBe('a-token')
  expect(sent).toEqual(['/token one'])
})

test('a certificate that the server refuses is misconfigured, and tried again, because the server may learn of it', async () => {
  const { fetch, sent } = presentingFetch()
  const refusal = { [NOT_SENT]: 'other', advice: 'The server refused it. Check it.', code: 'ERR_SSL_ALERT_UNKNOWN_CA' }
  let isKnown = false
  const refusing: Fetch = async () => {
    throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('alert'), refusal) })
  }
  const presenting = (certificate: ClientCertificate): Fetch =>
    isKnown ? (fetch.presenting?.(certificate) ?? fetch) : refusing
  const clock = new FakeClock()
  const source = managerOf(() => pair('one'), Object.assign(refusing, { presenting }), clock).account('one')
  const refused = await patiently(clock, errorOf(source.getToken()))
  expect(refused.code).toBe('misconfigured')
  expect(refused.message).toContain('The server refused it. Check it.')
  expect((await source.status()).state).toBe('misconfigured')
  isKnown = true
  await clock.advance(3_600_000)
  expect((await source.getToken()).reveal()).toBe('a-token')
  expect(sent).toEqual(['/token one'])
})

test('a certificate that ends within 30 days is told once, with the days', async () => {
  const clock = new FakeClock()
  const presents = { fingerprint: 'of this test', endsAt: clock.now() + 31.5 * 86_400_000 }
  const answer: Fetch = async () => new Response('ok')
  const fetch = Object.assign(answer, { presenting: () => Object.assign(answer.bind(undefined), { presents }) })
  const managers = [managerOf(() => pair('one'), fetch, clock), managerOf(() => pair('one'), fetch, clock)]
  const events: TokenEvent[] = []
  for (const manager of managers)
    manager.on((event) => {
      if (event.type === 'certificate.expiring') events.push(event)
    })
  await managers[0]?.account('one').fetch('/')
  expect(events).toEqual([])
  await clock.advance(2 * 86_400_000)
  for (const manager of managers) await manager.account('one').fetch('/')
  expect(events).toEqual([
    {
      type: 'certificate.expiring',
      provider: 'bank',
      account: { tenant: 'one' },
      expiresAt: presents.endsAt,
      daysLeft: 29,
    },
  ])
})

test('a listener of every call hears when each account presents another certificate', async () => {
  const clock = new FakeClock()
  let given = { fingerprint: 'first', endsAt: clock.now() + 90 * 86_400_000 }
  const answer: Fetch = async () => new Response('ok')
  const fetch = Object.assign(answer, { presenting: () => Object.assign(answer.bind(undefined), { presents: given }) })
  const manager = managerOf(() => pair('one'), fetch, clock)
  const heard: unknown[] = []
  const hear = ({ type, account: { tenant }, expiresAt }: TokenEvent): void => {
    if (type === 'certificate.presented') heard.push([tenant, expiresAt])
  }
  manager.on(hear, { everyCall: true })
  const use = async (): Promise<void> => {
    for (const name of ['one', 'two', 'one']) await manager.account(name).fetch('/')
  }
  await use()
  const before = given.endsAt
  given = { fingerprint: 'second', endsAt: before + 1 }
  await clock.advance(61_000)
  await use()
  expect(heard).toEqual([
    ['one', before],
    ['two', before],
    ['one', before + 1],
    ['two', before + 1],
  ])
})

test('a certificate shows its key in no rendering', async () => {
  const secrets = ['made-up-secret', 'open sesame']
  const scan = leakScan()
  for (const certificate of [
    clientCertificate(pair('one')),
    clientCertificate({ ...pair('one'), passphrase: 'open sesame' }),
    clientCertificate({ pfx: new TextEncoder().encode('made-up-secret'), passphrase: 'open sesame' }),
  ]) {
    scan.collect('a certificate', certificate)
    expect(format('%s %j %o', certificate, { certificate }, certificate)).toBe(
      '[client certificate] {"certificate":"[client certificate]"} [client certificate]',
    )
  }
  expect(scan.leaks(secrets)).toEqual([])
  expect(scan.size).toBeGreaterThan(0)
})
