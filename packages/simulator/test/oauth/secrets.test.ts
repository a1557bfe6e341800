import { inspect } from 'node:util'
import { expect, it } from 'vitest'
import { basic, CLIENT, oauthScene } from './scene.ts'

it('secrets appear in nothing that can be printed', async () => {
  const scene = oauthScene()
  const { oauth, fetch, url, authorizationUrl, code, exchange, refresh, revoke, token } = scene
  const value = await code()
  const [first, second] = [await exchange(value), await exchange(value)]
  const { access_token: access, refresh_token: next } = await first.json()
  const leaks = [
    second,
    await refresh(next),
    await refresh(access),
    await revoke(`${access}x`),
    await token({ grant_type: next, [next]: access }),
    await token({ grant_type: 'client_credentials', [CLIENT.clientSecret]: 'x' }),
    await token({ grant_type: 'client_credentials', scope: next }, basic({ ...CLIENT, clientSecret: next })),
    await fetch(new URL('/token', url), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: JSON.stringify({ client_secret: CLIENT.clientSecret }),
    }),
    await fetch(new URL(`/token?client_secret=${encodeURIComponent(next)}`, url), { method: 'POST', body: '' }),
    await fetch(`${authorizationUrl()}&code=${encodeURIComponent(value)}`, { redirect: 'manual' }),
    await fetch(authorizationUrl({ client_id: next }), { redirect: 'manual' }),
    await fetch(new URL(`/resource?access_token=${encodeURIComponent(access)}`, url)),
  ]
  const printed = [
    inspect(oauth, { depth: Infinity, getters: true }),
    JSON.stringify(oauth),
    ...(await Promise.all(leaks.map(async (response) => `${await response.text()}${[...response.headers].join()}`))),
  ].join('\n')
  const secrets = oauth.revealSecrets()
  expect(secrets).toEqual(expect.arrayContaining([CLIENT.clientSecret, value, access, next]))
  for (const secret of secrets) {
    expect(printed).not.toContain(secret)
    expect(printed).not.toContain(encodeURIComponent(secret))
  }
})

it('codes and tokens are unique without random numbers', async () => {
  const { oauth, connect } = oauthScene({ random: () => 0 })
  await connect()
  await connect()
  expect(new Set(oauth.revealSecrets()).size).toBe(1 + 2 + 4)
})
