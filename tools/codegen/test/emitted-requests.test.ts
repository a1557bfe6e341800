import { createTokenManager } from '@chaveiro/core'
import type { TokenProvider } from '@chaveiro/core/provider'
import { expect, onTestFinished, test } from 'vitest'
import {
  bureauApplicationToken,
  bureauClerkToken,
  bureauGuestToken,
  bureauMemberToken,
} from './golden/bureau/provider.ts'
import { gatewayProvider } from './golden/gateway/provider.ts'
import { type Answer, serve } from './token-server.ts'

/** One account of a provider, as users have it. */
function account<Inputs extends object, M>(provider: TokenProvider<Inputs, M>, inputs: Inputs, scopes?: string[]) {
  const tokens = createTokenManager({ provider, credentials: () => inputs })
  onTestFinished(() => tokens.close())
  return tokens.account({ tenant: 'one', scopes })
}

const keys = { clientId: 'id', clientSecret: 'se&cret', gateKey: 'gate', clerk: 'Ana', code: 'c0de', word: 'open' }

test('a form arrives as the vendor reads it, without the field that was left out', async () => {
  const { url, received } = await serve({ body: { access_token: 't' } })

  const token = await account(bureauApplicationToken({ server: url }), keys).getToken()

  expect(token.reveal()).toBe('t')
  expect(received).toMatchObject([
    { line: 'POST /token', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  ])
  expect(received[0]?.body).toBe('grant_type=client_credentials&version=2&scope=offline')
})

test('a field that may be left out is sent where it is given', async () => {
  const { url, received } = await serve({ body: { access_token: 't' } })

  await account(bureauApplicationToken({ server: url }), { ...keys, purpose: 'a b' }).getToken()

  expect(new URLSearchParams(received[0]?.body).get('purpose')).toBe('a b')
})

test('pointers nest a body, and what was left out is missing at its place', async () => {
  const { url, received } = await serve({ body: { token: 't' } }, { body: { token: 'u' } })

  await account(bureauClerkToken({ server: url }), keys).getToken()
  await account(bureauClerkToken({ server: url }), { ...keys, pin: '7', trace: 'x' }).getToken()

  expect(received.map(({ body }) => JSON.parse(body))).toEqual([
    { clerk: { name: 'Ana' }, desk: { floor: 3 } },
    { clerk: { name: 'Ana', pin: '7' }, desk: { floor: 3 } },
  ])
  expect(received.map(({ headers }) => headers['x-trace'])).toEqual([undefined, 'x'])
})

test('HTTP Basic is sent as the vendor wants it, with a key beside it', async () => {
  const { url, received } = await serve({ body: { access_token: 't' } }, { body: { token: 'u' } })

  await account(bureauApplicationToken({ server: url }), keys).getToken()
  await account(bureauClerkToken({ server: url }), keys).getToken()

  expect(received.map(({ headers }) => [headers['authorization'], headers['x-gate-key']])).toEqual([
    [`Basic ${btoa('id:se%26cret')}`, 'gate'],
    [`Basic ${btoa('Ana:c0de')}`, undefined],
  ])
})

test('an answer that repeats the pair is not quoted', async () => {
  const pair = btoa('id:se%26cret')
  const { url } = await serve({ status: 400, body: { title: `We do not know ${pair}`, error: 'invalid_client' } })

  const error: unknown = await account(bureauApplicationToken({ server: url }), keys)
    .getToken()
    .catch((reason: unknown) => reason)

  expect(error).toMatchObject({ code: 'credentials-rejected' })
  expect(JSON.stringify(error) + String(error)).not.toContain(pair)
})

/** A member whose first token has ended, with what `answers` say about its refresh. */
async function member(...answers: Answer[]) {
  const server = await serve(...answers)
  const source = account(bureauMemberToken({ server: server.url }), keys)
  await source.seed({ accessToken: 'old', refreshToken: 'r1', expiresAt: Date.now() + 1000 })
  const outcome = await source.getToken({ minValidityMs: 60_000 }).then(
    (token) => token.reveal(),
    (error: unknown) => error,
  )
  return { ...server, outcome }
}

const admitted = { body: { token: 't', ends: '2126-01-01T00:00:00Z', renewal: 'r2' } }

test('a dead refresh token is replaced by the keys', async () => {
  const { outcome, received } = await member({ status: 400, body: { error: { code: 7 } } }, admitted)

  expect(outcome).toBe('t')
  expect(received.map(({ line }) => line)).toEqual(['PUT /members', 'POST /members'])
})

test('keys that a refresh denies are not sent again', async () => {
  const { outcome, received } = await member({ status: 422, body: { error: { code: 9 } } }, admitted)

  expect(outcome).toMatchObject({ code: 'credentials-rejected' })
  expect(received.map(({ line }) => line)).toEqual(['PUT /members'])
})

test('an error in a 200 is a mistaken configuration, and not a lost answer', async () => {
  const { outcome, received } = await member({ status: 200, body: { ok: false, error: 'x' } }, admitted)

  expect(outcome).toMatchObject({ code: 'misconfigured', status: 200 })
  expect(received).toHaveLength(1)
})

test.each<[name: string, answer: Answer, code: string]>([
  [
    'a documented header denies',
    { status: 403, headers: { 'x-reason': 'Wrong-Word' }, body: {} },
    'credentials-rejected',
  ],
  ['a documented code is misconfigured', { status: 400, body: { error: { code: 12 } } }, 'misconfigured'],
  ['another code is for the engine to judge', { status: 400, body: { error: { code: 8 } } }, 'credentials-rejected'],
])('%s', async (_, answer, code) => {
  const { url } = await serve(answer)

  await expect(account(bureauMemberToken({ server: url }), keys).getToken()).rejects.toMatchObject({ code })
})

test('a token that only a person can get is brought, and refreshed from then on', async () => {
  const ends = Date.now() + 3_600_000
  const { url, received } = await serve(
    { body: { token: 't', ends, renewal: 'r2', renewal_ends: '2126-01-01T00:00:00' } },
    { body: { token: 'u', ends: ends + 1, renewal_ends: '2126-01-01T00:00:00' } },
    { body: { token: 'v', ends: ends + 2 } },
  )
  const guest = account(bureauGuestToken({ server: url }), keys)
  await expect(guest.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })

  await guest.seed({ accessToken: 'old', refreshToken: 'r1', expiresAt: Date.now() + 1000 })
  const first = await guest.getToken({ minValidityMs: 60_000 })
  await guest.reject(first)
  const second = await guest.getToken()
  const { refreshExpiresAt } = await guest.status()

  expect([first.reveal(), second.reveal()]).toEqual(['t', 'u'])
  expect(received.map(({ body }) => body)).toEqual(['renewal=r1', 'renewal=r2'])
  // It lives unused for two days, from the last refresh on, also where that brought no new one.
  expect(Math.round(((refreshExpiresAt ?? 0) - Date.now()) / 3_600_000)).toBe(48)
})

test('the end of a token is read from the token', async () => {
  const exp = Math.floor(Date.now() / 1000) + 7200
  const token = `h.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.s`
  const { url } = await serve({ body: { token } })

  const { expiresAt } = await account(bureauClerkToken({ server: url }), keys).getToken()

  expect(Math.round((expiresAt ?? 0) / 1000)).toBe(exp)
})

test('scopes of the account are asked for, and those that were granted are known', async () => {
  const { url, received } = await serve({ body: { access_token: 't', scope: 'offline read' } })

  const token = await account(bureauApplicationToken({ server: url }), keys, ['write', 'read']).getToken()

  expect(new URLSearchParams(received[0]?.body).get('scope')).toBe('offline,read,write')
  expect(token.scopes).toEqual(['offline', 'read'])
})

test('what is kept of an answer stays until another answer says otherwise', async () => {
  const ends = '2126-01-01T00:00:00Z'
  const { url } = await serve(
    { body: { token: 't', ends, renewal: 'r1', number: 7, card: { colour: 'red' } } },
    { body: { token: 'u', ends, renewal: 'r2', card: { colour: 'blue' } } },
  )
  const source = account(bureauMemberToken({ server: url }), keys)

  const first = await source.getToken()
  await source.reject(first)
  const second = await source.getToken()

  expect([first.meta, second.meta]).toEqual([
    { number: 7, colour: 'red' },
    { number: 7, colour: 'blue' },
  ])
})

test('standard client credentials are asked for as RFC 6749 says, with what the provider adds', async () => {
  const { url, received } = await serve({
    body: { access_token: 't', token_type: 'bearer', expires_in: '60', scope: 'read', tenant: { name: 'ana' } },
  })
  const inputs = { clientId: 'a:b', clientSecret: 's c', contract: '12' }

  const token = await account(gatewayProvider({ server: url }), inputs, ['read']).getToken()

  expect(received).toMatchObject([
    {
      line: 'POST /oauth/token',
      headers: { authorization: `Basic ${btoa('a%3Ab:s+c')}`, 'x-contract': '12' },
      body: 'grant_type=client_credentials&scope=offline+read',
    },
  ])
  expect(token).toMatchObject({ scopes: ['read'], meta: { tenant: 'ana' } })
  expect(Math.round(((token.expiresAt ?? 0) - Date.now()) / 1000)).toBe(60)
})

test.each<[answer: Answer, code: string]>([
  [{ status: 401, body: { error: 'invalid_client' } }, 'credentials-rejected'],
  [{ status: 403, body: { code: 17 } }, 'credentials-rejected'],
  [{ status: 400, body: { error: 'invalid_scope' } }, 'misconfigured'],
])('%j is %s', async (answer, code) => {
  const { url } = await serve(answer)
  const inputs = { clientId: 'a', clientSecret: 's', contract: '12' }

  await expect(account(gatewayProvider({ server: url }), inputs).getToken()).rejects.toMatchObject({ code })
})
