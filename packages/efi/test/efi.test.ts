import type { TokenEvent } from '@chaveiro/core'
import { nodeFetch } from '@chaveiro/core/node'
import { FakeClock } from '@chaveiro/core/testing'
import { createEfi, createEfiCharges } from '@chaveiro/efi'
import { type EfiSimulator, simulateEfi, simulateEfiCharges } from '@chaveiro/simulator'
import { listen, type SimulatorServer } from '@chaveiro/simulator/server'
import { describeWith, type MadeCertificate, makeCertificate } from '@chaveiro/test-servers'
import { failureOf } from '@chaveiro/test-servers/simulated'
import { expect, it, onTestFinished } from 'vitest'

const CREDENTIALS = { clientId: 'Client_Id_of_a_test', clientSecret: 'Client_Secret_of_a_test' }
const MINUTE_MS = 60_000
describeWith(['openssl'], 'Efí, Pix', () => {
  // Each environment issues its own.
  const production = makeCertificate('authority of production')
  const sandbox = makeCertificate('authority of the sandbox')
  const own = makeCertificate('server', { ca: sandbox })
  const ofSandbox = makeCertificate('account', { ca: sandbox })
  const ofProduction = makeCertificate('account', { ca: production })

  /** The sandbox, as it is reached: over TLS, with a certificate of its authority or not at all. */
  async function sandboxOf({ thumbprint }: MadeCertificate): Promise<{ efi: EfiSimulator; server: SimulatorServer }> {
    const efi = simulateEfi({ credentials: { ...CREDENTIALS, certificate: thumbprint } })
    const server = await listen(efi, { tls: { ...own, clientCertificates: { ca: sandbox.cert } } })
    onTestFinished(() => server.close())
    return { efi, server }
  }

  function clientAt(server: URL, certificate: MadeCertificate) {
    const fetch = nodeFetch({ ca: sandbox.cert })
    const client = createEfi({ server, ...CREDENTIALS, certificate, fetch })
    const events: TokenEvent[] = []
    client.on((event) => void events.push(event))
    onTestFinished(async () => {
      await client.close()
      await fetch.close()
    })
    return { client, events }
  }

  it('the certificate is in the token call and in requests of the API [E01, E02]', async () => {
    const { efi, server } = await sandboxOf(ofSandbox)
    const { client } = clientAt(server.url, ofSandbox)
    expect((await client.fetch('/v2/cob')).status).toBe(200)
    expect([efi.count('issueToken'), efi.count('listCharges')]).toEqual([1, 1])
    expect((await client.getToken()).scopes).toEqual(['cob.read', 'cob.write', 'pix.read', 'pix.write'])
  })

  it('a certificate of the other environment is told from wrong keys, in a sentence [E06]', async () => {
    const { efi, server } = await sandboxOf(ofSandbox)
    const { code, message } = await failureOf(clientAt(server.url, ofProduction).client.getToken())
    expect(message).toMatch(/client certificate.*may belong to another environment/)
    expect(code).toBe('misconfigured')
    expect(efi.count('issueToken')).toBe(0)
  })

  it('a certificate that has ended is named with its day, and one that ends soon is told before', async () => {
    const { efi, server } = await sandboxOf(ofSandbox)
    const ended = makeCertificate('account', { ca: sandbox, days: -1 })
    const { message } = await failureOf(clientAt(server.url, ended).client.getToken())
    expect(message).toMatch(/The client certificate expired on \d{4}-\d\d-\d\d.*Renew it/)
    expect(efi.count('issueToken')).toBe(0)

    const ending = makeCertificate('account', { ca: sandbox, days: 10 })
    const soon = await sandboxOf(ending)
    const { client, events } = clientAt(soon.server.url, ending)
    await client.getToken()
    expect(events.find(({ type }) => type === 'certificate.expiring')).toMatchObject({ daysLeft: 9 })
  })

  it('another API with a certificate is the same call on its own host [E04]', async () => {
    const clock = new FakeClock()
    const efi = simulateEfi({ clock, credentials: CREDENTIALS, tokenPath: '/v1/oauth/token' })
    const send = (...request: Parameters<typeof efi.fetch>) => efi.fetch(...request)
    await using openFinance = createEfi({
      server: new URL('/v1', efi.url),
      ...CREDENTIALS,
      certificate: ofSandbox,
      clock,
      fetch: Object.assign(send, { presenting: () => send }),
    })
    expect((await openFinance.getToken()).expiresAt).toBe(clock.now() + 60 * MINUTE_MS)
  })
})

it.each([
  ['production', 'https://cobrancas.api.efipay.com.br/v1/authorize', 'https://cobrancas.api.efipay.com.br/v1/plans'],
  ['sandbox', 'https://cobrancas-h.api.efipay.com.br/v1/authorize', 'https://cobrancas-h.api.efipay.com.br/v1/plans'],
] as const)(
  'Cobranças in %s has a host and tokens of its own, and no certificate [E03, E05]',
  async (server, ...urls) => {
    const clock = new FakeClock()
    const efi = simulateEfiCharges({ clock, credentials: CREDENTIALS })
    const sent: Request[] = []
    await using charges = createEfiCharges({
      server,
      ...CREDENTIALS,
      clock,
      random: () => 0,
      async fetch(input, init) {
        const request = new Request(input, init)
        sent.push(request.clone())
        return efi.fetch(new URL(new URL(request.url).pathname, efi.url), init)
      },
    })
    expect((await charges.fetch('/v1/plans')).status).toBe(200)
    expect(sent.map(({ url }) => url)).toEqual(urls)
    expect(await sent[0]?.json()).toEqual({ grant_type: 'client_credentials' })
    expect((await charges.getToken()).expiresAt).toBe(clock.now() + 10 * MINUTE_MS)
  },
)
