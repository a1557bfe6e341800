import { type AccessToken, createTokenManager } from '@chaveiro/core'
import { defineProvider, prepareRequests, type TokenProvider } from '@chaveiro/core/provider'
import { expect, it, onTestFinished } from 'vitest'
import { requestParts } from '../../src/providers/request-parts.ts'
import { rememberingParts } from '../../src/serve/accounts/remembered-parts.ts'
import { tokenDocument } from '../../src/serve/door/token-document.ts'

interface Inputs {
  readonly appKey: string
}

const SERVER = new URL('https://auth.acme.test')
const INPUTS: Inputs = { appKey: 'app-key' }

/** A provider that wants a header and a query parameter besides the token, as the documents of some do. */
function acme(more: Partial<TokenProvider<Inputs>> = {}): TokenProvider<Inputs> {
  return defineProvider<Inputs>({
    id: 'acme',
    server: SERVER,
    apiServer: new URL('https://api.acme.test/v2'),
    refreshKind: 'none',
    repeat: 'free',
    inputs: { appKey: { description: 'The key of the app.', secret: true } },
    secretQuery: ['sign'],
    acquire: async () => ({ accessToken: 'access', secrets: { session: 'session-secret' } }),
    prepare: prepareRequests<Inputs>(({ headers, url }, { accessToken, secrets }, { appKey }) => {
      headers.set('X-App-Key', appKey)
      headers.set('X-Session', String(secrets?.['session']))
      url.searchParams.set('sign', `${accessToken}+${appKey}`)
    }),
    ...more,
  })
}

async function tokenOf(provider: TokenProvider<Inputs>): Promise<AccessToken> {
  const manager = createTokenManager<Inputs>({ provider, credentials: () => INPUTS })
  onTestFinished(() => manager.close())
  return manager.account('shop').getToken()
}

it('what a request carries is the token, and all that the provider adds, in headers and query', async () => {
  const provider = acme()
  const token = await tokenOf(provider)
  const parts = await requestParts(provider, token, INPUTS)
  expect(parts).toEqual({
    headers: { authorization: 'Bearer access', 'x-app-key': 'app-key', 'x-session': 'session-secret' },
    query: { sign: 'access+app-key' },
  })
  expect(tokenDocument('shop', token, parts, 0)).toEqual({
    access_token: 'access',
    token_type: 'Bearer',
    expires_at: null,
    expires_in: null,
    account: 'shop',
    ...parts,
  })
})

it('a token that goes elsewhere than into Authorization has no type, and what is empty is left out', async () => {
  const provider = acme({
    authorize: (headers, { accessToken }) => headers.set('X-Token', accessToken),
    prepare: undefined,
  })
  const token = await tokenOf(provider)
  const parts = await requestParts(provider, token, INPUTS)
  const document = tokenDocument('shop', token, parts, 0)
  expect(document).toMatchObject({ token_type: 'N_A', headers: { 'x-token': 'access' } })
  expect(document).not.toHaveProperty('query')
})

it('what a header refuses is in no error', async () => {
  const provider = acme({
    prepare: prepareRequests<Inputs>(({ headers }) => headers.set('X-App-Key', 'can\0ary')),
  })
  const error: unknown = await requestParts(provider, await tokenOf(provider), INPUTS).catch(
    (thrown: unknown) => thrown,
  )
  expect(error).toMatchObject({ code: 'misconfigured', message: 'prepare() of acme failed.' })
})

it('the parts of a token are worked out once', async () => {
  let asked = 0
  const provider = acme()
  const parts = rememberingParts((token) => {
    asked += 1
    return requestParts(provider, token, INPUTS)
  })
  const token = await tokenOf(provider)
  expect(await parts(token)).toBe(await parts(token))
  expect(asked).toBe(1)
})

it('parts that could not be worked out are tried again', async () => {
  let tries = 0
  const parts = rememberingParts(async () => {
    tries += 1
    if (tries === 1) throw new TypeError('once')
    return { headers: {}, query: {} }
  })
  const token = await tokenOf(acme())
  await expect(parts(token)).rejects.toThrow('once')
  expect(await parts(token)).toEqual({ headers: {}, query: {} })
})
