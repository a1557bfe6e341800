import { createTokenManager, type TokenEvent } from '@chaveiro/core'
import { createProviderClient, type TokenProvider } from '@chaveiro/core/provider'
import { expect, onTestFinished, test } from 'vitest'
import { guildBadgeToken, guildMemberToken, guildPassToken } from './golden/guild/provider.ts'
import type { paths } from './golden/guild/schema.ts'
import { type Answer, serve } from './token-server.ts'

const keys = { secret: 's/1' }
const granted = { access_token: 't', expires_in: 60, refresh_token: 'r1', member: 7 }
let apps = 0

/** A redirect URI of its own for each test: two servers must not share one in a process. */
function redirectUri(): string {
  apps += 1
  return `https://app.example/guild/${apps}`
}

interface Asked<Inputs, M> {
  readonly make: (options: { server: URL }) => TokenProvider<Inputs, M>
  readonly inputs: Inputs
}

const memberToken = { make: guildMemberToken, inputs: keys }
/** It takes only the name of the application, which has a default. */
const badgeToken = { make: guildBadgeToken, inputs: {} }

/** An account that a person connects, at a server that answers with `answers`. */
async function asking<Inputs, M>(
  { make, inputs }: Asked<Inputs, M>,
  answers: readonly Answer[],
  scopes?: readonly string[],
) {
  const { url, received } = await serve(...answers)
  const tokens = createTokenManager({ provider: make({ server: url }), credentials: () => inputs })
  onTestFinished(() => tokens.close())
  const events: TokenEvent[] = []
  tokens.on((event) => events.push(event))
  const account = tokens.account({ tenant: 'one', ...(scopes && { scopes }) })
  const address = redirectUri()
  const { url: page, pending } = await account.consent.begin({ redirectUri: address })
  const query = Object.fromEntries(new URL(page).searchParams)
  const finish = (answer: Readonly<Record<string, string>>) => {
    const parameters = new URLSearchParams({ state: query['state'] ?? '', ...answer })
    return account.consent.finish({ url: `${address}?${parameters}`, pending })
  }
  return { account, address, events, finish, page: new URL(page), query, received, server: url }
}

const ISSUER = 'https://join.guild.example'

test('a person is asked as the spec says, at the server that was given', async () => {
  const { page, query, address, server } = await asking(memberToken, [], ['read'])

  expect(`${page.origin}${page.pathname}`).toBe(`${server.origin}/agree`)
  expect(query).toEqual({
    lang: 'pt',
    access_type: 'offline',
    response_type: 'code',
    client_id: 'guildhall',
    redirect_uri: address,
    scope: 'read,offline',
    state: expect.any(String),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  })
})

test('the page of a documented server is where its documents say', async () => {
  const pages = [guildMemberToken, guildBadgeToken].map((make) => make({ server: 'sandbox' }).consent?.request?.url)

  expect(pages.map(String)).toEqual([`${ISSUER}/agree?lang=pt`, 'https://sandbox.guild.example/badges/agree'])
})

test('a code is exchanged, and what the answer and the callback say is kept', async () => {
  const { account, address, events, finish, received, server } = await asking(memberToken, [
    { body: granted },
    { body: { access_token: 'u', expires_in: 60, member: 8 } },
  ])

  await finish({ code: 'c0de', iss: server.origin, 'realm-id': 'north' })
  const first = await account.getToken()
  await account.reject(first)
  const second = await account.getToken()

  expect([first.reveal(), first.meta, second.reveal(), second.meta]).toEqual([
    't',
    { member: 7, realm: 'north' },
    'u',
    { member: 8, realm: 'north' },
  ])
  expect(received.map(({ body }) => Object.fromEntries(new URLSearchParams(body)))).toEqual([
    { grant_type: 'authorization_code', code: 'c0de', redirect_uri: address, code_verifier: expect.any(String) },
    { grant_type: 'refresh_token', refresh_token: 'r1' },
  ])
  expect(received[0]?.headers['authorization']).toBe(`Basic ${btoa('guildhall:s%2F1')}`)
  expect(events.map(({ type }) => type)).toContain('consent.done')
})

test.each<[name: string, iss: Readonly<Record<string, string>>]>([
  ['that names no issuer', {}],
  ['of another issuer', { iss: 'https://join.guild.example.evil.example' }],
])('a callback %s is refused before its code leaves', async (_, iss) => {
  const { finish, received } = await asking(memberToken, [])

  await expect(finish({ code: 'c0de', ...iss })).rejects.toMatchObject({ code: 'misconfigured' })
  expect(received).toEqual([])
})

test('a provider that never names itself does not take a callback that names one', async () => {
  const { finish, received } = await asking(badgeToken, [])

  await expect(finish({ code: 'c0de', iss: ISSUER })).rejects.toMatchObject({ code: 'misconfigured' })
  expect(received).toEqual([])
})

test('a code is sent once, also where its operation may always be sent again', async () => {
  const { finish, received, server } = await asking(memberToken, [{ status: 503, body: {} }])

  await expect(finish({ code: 'c0de', iss: server.origin })).rejects.toMatchObject({
    code: 'unavailable',
    consent: true,
  })
  expect(received).toHaveLength(1)
})

test('a spent code asks for another consent, a spent refresh token too', async () => {
  const first = await asking(memberToken, [{ status: 400, body: { error: 'code_used' } }])
  await expect(first.finish({ code: 'c0de', iss: first.server.origin })).rejects.toMatchObject({
    code: 'reauthorization-required',
    consent: true,
  })

  const second = await asking(memberToken, [{ body: granted }, { status: 400, body: { error: 'token_old' } }])
  await second.finish({ code: 'c0de', iss: second.server.origin })
  await second.account.reject(await second.account.getToken())
  await expect(second.account.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
})

test('an exchange without a refresh token is finished, and its scopes are named', async () => {
  const { account, events, finish, server } = await asking(memberToken, [
    { body: { access_token: 't', expires_in: 60 } },
  ])

  await finish({ code: 'c0de', iss: server.origin })

  expect((await account.getToken()).reveal()).toBe('t')
  expect(events).toContainEqual(expect.objectContaining({ type: 'refresh-token.missing', scopes: ['offline'] }))
})

test('a token that never ends is used until it is refused, and then a person is needed', async () => {
  const { account, events, finish, query, received } = await asking(badgeToken, [{ status: 201, body: { badge: 'b' } }])
  expect(Object.keys(query).sort()).toEqual(['client_id', 'redirect_uri', 'response_type', 'state'])

  await finish({ code: 'c0de' })
  const badge = await account.getToken()
  expect([badge.reveal(), badge.expiresAt]).toEqual(['b', undefined])
  expect(JSON.parse(received[0]?.body ?? '')).toEqual({ application: 'guildhall', code: 'c0de' })
  expect(events.map(({ type }) => type)).toEqual(['consent.done'])

  await account.reject(badge)
  await expect(account.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
})

test('a code is shown, and the one that the person types back is exchanged', async () => {
  const shown = { user_code: 'ABCD-1234', page: 'https://join.guild.example/codes', proof: 'pr00f', lasts: 300 }
  const { url, received } = await serve({ body: shown }, { body: { pass: 'p' } })
  const tokens = createTokenManager({ provider: guildPassToken({ server: url }), credentials: () => ({}) })
  onTestFinished(() => tokens.close())
  const account = tokens.account({ tenant: 'one', scopes: ['read', 'write'] })

  const begun = await account.consent.begin()
  expect([begun.userCode, begun.url]).toEqual(['ABCD-1234', 'https://join.guild.example/codes'])
  expect(Math.round((begun.expiresAt - Date.now()) / 10_000)).toBe(30)
  await account.consent.finish({ code: ' WXYZ-9 ', pending: begun.pending })

  expect((await account.getToken()).reveal()).toBe('p')
  expect(received.map(({ line, body }) => `${line} ${body}`)).toEqual([
    'POST /codes application=guildhall&scope=read+write',
    'POST /codes/exchange {"code":"WXYZ-9","proof":"pr00f"}',
  ])
})

test('a client of one account has the consent', async () => {
  const { url } = await serve({ body: granted })
  const provider = guildMemberToken({ server: url })
  const client = createProviderClient<paths, { secret: string }>(provider, { ...keys, account: 'one' })
  onTestFinished(() => client.close())
  const address = redirectUri()

  const { url: page, pending } = await client.consent.begin({ redirectUri: address })
  const state = new URL(page).searchParams.get('state')
  await client.consent.finish({
    url: `${address}?code=c&iss=${encodeURIComponent(url.origin)}&state=${state}`,
    pending,
  })

  expect((await client.getToken()).reveal()).toBe('t')
})
