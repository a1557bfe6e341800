import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { document, examples } from '../../src/generated/serpro.ts'
import { simulateIntegraContador, simulateSerpro } from '../../src/index.ts'
import { createFakeClock } from '../fake-clock.ts'
import { requestLine } from '../request-line.ts'
import { shapeOf } from '../shape-of.ts'

const DER = Buffer.from('an e-CNPJ in DER')
const PRESENTED = { 'client-cert': `:${DER.toString('base64')}:` }
const CREDENTIALS = { clientId: 'example-consumer-key', clientSecret: 'example-consumer-secret' }
const CERTIFIED = { ...CREDENTIALS, certificate: createHash('sha256').update(DER).digest('base64url') }
const BASIC = { authorization: `Basic ${btoa('example-consumer-key:example-consumer-secret')}` }
const ROLE = { 'role-type': 'TERCEIROS' }

interface Simulated {
  readonly url: URL
  readonly fetch: (url: URL, init: RequestInit) => Promise<Response>
}

const login = async ({ url, fetch }: Simulated, path: string, headers: Record<string, string>) => {
  const body = new URLSearchParams({ grant_type: 'client_credentials' })
  const response = await fetch(new URL(path, url), { method: 'POST', headers: { ...BASIC, ...headers }, body })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

const consult = async ({ url, fetch }: Simulated, token: string, jwt?: string) => {
  const authorization = `Bearer ${token}`
  const headers = jwt === undefined ? { authorization } : { authorization, jwt_token: jwt }
  const response = await fetch(new URL('/Consultar', url), { method: 'POST', headers })
  return { status: response.status, text: await response.text() }
}

it.each(examples.map((example) => [example.name, example] as const))('%s, as documented [S01]', async (_, example) => {
  const simulate = example.operation === 'authenticate' ? simulateIntegraContador : simulateSerpro
  const simulator = simulate({ credentials: CREDENTIALS })
  const { method, path } = requestLine(document, example.operation)
  const response = await simulator.fetch(new URL(path, simulator.url), {
    method,
    headers: { ...example.request.headers },
    body: new URLSearchParams(JSON.parse(JSON.stringify(example.request.body))),
  })
  expect(response.status).toBe(example.response.status)
  expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(example.response.body))
})

it('a token of the gateway is good for less than an hour, and then answered with 401 [S02]', async () => {
  const clock = createFakeClock()
  const serpro = simulateSerpro({ clock, credentials: CREDENTIALS })
  const { access_token: token, expires_in: seconds } = (await login(serpro, '/token', {})).body
  expect(seconds).toBeLessThan(3_600)
  const statusOf = async () => {
    const path = new URL('/consulta-cpf-df/v1/cpf/00000000000', serpro.url)
    return (await serpro.fetch(path, { headers: { authorization: `Bearer ${token}` } })).status
  }
  expect(await statusOf()).toBe(200)
  clock.advance(seconds * 1000)
  expect(await statusOf()).toBe(401)
})

it('a contractor presents its certificate, and says that it is a third party [S03, S04]', async () => {
  const integra = simulateIntegraContador({ credentials: CERTIFIED })
  expect((await login(integra, '/authenticate', PRESENTED)).status).toBe(400)
  expect((await login(integra, '/authenticate', ROLE)).status).toBe(401)
  expect((await login(integra, '/authenticate', { ...ROLE, ...PRESENTED })).status).toBe(200)
})

it('a request carries both tokens of one answer, and a 403 is charged [S05, S07]', async () => {
  const integra = simulateIntegraContador({ credentials: CREDENTIALS })
  const one = (await login(integra, '/authenticate', ROLE)).body
  const two = (await login(integra, '/authenticate', ROLE)).body
  expect((await consult(integra, one.access_token, one.jwt_token)).status).toBe(200)
  for (const jwt of [undefined, two.jwt_token]) {
    const { status, text } = await consult(integra, one.access_token, jwt)
    expect([status, text]).toEqual([403, expect.stringContaining('AcessoNegado-ICGERENCIADOR-041')])
  }
  integra.denyPower()
  const { status, text } = await consult(integra, two.access_token, two.jwt_token)
  expect([status, text]).toEqual([403, expect.stringContaining('AcessoNegado-ICGERENCIADOR-022')])
  expect(integra.charged).toBe(4)
  expect(integra.revealSecrets()).toEqual(expect.arrayContaining([one.jwt_token, two.access_token]))
})

it('a pair that has ended is answered with 401, which is not charged [S06]', async () => {
  const clock = createFakeClock()
  const integra = simulateIntegraContador({ clock, credentials: CREDENTIALS })
  const {
    access_token: token,
    jwt_token: jwt,
    expires_in: seconds,
  } = (await login(integra, '/authenticate', ROLE)).body
  clock.advance(seconds * 1000)
  expect((await consult(integra, token, jwt)).status).toBe(401)
  expect(integra.charged).toBe(0)
})
