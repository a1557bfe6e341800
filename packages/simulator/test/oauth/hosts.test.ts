import { expect, it } from 'vitest'
import { simulateOAuth } from '../../src/index.ts'
import { listen } from '../../src/server.ts'
import { basic, CLIENT, oauthScene, REDIRECT_URI, tokensIn } from './scene.ts'

const hosts = {
  url: new URL('https://id.acme.example'),
  authorizationUrl: new URL('https://page.acme.example/any/path'),
  apiUrl: new URL('https://api.acme.example'),
}
const grant = { method: 'POST', headers: basic(CLIENT), body: 'grant_type=client_credentials' } as const
const form = { ...grant, headers: { ...grant.headers, 'content-type': 'application/x-www-form-urlencoded' } }

it('a provider may have its page and its API on hosts of their own', async () => {
  const { oauth, fetch, authorizationUrl, exchange } = oauthScene(hosts)
  const page = new URL(authorizationUrl().replace('https://id.', 'https://page.'))
  expect((await fetch(page)).status).toBe(200)
  const callback = new URL(await oauth.consent(page, { allow: true }))
  expect(callback.href).toContain(REDIRECT_URI)
  const { access_token: value } = await tokensIn(await exchange(callback.searchParams.get('code') ?? ''))
  const headers = { authorization: `Bearer ${value}` }
  expect((await fetch('https://api.acme.example/resource', { headers })).status).toBe(200)
})

it('and answers nothing where it does not belong', async () => {
  const { oauth, fetch, authorizationUrl } = oauthScene(hosts)
  for (const origin of ['https://page.acme.example', 'https://api.acme.example']) {
    expect((await fetch(`${origin}/token`, form)).status).toBe(404)
  }
  for (const origin of ['https://page.acme.example', 'https://id.acme.example']) {
    expect((await fetch(`${origin}/resource`)).status).toBe(404)
  }
  expect((await fetch(authorizationUrl())).status).toBe(404)
  expect(oauth.requests.map(({ operation }) => operation)).toEqual(Array(5).fill(undefined))
  await expect(fetch('https://other.acme.example/token', form)).rejects.toMatchObject({ cause: { code: 'ENOTFOUND' } })
})

it('on loopback all of it is at one address', async () => {
  const oauth = simulateOAuth({ ...hosts, credentials: CLIENT })
  await using server = await listen(oauth)
  const { access_token: value } = await tokensIn(await fetch(new URL('/token', server.url), form))
  const headers = { authorization: `Bearer ${value}` }
  expect((await fetch(new URL('/resource', server.url), { headers })).status).toBe(200)
  expect((await fetch(new URL('/authorize', server.url))).status).toBe(400)
  expect((await fetch(new URL('/nothing', server.url))).status).toBe(404)
  expect(oauth.count('showConsent')).toBe(1)
})

it('a server that is listened to names itself by its address, unless its facts name it', async () => {
  const names = async (issuer?: string) => {
    const oauth = simulateOAuth({ issuer, pkce: 'supported' })
    await using server = await listen(oauth)
    const { clientId, redirectUris: [redirectUri = ''] = [] } = oauth.credentials
    const page = new URL('/authorize', server.url)
    const asked = { response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state: 's' }
    page.search = new URLSearchParams(asked).toString()
    const callback = new URL(await oauth.consent(page, { allow: true }))
    return [callback.searchParams.get('iss'), server.url.origin]
  }
  const [iss, origin] = await names()
  expect(iss).toBe(origin)
  expect((await names('https://acme.example'))[0]).toBe('https://acme.example')
})
