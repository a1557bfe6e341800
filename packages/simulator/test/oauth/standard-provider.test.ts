import { expect, it } from 'vitest'
import { createFakeClock } from '../fake-clock.ts'
import { REDIRECT_URI, tokensIn } from './scene.ts'
import { simulateAcme } from './simulate-acme.ts'

const credentials = { clientId: 'shop', clientSecret: 'secret', redirectUris: [REDIRECT_URI] }

it('a provider that follows the standards is a short file of facts', async () => {
  const acme = simulateAcme({ credentials, accounts: ['loja 42'], clock: createFakeClock() })
  const page = new URL('/autorizar', acme.url)
  const asked = { response_type: 'code', client_id: 'shop', redirect_uri: REDIRECT_URI, state: 's' }
  page.search = new URLSearchParams({ ...asked, scope: 'pedidos offline_access' }).toString()
  const callback = new URL(await acme.consent(page, { allow: true }))
  expect(Object.fromEntries(callback.searchParams)).toEqual({ from: 'shop', code: expect.any(String), state: 's' })
  const token = (fields: object) =>
    acme.fetch(new URL('/oauth/token', acme.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: 'shop', client_secret: 'secret', ...fields }),
    })
  const code = callback.searchParams.get('code')
  const tokens = await tokensIn(await token({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }))
  expect(tokens).toMatchObject({ expires_in: '3600', seller: { id: 'loja 42' } })
  const orders = await acme.fetch(new URL('/pedidos', acme.url), {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  })
  expect(await orders.json()).toEqual({ seller: 'loja 42', orders: [] })
  await tokensIn(await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token }))
  acme.faults.next({ kind: 'status', status: 503, operation: 'listOrders' })
  expect(acme.faults.unused()).toHaveLength(1)
})
