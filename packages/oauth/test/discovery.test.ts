// What is made of a server's document (RFC 8414, OpenID Connect Discovery 1.0), over HTTP.
import { createTokenManager, isChaveiroError } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import { createOAuth, oauthProvider } from '@chaveiro/oauth'
import { authorizationCode } from '@chaveiro/oauth/consent'
import { describe, expect, it } from 'vitest'
import { OAUTH, OPENID, type StandardServer, standardServer } from './support/standard-server.ts'

const CLIENT = { clientId: 'shop', clientSecret: 'the-secret-of-the-shop' }

function shopAt(server: StandardServer, path = '') {
  const clock = new FakeClock()
  const shop = createOAuth({ issuer: `${server.url.origin}${path}`, ...CLIENT, clock, random: () => 0 })
  return { shop, clock }
}

async function failureAt(server: StandardServer, path = ''): Promise<unknown> {
  await using shop = shopAt(server, path).shop
  return await shop.getToken().catch((error: unknown) => error)
}

describe('the document of an issuer', () => {
  it.each([
    ['', '/.well-known/openid-configuration'],
    ['/', '/.well-known/openid-configuration'],
    ['/realms/shop', '/realms/shop/.well-known/openid-configuration'],
    ['/realms/shop/', '/realms/shop/.well-known/openid-configuration'],
  ])('with the path "%s" is looked for at %s, as OpenID Connect appends it', async (path, place) => {
    await using server = await standardServer()
    server.put(place, server.document({ issuer: `${server.url.origin}${path}` }))
    await using shop = shopAt(server, path).shop
    expect((await shop.getToken()).reveal()).toBe('access-1')
    expect(server.paths()).toEqual([place, '/token'])
  })

  it.each([
    ['', '/.well-known/oauth-authorization-server'],
    ['/realms/shop', '/.well-known/oauth-authorization-server/realms/shop'],
    ['/realms/shop/', '/.well-known/oauth-authorization-server/realms/shop'],
  ])('with the path "%s" is found at %s too, as RFC 8414 inserts it', async (path, place) => {
    await using server = await standardServer()
    server.put(place, server.document({ issuer: `${server.url.origin}${path}` }))
    await using shop = shopAt(server, path).shop
    expect((await shop.getToken()).reveal()).toBe('access-1')
    expect(server.paths().slice(1)).toEqual([place, '/token'])
  })

  it('is asked for without a secret', async () => {
    await using server = await standardServer()
    server.put(OPENID, server.document())
    await using shop = shopAt(server).shop
    await shop.getToken()
    const [first] = server.received
    expect(first).toMatchObject({ method: 'GET', body: '', headers: { accept: 'application/json' } })
    expect(first?.headers['authorization']).toBeUndefined()
  })

  it.each([
    ['a page in its place', { body: '<!doctype html>' }, 'was answered with 200, but no JSON object of at most 1 MiB'],
    ['a list in its place', { body: [] }, 'was answered with 200, but no JSON object of at most 1 MiB'],
    ['more than 1 MiB', { body: { x: 'x'.repeat(1024 * 1024) } }, 'but no JSON object of at most 1 MiB'],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, 'was answered with 302'],
    ['a refusal', { status: 403 }, 'was answered with 403'],
  ])('is not there: %s', async (_, answer, words) => {
    await using server = await standardServer()
    server.put(OPENID, answer)
    const failure = await failureAt(server)
    expect(failure).toMatchObject({ code: 'misconfigured', action: 'fix-configuration' })
    expect(String(failure)).toContain(words)
    expect(String(failure)).toContain('Check the issuer, or pass tokenUrl instead.')
    expect(server.paths()).toEqual([OPENID, OAUTH])
  })

  it.each([
    ['another issuer', 'https://evil.example', 'names the issuer https://evil.example, so it was not used'],
    ['the issuer with a slash', undefined, 'pass it exactly as it is written there'],
    ['none', null, 'names something that is not an issuer'],
    ['what is not a URL', '\u001b[31mred', 'names something that is not an issuer'],
  ])('names %s: nothing is sent (RFC 8414 §3.3)', async (_, named, words) => {
    await using server = await standardServer()
    const issuer = named === undefined ? `${server.url.origin}/` : named
    server.put(OPENID, server.document({ issuer }))
    const failure = await failureAt(server)
    expect(failure).toMatchObject({ code: 'misconfigured' })
    expect(String(failure)).toContain(words)
    expect(server.paths()).toEqual([OPENID])
  })

  it('cannot be read right now: that passes', async () => {
    await using server = await standardServer()
    server.put(OPENID, { status: 503 })
    const { shop, clock } = shopAt(server)
    await using open = shop
    const failure = await open.getToken().catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'unavailable', action: 'retry' })
    expect(String(failure)).toContain('was answered with 503. It is read again after a pause.')
    server.put(OPENID, server.document())
    await clock.advance(60_000)
    expect((await open.getToken()).reveal()).toBe('access-1')
  })
})

describe('a document is read', () => {
  it('once for all accounts that need it at once, and again after an hour', async () => {
    await using server = await standardServer()
    server.put(OPENID, server.document())
    const clock = new FakeClock()
    const provider = oauthProvider({ issuer: server.url.origin })
    await using tokens = createTokenManager({ provider, credentials: () => CLIENT, clock, random: () => 0 })
    const names = Array.from({ length: 20 }, (_, index) => `shop-${index}`)
    await Promise.all(names.map((name) => tokens.account(name).getToken()))
    expect(server.paths().filter((path) => path === OPENID)).toHaveLength(1)
    await clock.advance(3_600_000)
    await Promise.all(names.map((name) => tokens.account(name).getToken()))
    expect(server.paths().filter((path) => path === OPENID)).toHaveLength(2)
    expect(server.paths().filter((path) => path === '/token')).toHaveLength(40)
  })

  it('and used further while it cannot be read again', async () => {
    await using server = await standardServer()
    server.put(OPENID, server.document())
    const { shop, clock } = shopAt(server)
    await using open = shop
    await open.getToken()
    server.put(OPENID, { status: 500 })
    for (const token of ['access-2', 'access-3']) {
      await clock.advance(3_600_000)
      expect((await open.getToken()).reveal()).toBe(token)
    }
  })

  it('and not used further once it says something else', async () => {
    await using server = await standardServer()
    server.put(OPENID, server.document())
    const { shop, clock } = shopAt(server)
    await using open = shop
    await open.getToken()
    server.put(OPENID, server.document({ issuer: 'https://evil.example' }))
    await clock.advance(3_600_000)
    await expect(open.getToken()).rejects.toMatchObject({ code: 'misconfigured' })
    expect(server.paths().filter((path) => path === '/token')).toHaveLength(1)
  })

  it('for those who wait, even if the caller that asked for it is gone', async () => {
    await using server = await standardServer()
    let giveAnswer = (): void => {}
    const asked = new Promise<void>((resolve) => {
      const answer = new Promise<void>((give) => {
        giveAnswer = give
      })
      server.put(OPENID, async () => {
        resolve()
        await answer
        return server.document()
      })
    })
    const provider = oauthProvider({ issuer: server.url.origin })
    await using tokens = createTokenManager({ provider, credentials: () => CLIENT })
    const giving = new AbortController()
    const first = tokens.account('gone').getToken({ signal: giving.signal })
    await asked
    const second = tokens.account('waiting').getToken()
    giving.abort()
    await expect(first).rejects.toBeDefined()
    giveAnswer()
    expect((await second).generation).toBe(1)
  })
})

describe('an endpoint in the document', () => {
  const ELSEWHERE = 'https://tokens.example'

  it('at another origin gets nothing, unless the user lists that origin', async () => {
    await using server = await standardServer()
    await using other = await standardServer()
    server.put(OPENID, server.document({ token_endpoint: `${other.url.origin}/token` }))
    const failure = await failureAt(server)
    expect(failure).toMatchObject({ code: 'origin', action: 'fix-configuration' })
    expect(String(failure)).toContain(`pass endpointOrigins: ['${other.url.origin}']`)
    expect(other.received).toEqual([])

    const endpointOrigins = [other.url]
    await using shop = createOAuth({ issuer: server.url.origin, endpointOrigins, ...CLIENT })
    expect((await shop.getToken()).reveal()).toBe('access-1')
    expect(other.paths()).toEqual(['/token'])
  })

  it('over plain http, where the issuer has https, gets nothing', async () => {
    const sent: string[] = []
    const issuer = 'https://id.example'
    await using shop = createOAuth({
      issuer,
      ...CLIENT,
      fetch: async (input) => {
        sent.push(new Request(input).url)
        return Response.json({ issuer, token_endpoint: 'http://id.example/token' })
      },
    })
    await expect(shop.getToken()).rejects.toMatchObject({ code: 'origin' })
    expect(sent).toEqual([`${issuer}${OPENID}`])
  })

  it.each([
    ['is missing', undefined, 'names no token_endpoint'],
    ['is not a URL', '/token', 'has a token_endpoint that is not the URL of one'],
    ['is not a text', 7, 'has a token_endpoint that is not the URL of one'],
    ['has a password', 'https://a:b@tokens.example/token', 'has a token_endpoint that is not the URL of one'],
    ['has a fragment', `${ELSEWHERE}/token#here`, 'has a token_endpoint that is not the URL of one'],
  ])('that %s is told', async (_, token_endpoint, words) => {
    await using server = await standardServer()
    server.put(OPENID, server.document({ token_endpoint }))
    const failure = await failureAt(server)
    expect(failure).toMatchObject({ code: 'misconfigured' })
    expect(String(failure)).toContain(`The issuer's document ${words}.`)
  })

  it('for revocation is looked for when a token is revoked', async () => {
    await using server = await standardServer()
    server.put(OPENID, server.document())
    const { shop, clock } = shopAt(server)
    await using open = shop
    await open.getToken()
    await expect(open.end({ revoke: 'require' })).rejects.toMatchObject({ code: 'misconfigured' })
    const revocation_endpoint = `${server.url.origin}/revoke`
    server.put(OPENID, server.document({ revocation_endpoint }))
    server.put('/revoke', { body: '' })
    await clock.advance(3_600_000)
    await open.getToken()
    await open.end({ revoke: 'require' })
    expect(server.received.at(-1)).toMatchObject({
      path: '/revoke',
      body: 'token=access-2&token_type_hint=access_token',
    })
  })
})

describe('what the document lists', () => {
  it.each([
    ['another way', ['client_secret_post', 'private_key_jwt'], 'but client_secret_post, private_key_jwt'],
    ['nothing that can be shown', ['\u0007'], 'but nothing that is known'],
  ])('%s for clients to authenticate: the secret is not sent', async (_, methods, words) => {
    await using server = await standardServer()
    server.put(OPENID, server.document({ token_endpoint_auth_methods_supported: methods }))
    const failure = await failureAt(server)
    expect(failure).toMatchObject({ code: 'misconfigured' })
    expect(String(failure)).toContain(`doesn't list client_secret_basic, ${words}. Pass one of them as client.`)
    expect(server.paths()).toEqual([OPENID])
  })

  it.each([
    ['names itself in callbacks', true, 'misconfigured'],
    ['says nothing about it', undefined, 'accepted'],
  ])('where the server %s (RFC 9207), a callback without an issuer is judged by that', async (_, promise, outcome) => {
    await using server = await standardServer()
    const page = { authorization_endpoint: `${server.url.origin}/authorize` }
    server.put(OPENID, server.document({ ...page, authorization_response_iss_parameter_supported: promise }))
    await using shop = createOAuth({ issuer: server.url.origin, grant: authorizationCode(), ...CLIENT })
    const redirectUri = `https://app.example/${server.url.port}`
    const { url, pending } = await shop.consent.begin({ redirectUri })
    const callback = `${redirectUri}?code=c0de&state=${new URL(url).searchParams.get('state')}`
    const finish = (query: string): Promise<unknown> =>
      shop.consent.finish({ url: `${callback}${query}`, pending }).then(
        () => 'accepted',
        (error: unknown) => (isChaveiroError(error) ? error.code : error),
      )
    expect(await finish('&iss=https://evil.example')).toBe('misconfigured')
    expect(await finish('')).toBe(outcome)
  })

  it.each([
    ['none', undefined, 'names no authorization_endpoint'],
    ['plain http', 'http://id.example/authorize', 'is not an https page'],
  ])('%s as the page that asks a person: no consent begins', async (_, authorization_endpoint, words) => {
    await using server = await standardServer()
    server.put(OPENID, server.document({ authorization_endpoint }))
    await using shop = createOAuth({ issuer: server.url.origin, grant: authorizationCode(), ...CLIENT })
    const begun = shop.consent.begin({ redirectUri: 'https://app.example/callback' })
    await expect(begun).rejects.toMatchObject({ code: 'misconfigured', message: expect.stringContaining(words) })
  })
})
