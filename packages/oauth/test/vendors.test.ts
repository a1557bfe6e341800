// The documents of four vendors, as their pages show them: vendors/SOURCES.md. No vendor is asked.
import type { Fetch } from '@chaveiro/core'
import { createOAuth } from '@chaveiro/oauth'
import { authorizationCode } from '@chaveiro/oauth/consent'
import { describe, expect, it } from 'vitest'
import auth0 from './vendors/auth0.json' with { type: 'json' }
import entra from './vendors/entra.json' with { type: 'json' }
import google from './vendors/google.json' with { type: 'json' }
import keycloak from './vendors/keycloak.json' with { type: 'json' }

const CLIENT = { clientId: 'shop', clientSecret: 'the-secret-of-the-shop' }

interface Vendor {
  readonly document: string
  readonly discovery: Readonly<Record<string, unknown>> & { readonly issuer: string; readonly token_endpoint: string }
  readonly token: object
}

/** Answers what the pages show, at the addresses that they show, and 404 elsewhere. */
function vendor({ document, discovery, token }: Vendor) {
  const sent: { readonly url: string; readonly body: string; readonly authorization: string | null }[] = []
  const fetch: Fetch = async (input, init) => {
    const request = new Request(input, init)
    const { url, headers } = request
    sent.push({ url, body: await request.text(), authorization: headers.get('authorization') })
    if (url === document) return Response.json(discovery)
    if (url === discovery.token_endpoint) return Response.json(token)
    if (url === discovery['revocation_endpoint']) return new Response(null, { status: 200 })
    return new Response(null, { status: 404 })
  }
  return { fetch, sent }
}

const BASIC = `Basic ${btoa('shop:the-secret-of-the-shop')}`

describe('client credentials', () => {
  it('at Keycloak', async () => {
    const { fetch, sent } = vendor(keycloak)
    await using shop = createOAuth({ issuer: 'https://keycloak.example/realms/demo', ...CLIENT, fetch })
    expect((await shop.getToken()).scopes).toEqual(['email', 'profile'])
    await shop.end({ revoke: 'require' })
    expect(sent).toEqual([
      { url: keycloak.document, body: '', authorization: null },
      { url: keycloak.discovery.token_endpoint, body: 'grant_type=client_credentials', authorization: BASIC },
      {
        url: keycloak.discovery.revocation_endpoint,
        body: 'token=ACCESS_TOKEN&token_type_hint=access_token',
        authorization: BASIC,
      },
    ])
  })

  it('at Auth0, whose issuer ends with a slash, with the API as the audience', async () => {
    const { fetch, sent } = vendor(auth0)
    const issuer = 'https://tenant.us.auth0.com/'
    await using shop = createOAuth({ issuer, ...CLIENT, audience: 'https://api.example', fetch })
    expect((await shop.getToken()).generation).toBe(1)
    const audience = encodeURIComponent('https://api.example')
    expect(sent[1]?.body).toBe(`grant_type=client_credentials&audience=${audience}`)

    const without = createOAuth({ issuer: 'https://tenant.us.auth0.com', ...CLIENT, fetch })
    await expect(without.getToken()).rejects.toThrow(
      'names the issuer https://tenant.us.auth0.com/, so it was not used',
    )
    await without.close()
  })

  it('at Entra, with the scope of the API, by the way to authenticate that its document lists', async () => {
    const { fetch, sent } = vendor(entra)
    const options = {
      issuer: entra.discovery.issuer,
      ...CLIENT,
      scopes: ['https://graph.microsoft.com/.default'],
      fetch,
    }
    await using shop = createOAuth({ ...options, client: 'client_secret_post' })
    expect((await shop.getToken()).generation).toBe(1)
    const scope = encodeURIComponent('https://graph.microsoft.com/.default')
    expect(sent[1]?.body).toBe(
      `grant_type=client_credentials&scope=${scope}&client_id=shop&client_secret=the-secret-of-the-shop`,
    )

    const basic = createOAuth(options)
    await expect(basic.getToken()).rejects.toThrow(
      "doesn't list client_secret_basic, but client_secret_post, private_key_jwt",
    )
    await basic.close()
  })

  it('at Entra for "common": its document is about no single issuer, so it is not used', async () => {
    const issuer = 'https://login.microsoftonline.com/common/v2.0'
    const discovery = { ...entra.discovery, issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0' }
    const { fetch, sent } = vendor({ ...entra, document: `${issuer}/.well-known/openid-configuration`, discovery })
    await using shop = createOAuth({ issuer, ...CLIENT, client: 'client_secret_post', fetch })
    const failure = await shop.getToken().catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'misconfigured' })
    expect(String(failure)).toContain('names the issuer https://login.microsoftonline.com/{tenantid}/v2.0')
    expect(sent).toHaveLength(1)
  })
})

describe('a person', () => {
  const redirectUri = 'https://app.example/callback/google'

  it('at Google, whose token endpoint is at another origin', async () => {
    const { fetch, sent } = vendor(google)
    await using drive = createOAuth({
      issuer: 'https://accounts.google.com',
      endpointOrigins: ['https://oauth2.googleapis.com'],
      grant: authorizationCode({ parameters: { access_type: 'offline' } }),
      ...CLIENT,
      scopes: ['https://www.googleapis.com/auth/drive.file'],
      fetch,
    })
    const { url, pending } = await drive.consent.begin({ redirectUri })
    const page = new URL(url)
    expect(`${page.origin}${page.pathname}`).toBe('https://accounts.google.com/o/oauth2/v2/auth')
    expect(Object.fromEntries(page.searchParams)).toMatchObject({
      access_type: 'offline',
      response_type: 'code',
      client_id: 'shop',
      scope: 'https://www.googleapis.com/auth/drive.file',
      code_challenge_method: 'S256',
    })
    await drive.consent.finish({ url: `${redirectUri}?code=c0de&state=${page.searchParams.get('state')}`, pending })
    expect((await drive.getToken()).reveal()).toBe('ACCESS_TOKEN')
    await drive.end({ revoke: 'require' })
    expect(sent.map((one) => one.url)).toEqual([
      google.document,
      google.discovery.token_endpoint,
      google.discovery.revocation_endpoint,
    ])
    expect(sent[1]?.body).toMatch(
      /^grant_type=authorization_code&code=c0de&redirect_uri=[^&]+&code_verifier=[\w-]{43}$/,
    )
    expect(sent[2]?.body).toBe('token=REFRESH_TOKEN&token_type_hint=refresh_token')
  })

  it('at Google without that origin: no person is asked for a code that could not be exchanged', async () => {
    const { fetch, sent } = vendor(google)
    const issuer = 'https://accounts.google.com'
    await using drive = createOAuth({ issuer, grant: authorizationCode(), ...CLIENT, fetch })
    const begun = drive.consent.begin({ redirectUri: `${redirectUri}/2` })
    await expect(begun).rejects.toMatchObject({ code: 'origin', action: 'fix-configuration' })
    await expect(begun).rejects.toThrow("pass endpointOrigins: ['https://oauth2.googleapis.com']")
    expect(sent.map((one) => one.url)).toEqual([google.document])
  })
})
