import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { document, examples } from '../../src/generated/banco-inter.ts'
import { type OAuthSimulatorOptions, simulateBancoInter } from '../../src/index.ts'
import { createFakeClock } from '../fake-clock.ts'
import { requestLine } from '../request-line.ts'
import { shapeOf } from '../shape-of.ts'

const DER = Buffer.from('a certificate in DER')
const CREDENTIALS = { clientId: 'example-client-id', clientSecret: 'example-client-secret' }
const CERTIFIED = { ...CREDENTIALS, certificate: createHash('sha256').update(DER).digest('base64url') }
const PRESENTED = { 'client-cert': `:${DER.toString('base64')}:` }

const scene = (options: OAuthSimulatorOptions = {}) => {
  const simulator = simulateBancoInter({ credentials: CREDENTIALS, ...options })
  const send = async (path: string, init: RequestInit) => {
    const response = await simulator.fetch(new URL(path, simulator.url), init)
    const text = await response.text()
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) }
  }
  return {
    simulator,
    token: (scope: string | undefined, headers: HeadersInit = {}) => {
      const { clientId: client_id, clientSecret: client_secret } = CREDENTIALS
      const fields = {
        client_id,
        client_secret,
        grant_type: 'client_credentials',
        ...(scope !== undefined && { scope }),
      }
      return send('/oauth/v2/token', { method: 'POST', headers, body: new URLSearchParams(fields) })
    },
    balance: (token: string, headers: Record<string, string> = {}) =>
      send('/banking/v2/saldo', { headers: { authorization: `Bearer ${token}`, ...headers } }),
  }
}

it.each(examples.map((example) => [example.name, example] as const))('%s, as documented [I01]', async (_, example) => {
  const simulator = simulateBancoInter({ credentials: CREDENTIALS })
  const { method, path } = requestLine(document, example.operation)
  const response = await simulator.fetch(new URL(path, simulator.url), {
    method,
    headers: { ...example.request.headers },
    body: new URLSearchParams(JSON.parse(JSON.stringify(example.request.body))),
  })
  expect(response.status).toBe(example.response.status)
  expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(example.response.body))
})

it('demands scopes, and one that is not enabled fails the whole call [I03, I04]', async () => {
  const { token, simulator } = scene()
  expect(await token(undefined)).toMatchObject({ status: 400, body: { error: 'invalid_scope' } })
  expect(await token('extrato.read pagamento-pix.write')).toMatchObject({ body: { error: 'invalid_scope' } })
  expect(simulator.tokens).toEqual([])
  expect((await token('extrato.read pix.read')).body).toMatchObject({ scope: 'extrato.read pix.read' })
})

it('demands the certificate that is registered, of both kinds of calls [I02]', async () => {
  const { token, balance } = scene({ credentials: CERTIFIED })
  expect((await token('extrato.read')).status).toBe(401)
  const { access_token: value } = (await token('extrato.read', PRESENTED)).body
  expect((await balance(value)).status).toBe(401)
  expect(await balance(value, { ...PRESENTED, 'x-conta-corrente': '12345' })).toMatchObject({ status: 200 })
})

it('shows the balance to a token of that scope, for an hour, whichever account is named [I05, I06]', async () => {
  const clock = createFakeClock()
  const { token, balance } = scene({ clock })
  const { access_token: other } = (await token('pix.read')).body
  expect((await balance(other)).status).toBe(403)
  const { access_token: value, expires_in: seconds } = (await token('extrato.read')).body
  clock.advance(seconds * 1000 - 1)
  expect((await balance(value, { 'x-conta-corrente': '12345' })).status).toBe(200)
  clock.advance(1)
  expect((await balance(value)).status).toBe(401)
})
