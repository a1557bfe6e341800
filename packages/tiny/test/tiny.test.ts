import { createTokenManager } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import { simulateTiny } from '@chaveiro/simulator'
import { tinyProvider } from '@chaveiro/tiny'
import { expect, test } from 'vitest'
import { connected } from './connected.ts'

const DAY_MS = 86_400_000

test('a code is exchanged in a form, with the id and the secret in it [T01]', async () => {
  await using connection = await connected()
  const { simulator, sent, page } = connection
  const { clientId, clientSecret } = simulator.credentials
  expect(page.searchParams.get('scope')).toBe('openid')
  expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toMatchObject({
    grant_type: 'authorization_code',
    client_id: clientId,
    client_secret: clientSecret,
  })
})

test('tokens are at one host and the API at another', async () => {
  await using connection = await connected({ server: 'production' })
  const { tiny, page, sent } = connection
  expect((await tiny.fetch('/info')).status).toBe(200)
  expect(page.origin).toBe('https://accounts.tiny.com.br')
  expect(sent.map(({ url }) => url.href)).toEqual([
    'https://accounts.tiny.com.br/realms/tiny/protocol/openid-connect/token',
    'https://api.tiny.com.br/public-api/v3/info',
  ])
})

test.each(['always', 'never'] as const)(
  'it goes on where a refresh token is replaced %s: no document says whether it is [T02]',
  async (rotation) => {
    await using connection = await connected({}, { refreshToken: { rotation, idleMs: DAY_MS } })
    const { tiny, clock, simulator } = connection
    for (const generation of [2, 3]) {
      await clock.advance(14_400_000)
      expect((await clock.run(tiny.getToken())).generation).toBe(generation)
    }
    expect(simulator.reuses).toBe(0)
  },
)

test('after a day without a refresh a person has to agree again [T03]', async () => {
  await using connection = await connected()
  const { tiny, clock, simulator } = connection
  await clock.advance(DAY_MS)
  await expect(clock.run(tiny.getToken())).rejects.toMatchObject({ code: 'reauthorization-required' })
  expect(simulator.count('issueToken')).toBe(1)
})

test('a timer keeps the account alive over a weekend [T03]', async () => {
  const clock = new FakeClock()
  const simulator = simulateTiny({ clock })
  const { clientId, clientSecret = '', redirectUris: [redirectUri = ''] = [] } = simulator.credentials
  await using tokens = createTokenManager({
    provider: tinyProvider({ server: simulator.url }),
    credentials: () => ({ clientId, clientSecret }),
    fetch: simulator.fetch,
    clock,
  })
  const account = tokens.account('loja-42')
  const { url, pending } = await account.consent.begin({ redirectUri })
  await account.consent.finish({ url: await simulator.consent(url, { allow: true }), pending })
  for (let hours = 0; hours < 64; hours += 8) {
    await clock.advance(8 * 3_600_000)
    await clock.run(tokens.keepAlive({ withinMs: 20 * 3_600_000 }))
  }
  expect((await clock.run(account.getToken())).generation).toBeGreaterThan(5)
})
