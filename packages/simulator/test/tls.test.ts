import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { type RequestOptions, request } from 'node:https'
import { text } from 'node:stream/consumers'
import { describeWith, type MadeCertificate, makeCertificate } from '@chaveiro/test-servers'
import { beforeAll, expect, it } from 'vitest'
import { simulateBitize, simulateOAuth } from '../src/index.ts'
import { type ListenOptions, listen } from '../src/server.ts'

describeWith(['openssl'], 'a server with TLS', () => {
  let own: MadeCertificate
  let client: MadeCertificate
  let stranger: MadeCertificate
  beforeAll(() => {
    own = makeCertificate('server')
    client = makeCertificate('client')
    stranger = makeCertificate('stranger')
  })

  /** One request on a connection of its own: the status and the text. */
  const send = async (url: URL, options: RequestOptions = {}, body = ''): Promise<[number | undefined, string]> => {
    const sent = request(url, { ca: own.cert, agent: false, ...options })
    const answer = once(sent, 'response')
    sent.end(body)
    const [response] = await answer
    return [response.statusCode, await text(response)]
  }

  const bank = (tls: Partial<ListenOptions['tls']> = {}) => {
    const oauth = simulateOAuth({
      client: 'certificate',
      certificate: 'token-and-api',
      credentials: { clientId: 'bank', certificate: client.thumbprint },
    })
    return listen(oauth, { tls: { ...own, ...tls } })
  }
  const grant = {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  } as const
  const form = 'grant_type=client_credentials&client_id=bank'

  it('is at an https address, with the certificate that it is given', async () => {
    await using server = await listen(simulateBitize(), { tls: own })
    expect(server.url.protocol).toBe('https:')
    expect((await send(new URL('/vendors', server.url)))[0]).toBe(401)
    await expect(send(server.url, { ca: stranger.cert })).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  })

  it('passes on the certificate that a client presented, and binds tokens to it', async () => {
    await using server = await bank({ clientCertificates: { ca: client.cert } })
    const [status, answer] = await send(new URL('/token', server.url), { ...grant, ...client }, form)
    expect(status).toBe(200)
    const headers = { authorization: `Bearer ${JSON.parse(answer).access_token}` }
    expect((await send(new URL('/resource', server.url), { headers, ...client }))[0]).toBe(200)
  })

  it('accepts no connection without one, or with one of another authority, if it demands them', async () => {
    await using server = await bank({ clientCertificates: { ca: client.cert } })
    for (const presented of [{}, stranger]) {
      await expect(send(new URL('/token', server.url), { ...grant, ...presented }, form)).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:ERR_SSL|ECONNRESET|EPIPE)/),
      })
    }
  })

  it('leaves it to the provider if it only asks for them', async () => {
    await using server = await bank({ clientCertificates: { ca: client.cert, demanded: false } })
    const url = new URL('/token', server.url)
    expect((await send(url, { ...grant, ...client }, form))[0]).toBe(200)
    for (const presented of [{}, stranger]) expect((await send(url, { ...grant, ...presented }, form))[0]).toBe(401)
  })

  it('believes no client that writes the header of a proxy itself', async () => {
    const der = new X509Certificate(client.cert).raw.toString('base64')
    const headers = { ...grant.headers, 'client-cert': `:${der}:` }
    for (const asks of [{}, { clientCertificates: { ca: client.cert, demanded: false } }]) {
      await using server = await bank(asks)
      expect((await send(new URL('/token', server.url), { ...grant, headers }, form))[0]).toBe(401)
    }
  })
})

it('says so when the key and the certificate cannot be read', async () => {
  await expect(listen(simulateBitize(), { tls: { key: 'no key', cert: 'no certificate' } })).rejects.toThrow('PEM')
})
