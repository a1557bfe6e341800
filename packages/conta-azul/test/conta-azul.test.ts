import { expect, test } from 'vitest'
import { connected } from './connected.ts'

test('Basic alone says which client it is, in a form [A01, A02]', async () => {
  await using connection = await connected()
  const { contaAzul, simulator, sent } = connection
  const { clientId, clientSecret } = simulator.credentials
  expect(sent[0]?.headers.get('authorization')).toBe(`Basic ${btoa(`${clientId}:${clientSecret}`)}`)
  expect([...new URLSearchParams(sent[0]?.body).keys()].sort()).toEqual([
    'code',
    'code_verifier',
    'grant_type',
    'redirect_uri',
  ])
  expect((await contaAzul.fetch('/v1/categorias')).status).toBe(200)
})

test('the page has its route after #, and the three scopes behind it [A03, A05]', async () => {
  await using connection = await connected({ server: 'production' })
  const { page, contaAzul, sent } = connection
  const [route, query] = page.href.split('?')
  expect(route).toBe('https://login.contaazul.com/#/oauth/authorize')
  expect(Object.fromEntries(new URLSearchParams(query))).toMatchObject({
    response_type: 'code',
    scope: 'openid profile aws.cognito.signin.user.admin',
    code_challenge_method: 'S256',
  })
  await contaAzul.fetch('/v1/categorias')
  expect(sent.map(({ url }) => url.href)).toEqual([
    'https://api-v2.contaazul.com/oauth/token',
    'https://api-v2.contaazul.com/v1/categorias',
  ])
})

test('a refresh spends the refresh token, and goes on with the one that it brought [A04]', async () => {
  await using connection = await connected()
  const { contaAzul, clock, simulator, sent } = connection
  for (const generation of [2, 3]) {
    await clock.advance(3_600_000)
    expect((await clock.run(contaAzul.getToken())).generation).toBe(generation)
  }
  const refreshes = sent
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body))['refresh_token'])
    .filter(Boolean)
  expect(new Set(refreshes).size).toBe(2)
  expect(simulator.reuses).toBe(0)
})
