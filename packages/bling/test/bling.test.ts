import { expect, test } from 'vitest'
import { connected } from './connected.ts'

const DAY_MS = 86_400_000

test('the client is in the header and nowhere else, and every request asks for JWTs [B01, B02]', async () => {
  await using connection = await connected()
  const { bling, simulator, sent } = connection
  const { clientId, clientSecret } = simulator.credentials
  expect((await bling.fetch('/contatos')).status).toBe(200)
  expect(sent.map(({ headers }) => headers.get('enable-jwt'))).toEqual(['1', '1'])
  expect(sent[0]?.headers.get('authorization')).toBe(`Basic ${btoa(`${clientId}:${clientSecret}`)}`)
  expect(sent[0]?.headers.get('content-type')).toMatch(/^application\/x-www-form-urlencoded/)
  expect([...new URLSearchParams(sent[0]?.body).keys()]).not.toContain('client_secret')
})

test('a token of 3,000 characters goes into the header as it came [B03]', async () => {
  await using connection = await connected()
  const { bling, sent } = connection
  const token = (await bling.getToken()).reveal()
  await bling.fetch('/contatos')
  expect(token.length).toBeGreaterThanOrEqual(3_000)
  expect(sent.at(-1)?.headers.get('authorization')).toBe(`Bearer ${token}`)
})

test('a refresh spends the refresh token, and goes on with the one that it brought [B04]', async () => {
  await using connection = await connected()
  const { bling, clock, simulator, sent } = connection
  for (const generation of [2, 3]) {
    await clock.advance(21_600_000)
    expect((await clock.run(bling.getToken())).generation).toBe(generation)
  }
  const refreshes = sent
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body))['refresh_token'])
    .filter(Boolean)
  expect(new Set(refreshes).size).toBe(2)
  expect(simulator.reuses).toBe(0)
})

test('after 30 days without a refresh a person has to agree again [B04]', async () => {
  await using connection = await connected()
  const { bling, clock, simulator } = connection
  await clock.advance(30 * DAY_MS)
  await expect(clock.run(bling.getToken())).rejects.toMatchObject({ code: 'reauthorization-required' })
  expect(simulator.count('issueToken')).toBe(1)
})

test.each([
  ['invalid_grant', 'invalid_grant', 'reauthorization-required'],
  ['invalid_client', 'invalid_client', 'credentials-rejected'],
  ['UNAUTHORIZED_ERROR', 'Empresa inativa', 'misconfigured'],
])('an error of the type %s is told by it: %s is %s [B05]', async (type, message, code) => {
  await using connection = await connected()
  const { bling, clock, simulator } = connection
  await clock.advance(21_600_000)
  simulator.faults.next({ kind: 'status', status: 400, body: { error: { type, message } }, operation: 'issueToken' })
  await expect(clock.run(bling.getToken())).rejects.toMatchObject({ code })
})

test('what ends here is revoked at Bling [B06]', async () => {
  await using connection = await connected()
  const { bling, simulator } = connection
  await bling.end()
  expect(simulator.tokens.map(({ access }) => access.state)).toEqual(['revoked'])
})

test('the page, the tokens and the API are where the documents say', async () => {
  await using connection = await connected({ server: 'production' })
  const { bling, page, sent } = connection
  await bling.fetch('/contatos')
  expect(page.origin + page.pathname).toBe('https://www.bling.com.br/Api/v3/oauth/authorize')
  expect(sent.map(({ url }) => url.href)).toEqual([
    'https://api.bling.com.br/Api/v3/oauth/token',
    'https://api.bling.com.br/Api/v3/contatos',
  ])
})
