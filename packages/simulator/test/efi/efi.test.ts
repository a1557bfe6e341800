import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { document, examples } from '../../src/generated/efi.ts'
import { simulateEfi, simulateEfiCharges } from '../../src/index.ts'
import { requestLine } from '../request-line.ts'
import { shapeOf } from '../shape-of.ts'

const BASIC = `Basic ${btoa('Client_Id_simulated:Client_Secret_simulated')}`
const request = (headers: Record<string, string> = {}, body: object = { grant_type: 'client_credentials' }) => ({
  method: 'POST',
  headers: { authorization: BASIC, 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

it.each(examples.map((example) => [example.name, example] as const))('%s, as documented', async (_, example) => {
  const { operation, request: sent, response: documented } = example
  const simulate = operation === 'issuePixToken' ? simulateEfi : simulateEfiCharges
  const efi = simulate({ credentials: { clientId: 'example-client-id', clientSecret: 'example-client-secret' } })
  const { method, path } = requestLine(document, operation)
  const init = { method, headers: sent.headers ?? {}, body: JSON.stringify(sent.body) }
  const response = await efi.fetch(new URL(path, efi.url), init)
  expect(response.status).toBe(documented.status)
  expect(shapeOf(JSON.parse(await response.text()))).toEqual(shapeOf(documented.body))
})

it('Pix issues a token for an hour, with the scopes of the application [E01, E04]', async () => {
  const efi = simulateEfi()
  const response = await efi.fetch(new URL('/oauth/token', efi.url), request())
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'cob.read cob.write pix.read pix.write',
  })
})

it('Pix asks for the certificate that its client is registered with, at both places [E02]', async () => {
  const der = Buffer.from('a certificate in DER')
  const certificate = createHash('sha256').update(der).digest('base64url')
  const presented = { 'client-cert': `:${der.toString('base64')}:` }
  const efi = simulateEfi({
    credentials: { clientId: 'Client_Id_simulated', clientSecret: 'Client_Secret_simulated', certificate },
  })
  const url = new URL('/oauth/token', efi.url)
  expect((await efi.fetch(url, request())).status).toBe(401)
  const { access_token: token } = await (await efi.fetch(url, request(presented))).json()
  const charges = new URL('/v2/cob', efi.url)
  const authorization = `Bearer ${token}`
  expect((await efi.fetch(charges, { headers: { authorization } })).status).toBe(401)
  expect((await efi.fetch(charges, { headers: { authorization, ...presented } })).status).toBe(200)
})

it('Cobranças issues a token for ten minutes, without a certificate [E03, E05]', async () => {
  const efi = simulateEfiCharges()
  const answer = await (await efi.fetch(new URL('/v1/authorize', efi.url), request())).json()
  expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 600, refresh_token: expect.any(String) })
  expect(answer).not.toHaveProperty('scope')
  const authorization = `Bearer ${answer.access_token}`
  expect((await efi.fetch(new URL('/v1/plans', efi.url), { headers: { authorization } })).status).toBe(200)
})

it('both take JSON alone, and know no other grant', async () => {
  const efi = simulateEfiCharges()
  const url = new URL('/v1/authorize', efi.url)
  expect((await efi.fetch(url, request({}, { grant_type: 'refresh_token', refresh_token: 'x' }))).status).toBe(400)
  const form = new URLSearchParams({ grant_type: 'client_credentials' })
  expect((await efi.fetch(url, { method: 'POST', headers: { authorization: BASIC }, body: form })).status).toBe(400)
})
