import { expect, test } from 'vitest'
import { connected } from './connected.ts'

const DAY_MS = 86_400_000

test('a code is exchanged in a form, with the id and the secret in it, and the answer names the seller [L01, L04]', async () => {
  await using connection = await connected()
  const { mercadoLivre, simulator, sent } = connection
  const { clientId, clientSecret } = simulator.credentials
  expect(sent[0]?.headers.get('content-type')).toMatch(/^application\/x-www-form-urlencoded/)
  expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toMatchObject({
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
    code_verifier: expect.stringMatching(/^.{43}$/),
  })
  expect((await mercadoLivre.getToken()).meta).toEqual({ userId: 123_456_789 })
  expect((await mercadoLivre.fetch('/users/me')).status).toBe(200)
})

test('a refresh spends the refresh token, and goes on with the one that it brought [L02]', async () => {
  await using connection = await connected()
  const { mercadoLivre, clock, simulator, sent } = connection
  for (const generation of [2, 3]) {
    await clock.advance(10_800_000)
    expect((await clock.run(mercadoLivre.getToken())).generation).toBe(generation)
  }
  const refreshes = sent
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body))['refresh_token'])
    .filter(Boolean)
  expect(new Set(refreshes).size).toBe(2)
  expect(simulator.reuses).toBe(0)
})

test('after 180 days without a refresh a person has to agree again [L03]', async () => {
  await using connection = await connected()
  const { mercadoLivre, clock, simulator } = connection
  await clock.advance(180 * DAY_MS)
  await expect(clock.run(mercadoLivre.getToken())).rejects.toMatchObject({ code: 'reauthorization-required' })
  expect(simulator.count('issueToken')).toBe(1)
})

test.each([
  ['invalid_operator_user_id', 'misconfigured'],
  ['unauthorized_application', 'misconfigured'],
  ['invalid_client', 'credentials-rejected'],
  ['invalid_grant', 'reauthorization-required'],
])('%s of a refresh is %s', async (error, code) => {
  await using connection = await connected()
  const { mercadoLivre, clock, simulator } = connection
  await clock.advance(10_800_000)
  simulator.faults.next({
    kind: 'status',
    status: 400,
    body: { error, status: 400, cause: [] },
    operation: 'issueToken',
  })
  await expect(clock.run(mercadoLivre.getToken())).rejects.toMatchObject({ code })
})
