import { expect, it } from 'vitest'
import { createFakeClock } from '../fake-clock.ts'
import { REDIRECT_URI, tokensIn } from './scene.ts'
import { simulateAcme } from './simulate-acme.ts'

const credentials = { clientId: 'shop', clientSecret: 'secret', redirectUris: [REDIRECT_URI] }
const basic = { authorization: `Basic ${btoa('shop:secret')}`, 'enable-jwt': '1' }

it('a provider that follows the standards is a short file of facts', async () => {
  const clock = createFakeClock()
  const acme = simulateAcme({ credentials, accounts: ['loja 42'], clock })
  const page = new URL('https://www.acme.simulator.test/autorizar')
  const asked = { response_type: 'code', client_id: 'shop', redirect_uri: REDIRECT_URI, state: 's' }
  page.search = new URLSearchParams({ ...asked, scope: 'pedidos offline_access' }).toString()
  const callback = new URL(await acme.consent(page, { allow: true }))
  expect(Object.fromEntries(callback.searchParams)).toEqual({ from: 'shop', code: expect.any(String), state: 's' })
  const token = (fields: object, client: object = { client_id: 'shop', client_secret: 'secret' }) =>
    acme.fetch(new URL('/oauth/token', acme.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...basic },
      body: JSON.stringify({ ...client, ...fields }),
    })
  const code = callback.searchParams.get('code')
  const tokens = await tokensIn(await token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }))
  expect(tokens).toMatchObject({ expires_in: '3600', seller: { id: 'loja 42' } })

  const api = { authorization: `Bearer ${tokens.access_token}`, 'enable-jwt': '1', 'user-agent': 'Loja (a@b.example)' }
  const order = await acme.fetch('https://api.acme.simulator.test/pedidos/7', { headers: api })
  expect(await order.json()).toEqual({ id: '7', seller: 'loja 42' })
  clock.advance(3_600_000)
  const ended = await acme.fetch('https://api.acme.simulator.test/pedidos/7', { headers: api })
  expect([ended.status, await ended.json()]).toEqual([401, { error: { type: 'UNAUTHORIZED' } }])

  const renewal = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
  await tokensIn(await token(renewal, {}))
  await tokensIn(await token(renewal))
  clock.advance(60_000)
  const spent = await token(renewal)
  expect([spent.status, await spent.json()]).toMatchObject([400, { errorKey: 'invalid_grant', status: 400 }])
  expect(acme.reuses).toBe(1)
  acme.faults.next({ kind: 'status', status: 503, operation: 'readOrder' })
  expect(acme.faults.unused()).toHaveLength(1)
})

it('whose options still win over its facts', async () => {
  const acme = simulateAcme({
    credentials,
    tokenPath: '/token',
    tokenHeaders: {},
    url: new URL('https://acme.example'),
  })
  const response = await acme.fetch('https://acme.example/token', { method: 'POST', body: new URLSearchParams() })
  expect(await response.json()).toMatchObject({ errorKey: 'invalid_request' })
})
