import { expect, test } from 'vitest'
import { APPLICATION, connected } from './connected.ts'

const DAY_MS = 86_400_000

test('every request names the application, token calls too [M01, M02]', async () => {
  await using connection = await connected()
  const { melhorEnvio, simulator, sent } = connection
  const { clientId, clientSecret } = simulator.credentials
  expect((await melhorEnvio.fetch('/api/v2/me')).status).toBe(200)
  expect(sent.map(({ headers }) => headers.get('user-agent'))).toEqual([APPLICATION, APPLICATION])
  expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toMatchObject({
    client_id: clientId,
    client_secret: clientSecret,
  })
})

test('a token ends when it says itself [M03]', async () => {
  await using connection = await connected({}, { expiresIn: 'absent', accessTokenLifetimeMs: 7 * DAY_MS })
  const { melhorEnvio, clock } = connection
  expect((await melhorEnvio.getToken()).expiresAt).toBe(clock.now() + 7 * DAY_MS)
})

test('a refresh spends the refresh token, and goes on with the one that it brought [M04]', async () => {
  await using connection = await connected()
  const { melhorEnvio, clock, simulator, sent } = connection
  for (const generation of [2, 3]) {
    await clock.advance(30 * DAY_MS)
    expect((await clock.run(melhorEnvio.getToken())).generation).toBe(generation)
  }
  const refreshes = sent
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body))['refresh_token'])
    .filter(Boolean)
  expect(new Set(refreshes).size).toBe(2)
  expect(simulator.reuses).toBe(0)
})

test('after 45 days without a refresh a person has to agree again [M04]', async () => {
  await using connection = await connected()
  const { melhorEnvio, clock, simulator } = connection
  await clock.advance(45 * DAY_MS)
  await expect(clock.run(melhorEnvio.getToken())).rejects.toMatchObject({ code: 'reauthorization-required' })
  expect(simulator.count('issueToken')).toBe(1)
})

test.each([
  ['production', 'https://melhorenvio.com.br'],
  ['sandbox', 'https://sandbox.melhorenvio.com.br'],
] as const)('the page and the tokens of %s are at %s', async (server, origin) => {
  await using connection = await connected({ server })
  const { melhorEnvio, page, sent } = connection
  await melhorEnvio.fetch('/api/v2/me')
  expect(page.href).toMatch(`${origin}/oauth/authorize?`)
  expect(sent.map(({ url }) => url.href)).toEqual([`${origin}/oauth/token`, `${origin}/api/v2/me`])
})
