// Emitted providers against their own specs, played. The player reads the vocabulary by itself, so a mistake in one of the
// two shows against the other.
import { expect, test } from 'vitest'
import {
  bureauApplicationToken,
  bureauClerkToken,
  bureauGuestToken,
  bureauMemberToken,
} from './golden/bureau/provider.ts'
import { exchangeProvider } from './golden/exchange/provider.ts'
import { gatewayProvider } from './golden/gateway/provider.ts'
import { guildBadgeToken, guildMemberToken, guildPassToken } from './golden/guild/provider.ts'
import { harbourSessionToken, harbourVoyageToken } from './golden/harbour/provider.ts'
import { ledgerProvider } from './golden/ledger/provider.ts'
import { marketApplicationToken, marketSellerToken } from './golden/market/provider.ts'
import { notaryApplicationToken } from './golden/notary/provider.ts'
import { orchardProvider } from './golden/orchard/provider.ts'
import { type Given, play } from './played-spec.ts'

const DAY = 86_400_000

const application = (given: Given) => ({ clientId: given('clientId'), clientSecret: given('clientSecret') })

test('an application gets a token by a form and Basic, and the next one when that ends', async () => {
  const { account, calls, clock, simulator } = await play(
    'gateway',
    gatewayProvider,
    (given) => ({ ...application(given), contract: given('contract') }),
    ['read'],
  )
  await account.getToken()
  await clock.advance(DAY)
  expect(await account.getToken()).toMatchObject({ generation: 2, scopes: ['offline', 'read'] })
  expect(calls()).toEqual(['issueToken 200', 'issueToken 200'])
  expect(simulator.tokens.map(({ access }) => access.state)).toEqual(['expired', 'live'])
})

test('a person agrees, and the single-use refresh token that comes is replaced, until the client revokes it', async () => {
  const { account, agree, calls, clock, simulator } = await play('orchard', orchardProvider, application)
  await expect(account.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
  await agree()
  await clock.advance(DAY)
  await account.getToken()
  expect(calls()).toEqual(['decideConsent 303', 'issueToken 200', 'issueToken 200'])
  expect(simulator.tokens.map(({ refresh }) => refresh?.state)).toEqual(['spent', 'live'])
  await account.end({ revoke: 'require' })
  expect(simulator.tokens.at(-1)?.refresh?.state).toBe('revoked')
})

test('a client without a secret proves itself by PKCE, and knows the issuer', async () => {
  const { account, agree, calls, clock } = await play('ledger', ledgerProvider, (given) => ({
    clientId: given('clientId'),
  }))
  await agree()
  await clock.advance(DAY / 2)
  await account.getToken()
  expect(calls()).toEqual(['decideConsent 303', 'issueToken 200', 'issueToken 200'])
})

test('two principals share an endpoint, with JSON', async () => {
  const seller = await play('market', marketSellerToken, application, ['read'])
  await seller.agree()
  expect((await seller.account.getToken()).meta).toMatchObject({
    userId: expect.anything(),
    region: 'simulated-region',
  })
  await seller.clock.advance(DAY)
  await seller.account.getToken()
  expect(seller.calls()).toEqual(['decideConsent 303', 'issueToken 200', 'refreshToken 200'])

  const own = await play('market', marketApplicationToken, application)
  await own.account.getToken()
  expect(own.calls()).toEqual(['issueToken 200'])
})

test('a wrong secret and a spent refresh token get the answers that the spec gives a meaning', async () => {
  const wrong = await play('market', marketApplicationToken, (given) => ({
    ...application(given),
    clientSecret: 'wrong',
  }))
  await expect(wrong.account.getToken()).rejects.toMatchObject({ code: 'credentials-rejected' })

  const { account, agree, clock, simulator } = await play('market', marketSellerToken, application, ['read'])
  await agree()
  simulator.revoke({ which: 'both' })
  await clock.advance(DAY)
  await expect(account.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
})

test('a member is sent back with what the spec keeps of the callback', async () => {
  const { account, agree, calls, clock } = await play(
    'guild',
    guildMemberToken,
    (given) => ({ application: given('application'), secret: given('secret') }),
    ['read'],
  )
  await agree()
  expect((await account.getToken()).meta).toEqual({ member: 1, realm: 'simulated-realm-id' })
  await clock.advance(DAY)
  await account.getToken()
  expect(calls()).toEqual(['decideConsent 303', 'issueToken 200', 'issueToken 200'])
})

test('a badge that does not end comes for a code alone', async () => {
  const { account, agree } = await play('guild', guildBadgeToken, (given) => ({ application: given('application') }))
  await agree()
  expect((await account.getToken()).expiresAt).toBeUndefined()
})

test('a person types a code on the page, and types back the one that it shows', async () => {
  const { account, calls, simulator } = await play('guild', guildPassToken, (given) => ({
    application: given('application'),
  }))
  const begun = await account.consent.begin()
  if (begun.userCode === undefined) throw new Error('no code was shown')
  await account.consent.finish({ code: await simulator.typeCode(begun.userCode), pending: begun.pending })
  await account.getToken()
  expect(calls()).toEqual(['showCode 200', 'typeCode 200', 'exchangeCode 200'])
})

test('a session issues tokens whose end the client chooses, which are listed and revoked by their handles', async () => {
  const { account, calls, clock, simulator, url } = await play('notary', notaryApplicationToken, (given) => ({
    clientId: given('clientId'),
    username: given('username'),
    password: given('password'),
    lifetimeMs: 2 * DAY,
  }))
  const { expiresAt } = await account.getToken()
  expect(expiresAt).toBe(simulator.tokens.at(-1)?.access?.expiresAt)
  expect(expiresAt).toBeGreaterThan(clock.now() + DAY)
  expect(calls()).toEqual(['login 200', 'createApplicationToken 201'])
  const listed = await account.fetch(new URL('/v1/access-token', url))
  const { id } = await account.getToken()
  const item = { id, expires: { date: expect.stringMatching(/^2026-.*000000$/), timezone: 'UTC' } }
  expect(await listed.json()).toEqual({ _embedded: { access_token: [item] } })
  await account.end({ revoke: 'require' })
  expect(calls().at(-1)).toBe('revokeApplicationToken 204')
  expect(simulator.tokens.map(({ access }) => access?.state)).toEqual(['live', 'revoked'])
})

test('a chain of tokens, with answers in headers and a zone of its own', async () => {
  const device = (given: Given) => ({ device: given('device'), key: given('key'), note: given('note') })
  const { account, calls, clock } = await play('harbour', harbourVoyageToken, device)
  await account.getToken()
  await clock.advance(2 * DAY)
  await account.getToken()
  expect(calls()).toEqual(['registerDevice 200', 'openSession 204', 'beginVoyage 201', 'continueVoyage 200'])

  const session = await play('harbour', harbourSessionToken, device)
  expect((await session.account.getToken()).expiresAt).toBe(session.clock.now() + 3_600_000)
})

test('a key is exchanged for a token deep in the answer, whose refresh token stays', async () => {
  const { account, calls, clock } = await play('exchange', exchangeProvider, (given) => ({
    accountId: given('accountId'),
    key: given('key'),
  }))
  await account.getToken()
  await clock.advance(DAY)
  await account.getToken()
  expect(calls()).toEqual(['createToken 201', 'refreshToken 200'])
})

test('forms, nested bodies, several schemes at once and the end inside a token', async () => {
  const given = (name: Given) => ({
    ...application(name),
    gateKey: name('gateKey'),
    clerk: name('clerk'),
    code: name('code'),
    word: name('word'),
  })
  const own = await play('bureau', bureauApplicationToken, given, ['read'])
  expect((await own.account.getToken()).scopes).toEqual(['offline', 'read'])
  const clerk = await play('bureau', bureauClerkToken, given)
  expect((await clerk.account.getToken()).expiresAt).toBe(clerk.clock.now() + 3_600_000)
  const member = await play('bureau', bureauMemberToken, given)
  await member.account.getToken()
  await member.clock.advance(DAY)
  await member.account.getToken()
  expect(member.calls()).toEqual(['admitMember 200', 'renewMember 200'])
})

test('a refresh token that a person was handed begins the life of an account', async () => {
  const { account, calls, simulator } = await play('bureau', bureauGuestToken, () => ({}))
  await account.seed({ accessToken: 'ended', expiresAt: 0, refreshToken: simulator.handOut() })
  await account.getToken()
  expect(calls()).toEqual(['renewGuest 200'])
})
