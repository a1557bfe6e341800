import { expect, test } from 'vitest'
import { connected } from './connected.ts'

const DAY_MS = 86_400_000

test('a code is exchanged in JSON, and the answer has what belongs to the seller [P01, P03]', async () => {
  await using connection = await connected()
  const { mercadoPago, simulator, sent, page } = connection
  const { clientId, clientSecret } = simulator.credentials
  expect(page.searchParams.get('platform_id')).toBe('mp')
  expect(sent[0]?.headers.get('content-type')).toBe('application/json')
  expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
  })
  const { meta } = await mercadoPago.getToken()
  expect(meta).toEqual({ userId: 241_983_636, publicKey: expect.stringMatching(/^APP_USR-/), liveMode: true })
  expect((await mercadoPago.fetch('/v1/payments/search')).status).toBe(200)
})

test('a refresh spends the refresh token, and goes on with the one that it brought [P02]', async () => {
  await using connection = await connected()
  const { mercadoPago, clock, simulator } = connection
  for (const generation of [2, 3]) {
    await clock.advance(180 * DAY_MS)
    expect((await clock.run(mercadoPago.getToken())).generation).toBe(generation)
  }
  expect(simulator.reuses).toBe(0)
})

test.each([
  ['errorKey', 'expired_grant', 'reauthorization-required'],
  ['errorKey', 'invalid_grant', 'reauthorization-required'],
  ['error', 'expired_grant', 'reauthorization-required'],
  ['error', 'invalid_grant', 'reauthorization-required'],
  ['errorKey', 'invalid_client', 'credentials-rejected'],
  ['errorKey', 'unauthorized_client', 'misconfigured'],
  ['errorKey', 'invalid_request', 'misconfigured'],
  ['message', 'expired_grant', 'misconfigured'],
])('a 400 with %s: %s is %s [P04]', async (field, error, code) => {
  await using connection = await connected()
  const { mercadoPago, clock, simulator } = connection
  await clock.advance(180 * DAY_MS)
  simulator.faults.next({ kind: 'status', status: 400, body: { [field]: error, status: 400 }, operation: 'issueToken' })
  await expect(clock.run(mercadoPago.getToken())).rejects.toMatchObject({ code })
})
