import { nodeFetch } from '@chaveiro/core/node'
import { createIntegraContador } from '@chaveiro/serpro'
import { simulateIntegraContador } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { describeWith } from '@chaveiro/test-servers'
import { handshakes } from '@chaveiro/test-servers/simulated'
import { expect, it } from 'vitest'
import { CERTIFICATE, gateway, integraContador } from './contract.ts'

const PERSON = '/consulta-cpf-df/v1/cpf/00000000000'
const CONSULT = ['/Consultar', { method: 'POST', body: '{}' }] as const

it('the gateway takes Basic and a form [S01]', async () => {
  await using contract = gateway()
  expect((await contract.client.fetch(PERSON)).status).toBe(200)
  const [login, read] = contract.sent
  expect(login?.headers.get('authorization')).toBe(`Basic ${btoa('key of the contract:secret of the contract')}`)
  expect(login?.headers.get('content-type')).toBe('application/x-www-form-urlencoded')
  expect(await login?.text()).toBe('grant_type=client_credentials')
  expect(read?.headers.get('authorization')).toMatch(/^Bearer /)
  expect(read?.headers.has('jwt_token')).toBe(false)
})

it('a token of the gateway lives as long as its answer says [S02]', async () => {
  await using contract = gateway()
  const { client, clock } = contract
  const first = await client.getToken()
  expect(first.expiresAt).toBe(clock.now() + 3_295_000)
  await clock.advance(3_295_000)
  expect((await client.getToken()).generation).toBe(first.generation + 1)
})

it('documented servers: the gateway, and for a contractor another host and a path of the gateway', async () => {
  const urls: string[] = []
  const fetch = async (input: string | URL | Request): Promise<Response> => {
    urls.push(new Request(input).url)
    return Response.json({ access_token: 'a', jwt_token: 'j', expires_in: 2008, token_type: 'Bearer' })
  }
  const presenting = Object.assign(fetch, { presenting: () => fetch })
  const { inputs } = integraContador()
  await using contractor = createIntegraContador({ server: 'production', ...inputs, fetch: presenting })
  await contractor.fetch(...CONSULT)
  expect(urls).toEqual([
    'https://autenticacao.sapi.serpro.gov.br/authenticate',
    'https://gateway.apiserpro.serpro.gov.br/integra-contador/v1/Consultar',
  ])
})

describeWith(['openssl'], 'Integra Contador', () => {
  it('the contractor presents its certificate in the login alone, and says what it is [S03, S04]', async () => {
    await using contract = integraContador()
    expect((await contract.client.fetch(...CONSULT)).status).toBe(200)
    const [login, consult] = contract.sent
    expect(login?.headers.get('role-type')).toBe('TERCEIROS')
    expect(await login?.text()).toBe('grant_type=client_credentials')
    expect([login, consult].map((request) => request?.headers.has('client-cert'))).toEqual([true, false])
  })

  it('both tokens of one answer are on each request, also after they were replaced [S05, S06]', async () => {
    await using contract = integraContador()
    const { client, simulator, sent } = contract
    await client.fetch(...CONSULT)
    simulator.revoke()
    expect((await client.fetch(...CONSULT)).status).toBe(200)
    const pairs = sent
      .filter(({ url }) => url.endsWith('/Consultar'))
      .map(({ headers }) => [headers.get('authorization')?.slice('Bearer '.length), headers.get('jwt_token')])
    expect(pairs).toHaveLength(3)
    for (const [token, jwt] of pairs) expect(jwt).toBe(`${token}.of.the.contractor`)
    expect(simulator.charged).toBe(2)
  })

  it('a 403 comes back as it is, and neither a login nor another request follows it [S07]', async () => {
    await using contract = integraContador()
    const { client, simulator } = contract
    simulator.denyPower()
    const response = await client.fetch(...CONSULT)
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('ICGERENCIADOR-022')])
    expect([simulator.charged, simulator.count('issueToken')]).toEqual([1, 1])
  })

  it('a program that reads a code of the tokens rejects the pair, and the next request has another [S07]', async () => {
    await using contract = integraContador()
    const { client, simulator } = contract
    const token = await client.getToken()
    await client.reject(token)
    expect((await client.fetch(...CONSULT)).status).toBe(200)
    expect(simulator.count('issueToken')).toBe(2)
  })

  it('the second token is printed nowhere', async () => {
    await using contract = integraContador()
    const token = await contract.client.getToken()
    const jwt = token.secrets.jwt?.reveal()
    expect(jwt).toMatch(/contractor$/)
    const shown = JSON.stringify([token, token.secrets, await contract.client.status()])
    expect(shown).not.toContain(jwt)
  })

  it('the e-CNPJ is presented in a real handshake, and another one is explained', async () => {
    const [consumerKey, consumerSecret] = ['key', 'secret']
    const credentials = { clientId: consumerKey, clientSecret: consumerSecret, certificate: CERTIFICATE.thumbprint }
    const simulator = simulateIntegraContador({ credentials })
    const { own, other } = await handshakes({
      certificate: CERTIFICATE,
      serve: (tls) => listen(simulator, { tls }),
      async call({ url: server, ca }, certificate) {
        const keys = { consumerKey, consumerSecret, certificate }
        await using client = createIntegraContador({ server, ...keys, fetch: nodeFetch({ ca }) })
        return (await client.getToken()).generation
      },
    })
    expect(own).toBe(1)
    expect(other).toMatchObject({ code: 'misconfigured', message: expect.stringMatching(/certificate/) })
  })
})
