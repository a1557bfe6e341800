import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { createTokenManager, type Fetch } from '@chaveiro/core'
import { nodeFetch } from '@chaveiro/core/node'
import type { TokenProvider } from '@chaveiro/core/provider'
import { makeCertificate } from '@chaveiro/test-servers'
import { expect, onTestFinished, test } from 'vitest'
import { sealProvider } from './golden/seal/provider.ts'
import { vaultProvider } from './golden/vault/provider.ts'

const own = makeCertificate('localhost')
const client = makeCertificate('contractor.test')

/** A server that takes no call without the client's certificate. */
async function demandingServer() {
  const received: object[] = []
  const server = createServer(
    { ...own, ca: client.cert, requestCert: true, rejectUnauthorized: true },
    async (request, response) => {
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part)
      const { subject } = (request.socket as TLSSocket).getPeerCertificate()
      const { authorization, jwt_token, 'x-account': account } = request.headers
      received.push({
        line: `${request.method} ${request.url}`,
        by: subject.CN,
        authorization,
        jwt_token,
        account,
        body: String(Buffer.concat(parts)),
      })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ access_token: 't', jwt_token: 'j', expires_in: 60 }))
    },
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: new URL(`https://localhost:${(server.address() as AddressInfo).port}`), received }
}

/** Trusts the server, and is closed with the test. */
function trusting(): Fetch {
  const fetch = nodeFetch({ ca: own.cert })
  onTestFinished(() => fetch.close())
  return fetch
}

function account<Inputs, M>(provider: TokenProvider<Inputs, M>, inputs: Inputs, fetch: Fetch = trusting()) {
  const tokens = createTokenManager({ provider, credentials: () => inputs, fetch })
  onTestFinished(() => tokens.close())
  return tokens.account('one')
}

test('a pair and a certificate go into one call, and the certificate into requests of the API', async () => {
  const { url, received } = await demandingServer()
  const inputs = { consumerKey: 'key', consumerSecret: 'secret', certificate: client }

  await account(vaultProvider({ server: url }), inputs).fetch('/declarations')

  const by = 'contractor.test'
  expect(received).toMatchObject([
    {
      line: 'POST /authenticate',
      by,
      authorization: `Basic ${btoa('key:secret')}`,
      body: 'grant_type=client_credentials',
    },
    { line: 'GET /declarations', by, authorization: 'Bearer t', jwt_token: 'j' },
  ])
})

test('a client of the standard has a certificate in place of a secret', async () => {
  const { url, received } = await demandingServer()
  const inputs = { clientId: 'id', account: '12-3', certificate: () => client }

  await account(sealProvider({ server: url }), inputs).fetch('/boletos')

  const by = 'contractor.test'
  expect(received).toMatchObject([
    { line: 'POST /token', by, authorization: undefined, body: 'grant_type=client_credentials&client_id=id' },
    { line: 'GET /boletos', by, authorization: 'Bearer t', account: '12-3' },
  ])
})

test('a fetch that can’t present a certificate is told so, and nothing leaves', async () => {
  const { url, received } = await demandingServer()
  const inputs = { clientId: 'id', account: '12-3', certificate: client }

  const asked = account(sealProvider({ server: url }), inputs, (input, init) =>
    globalThis.fetch(input, init),
  ).getToken()

  await expect(asked).rejects.toMatchObject({ code: 'misconfigured', message: expect.stringContaining('nodeFetch()') })
  expect(received).toEqual([])
})
