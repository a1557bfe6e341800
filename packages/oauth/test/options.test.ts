import { createTokenManager } from '@chaveiro/core'
import { allowInsecureHttp, createOAuth, type OAuth, type OAuthWithConsent, oauthProvider } from '@chaveiro/oauth'
import { privateKeyJwt } from '@chaveiro/oauth/assertion'
import { authorizationCode } from '@chaveiro/oauth/consent'
import { describe, expect, expectTypeOf, it } from 'vitest'
import * as browser from '../src/browser.ts'
import * as server from '../src/index.ts'

const ISSUER = 'https://id.example/realms/shop'
const TOKEN_URL = 'https://id.example/token'
const CLIENT = { clientId: 'shop', clientSecret: 'the-secret-of-the-shop' }

/** Calls it with options as untyped JavaScript may give them. */
function untyped(create: (options: never) => unknown, options: unknown): unknown {
  return Reflect.apply(create, undefined, [options])
}

const AT_ISSUER = { issuer: ISSUER, ...CLIENT }
const AT_URL = { tokenUrl: TOKEN_URL, ...CLIENT }

describe('createOAuth refuses with a sentence that says what to pass', () => {
  it.each<[string, object, string]>([
    ['no server', CLIENT, 'Option tokenUrl is a whole URL'],
    ['both ways to name a server', { ...AT_URL, issuer: ISSUER }, "Option tokenUrl can't be combined with issuer"],
    [
      'a revocation URL beside an issuer',
      { ...AT_ISSUER, revocationUrl: TOKEN_URL },
      "revocationUrl can't be combined with",
    ],
    ['origins beside a URL', { ...AT_URL, endpointOrigins: [] }, 'Option endpointOrigins works only with issuer'],
    ['an issuer that is a URL object', { ...AT_ISSUER, issuer: new URL(ISSUER) }, 'Option issuer must be a string'],
    ['an issuer that is not a URL', { ...AT_ISSUER, issuer: 'id.example' }, 'Option issuer is a whole URL'],
    ['an issuer with a query', { ...AT_ISSUER, issuer: `${ISSUER}?a=b` }, 'must not have a query (RFC 8414 §2)'],
    ['an issuer with a fragment', { ...AT_ISSUER, issuer: `${ISSUER}#a` }, 'issuer must not have a fragment'],
    ['an issuer over plain http', { ...AT_ISSUER, issuer: 'http://id.example' }, 'issuer must be https'],
    ['a token URL over plain http', { ...AT_URL, tokenUrl: 'http://id.example/token' }, 'tokenUrl must be https'],
    ['a token URL with a password', { ...AT_URL, tokenUrl: 'https://a:b@id.example' }, 'must not carry a user name'],
    ['a refresh URL over plain http', { ...AT_URL, refreshUrl: 'http://a.example' }, 'refreshUrl must be https'],
    ['a path as the revocation URL', { ...AT_URL, revocationUrl: '/revoke' }, 'Option revocationUrl is a whole URL'],
    [
      'origins that are not a list',
      { ...AT_ISSUER, endpointOrigins: TOKEN_URL },
      'endpointOrigins must be an array of URLs',
    ],
    ['an origin over plain http', { ...AT_ISSUER, endpointOrigins: ['http://a.example'] }, 'endpointOrigins must be'],
    ['an API over plain http', { ...AT_URL, apiUrl: 'http://api.example' }, 'apiUrl must be https'],
    ['no client', { tokenUrl: TOKEN_URL }, 'The input clientId is missing'],
    ['no secret', { tokenUrl: TOKEN_URL, clientId: 'shop' }, 'clientSecret: process.env.OAUTH_CLIENT_SECRET'],
    ['no key', { ...AT_URL, client: privateKeyJwt({ alg: 'ES256' }) }, 'privateKey: process.env.OAUTH_PRIVATE_KEY'],
    ['an unknown way to authenticate', { ...AT_URL, client: 'basic' }, "Option client must be 'client_secret_basic', "],
    ['null as one', { ...AT_URL, client: null }, 'Option client must not be null.'],
    [
      'an unknown grant',
      { ...AT_URL, grant: 'password' },
      "Option grant must be 'client_credentials', 'refresh_token' or",
    ],
    ['a grant that is not one', { ...AT_URL, grant: {} }, 'or authorizationCode() from @chaveiro/oauth/consent'],
    ['a public client in its own name', { ...AT_URL, client: 'none' }, 'Anyone could ask for such a token'],
    [
      'a code that anyone could use',
      { ...AT_ISSUER, client: 'none', grant: authorizationCode({ pkce: 'unsupported' }) },
      'anyone who gets hold of a code can use it (RFC 9700 §2.1.1)',
    ],
    [
      'a consent without a page',
      { ...AT_URL, grant: authorizationCode() },
      'pass the page: authorizationCode({ url })',
    ],
    [
      'a consent with two pages',
      { ...AT_ISSUER, grant: authorizationCode({ url: 'https://id.example/authorize' }) },
      "the server's document provides url and callbackIssuer",
    ],
    [
      'a page over plain http',
      { ...AT_URL, grant: authorizationCode({ url: 'http://id.example/authorize' }) },
      'must be https',
    ],
    [
      'a parameter that the flow sets',
      { ...AT_ISSUER, grant: authorizationCode({ parameters: { state: 'mine' } }) },
      "A consent can't set the parameter state",
    ],
    [
      'a list of scopes in one text',
      { ...AT_URL, scopes: 'a b' },
      "Option scopes must be an array of names: ['orders:read']",
    ],
    ['an empty audience', { ...AT_URL, audience: '' }, 'Option audience must be a string.'],
    ['a resource that is not a URI', { ...AT_URL, resource: 'orders' }, 'Option resource must be an absolute URI'],
    [
      'a resource with a fragment',
      { ...AT_URL, resource: 'https://api.example#a' },
      'without a fragment (RFC 8707 §2)',
    ],
    [
      'a field that the call sets',
      { ...AT_URL, tokenParameters: { client_id: 'x' } },
      "tokenParameters can't set client_id",
    ],
    [
      'a field that is not a text',
      { ...AT_URL, tokenParameters: { a: 1 } },
      'Option tokenParameters.a must be a string.',
    ],
    [
      'fields in one text',
      { ...AT_URL, tokenParameters: 'a=b' },
      'Option tokenParameters must be an object of strings.',
    ],
    ['another kind of body', { ...AT_URL, content: 'xml' }, "Option content must be 'form' or 'json'."],
    [
      'another rotation',
      { ...AT_URL, rotation: 'sometimes' },
      "Option rotation must be 'always', 'never' or 'unknown'.",
    ],
    ['a header with a space', { ...AT_URL, header: { name: 'a b' } }, 'Option header.name is the name of a header.'],
    [
      'two words before the token',
      { ...AT_URL, header: { scheme: 'a b' } },
      "Option header.scheme must be one word, or ''.",
    ],
    ['a misspelt header', { ...AT_URL, header: { nam: 'a' } }, 'Unknown option nam. Did you mean name?'],
    ['a negative life', { ...AT_URL, lifetimeMs: -1 }, 'Option lifetimeMs must be a number of at least 0.'],
    ['a life in words', { ...AT_URL, graceMs: '60' }, 'Option graceMs must be a number of at least 0.'],
    ['a misspelt option', { ...AT_URL, tokenURL: TOKEN_URL }, 'Unknown option tokenURL. Did you mean tokenUrl?'],
    ['an id with a space', { ...AT_URL, id: 'My Shop' }, 'is not of the form'],
    ['an impossible window', { ...AT_URL, refreshWindowMs: -1 }, 'refreshWindowMs'],
  ])('%s', (_, options, sentence) => {
    expect(() => untyped(createOAuth, options)).toThrow(TypeError)
    expect(() => untyped(createOAuth, options)).toThrow(sentence)
    for (const secret of [CLIENT.clientSecret, 'a:b']) {
      expect(() => untyped(createOAuth, options)).not.toThrow(secret)
    }
  })

  it('nothing at all', () => {
    expect(() => untyped(createOAuth, undefined)).toThrow('Options must be an object.')
  })

  it('an unknown value of authorizationCode()', () => {
    expect(() => untyped(authorizationCode, { pkce: 'S256' })).toThrow("Option pkce must be 'required'")
  })
})

describe('oauthProvider', () => {
  it('takes no inputs and no options of the manager', () => {
    expect(() => untyped(oauthProvider, AT_URL)).toThrow('Unknown option clientId.')
    expect(() => untyped(oauthProvider, { tokenUrl: TOKEN_URL, store: {} })).toThrow('Unknown option store.')
  })

  it('takes plain http from those who say that the network is theirs', () => {
    const provider = oauthProvider({ tokenUrl: 'http://id.internal/token', [allowInsecureHttp]: true })
    expect(provider.server.href).toBe('http://id.internal/token')
    const credentials = () => CLIENT
    expect(() => createTokenManager({ provider, credentials })).toThrow('must be https')
    expect(() => createTokenManager({ provider, credentials, [allowInsecureHttp]: true })).not.toThrow()
  })

  it('names the account after the client, unless a person agrees: then one client has many', () => {
    expect(oauthProvider({ issuer: ISSUER }).inputs?.['clientId']?.identity).toBe(true)
    expect(oauthProvider({ issuer: ISSUER, grant: authorizationCode() }).inputs?.['clientId']?.identity).toBe(false)
  })
})

describe('the types', () => {
  it('have a consent where a person agrees, and nowhere else', async () => {
    const shop = createOAuth({ issuer: ISSUER, ...CLIENT })
    const maria = createOAuth({ issuer: ISSUER, grant: authorizationCode(), ...CLIENT })
    expectTypeOf(shop).toEqualTypeOf<OAuth>()
    expectTypeOf(maria).toEqualTypeOf<OAuthWithConsent>()
    expectTypeOf(shop).not.toHaveProperty('consent')
    expectTypeOf(maria).toHaveProperty('consent')
    expectTypeOf(maria).not.toHaveProperty('api')
    await Promise.all([shop.close(), maria.close()])
  })

  it('ask for the input that the way to authenticate needs, and for one server', () => {
    const create = (): void => {
      // @ts-expect-error a secret is missing
      createOAuth({ issuer: ISSUER, clientId: 'shop' })
      // @ts-expect-error the key is missing
      createOAuth({ issuer: ISSUER, client: privateKeyJwt({ alg: 'ES256' }), ...CLIENT })
      // @ts-expect-error a public client has no secret
      createOAuth({ issuer: ISSUER, client: 'none', grant: 'refresh_token', ...CLIENT })
      // @ts-expect-error two servers
      createOAuth({ issuer: ISSUER, tokenUrl: TOKEN_URL, ...CLIENT })
      // @ts-expect-error no server
      createOAuth({ ...CLIENT })
    }
    expect(create).toThrow(TypeError)
  })
})

describe('in a browser', () => {
  it('the package has the same names, and refuses to hold keys', () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(server).sort())
    expect(() => browser.createOAuth()).toThrow(TypeError)
    expect(() => browser.oauthProvider()).toThrow('runs on a server only')
  })
})
