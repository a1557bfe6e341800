import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { basic, CLIENT, errorIn, oauthScene, tokensIn } from './scene.ts'

const der = Buffer.from('a certificate in DER')
const certificate = createHash('sha256').update(der).digest('base64url')
const presented = { 'client-cert': `:${der.toString('base64')}:` }
const another = { 'client-cert': `:${Buffer.from('another').toString('base64')}:` }
const grant = { grant_type: 'client_credentials' }

it('a client with a certificate needs no secret (RFC 8705 §2)', async () => {
  const { token } = oauthScene({ credentials: { clientId: 'bank', certificate }, client: 'certificate' })
  const fields = { ...grant, client_id: 'bank' }
  await tokensIn(await token(fields, presented))
  for (const headers of [another, {}, { 'client-cert': der.toString('base64') }]) {
    expect(await errorIn(await token(fields, headers))).toBe(
      '401 invalid_client: the certificate of the client is missing, or another one',
    )
  }
})

it('facts demand one beside a secret', async () => {
  const { token, resource } = oauthScene({ certificate: 'token', credentials: { ...CLIENT, certificate } })
  const { access_token: value } = await tokensIn(await token(grant, { ...basic(CLIENT), ...presented }))
  expect((await token(grant)).status).toBe(401)
  expect((await resource(value)).status).toBe(200)
})

it('tokens may be bound to it (RFC 8705 §3)', async () => {
  const { oauth, token, code, resource } = oauthScene({
    certificate: 'token-and-api',
    credentials: { ...CLIENT, certificate },
  })
  const exchange = {
    grant_type: 'authorization_code',
    code: await code(),
    redirect_uri: CLIENT.redirectUris[0],
    code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  }
  const headers = { ...basic(CLIENT), ...presented }
  const { access_token: value, refresh_token: next } = await tokensIn(await token(exchange, headers))
  expect((await resource(value, presented)).status).toBe(200)
  for (const other of [another, {}]) {
    const response = await resource(value, other)
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer realm="simulator", error="invalid_token"',
    ])
  }
  const refresh = { grant_type: 'refresh_token', refresh_token: next }
  oauth.register({ ...CLIENT, certificate: createHash('sha256').update('another').digest('base64url') })
  expect(await errorIn(await token(refresh, { ...basic(CLIENT), ...another }))).toContain(
    'bound to another certificate',
  )
})
