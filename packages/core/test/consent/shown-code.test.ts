import { createTokenManager, type TokenEvent, type TokenManager, type TokenManagerOptions } from '@chaveiro/core'
import { type ShownCode, shownCode } from '@chaveiro/core/consent'
import {
  askedScopes,
  checkGrant,
  defineProvider,
  expectData,
  optionalExpiry,
  seconds,
  type TokenProvider,
} from '@chaveiro/core/provider'
import { shared } from '@chaveiro/core/shared'
import { expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { leakScan } from '../support/leak-scan.ts'
import { type ScriptedIssuer, scriptedIssuer } from '../support/scripted-issuer.ts'
import { sharedStore } from '../support/shared-store.ts'
import { CLIENT, type Client, refusal } from './consent-world.ts'

const ANOTHER = 'reauthorization-required, consent'
const MINUTE = 60_000
const SERVER = 'https://portal.example'

interface ShownAnswer {
  readonly code?: unknown
  readonly page?: unknown
  readonly verifier?: unknown
  readonly expiresIn?: unknown
}

const SHOWN: ShownAnswer = {
  code: 'HJLX-LPSQ',
  page: `${SERVER}/apps?code=HJLX-LPSQ`,
  verifier: 'the-verifier-of-the-shown-code',
}
const shownAnswer = (more: ShownAnswer = {}): Response => Response.json({ ...SHOWN, ...more })
const tokenAnswer = (): Response =>
  Response.json({ access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 600 })

interface World {
  readonly clock: FakeClock
  readonly issuer: ScriptedIssuer
  readonly tokens: TokenManager
  readonly events: TokenEvent[]
}

interface WorldOptions {
  readonly manager?: Partial<TokenManagerOptions<Client>>
  readonly consent?: Partial<ShownCode<Client>>
  readonly provider?: Partial<TokenProvider<Client>>
  readonly clock?: FakeClock
  readonly issuer?: ScriptedIssuer
}

/** A provider that issues a code to show, as JSON, at /codes, and a token for what is typed back at /token. */
function world({
  manager,
  consent,
  provider,
  clock = new FakeClock(),
  issuer = scriptedIssuer(),
}: WorldOptions = {}): World {
  const post = (path: string, body: object): [string, RequestInit] => [
    `${SERVER}${path}`,
    { method: 'POST', body: JSON.stringify(body) },
  ]
  const shown = defineProvider<Client>({
    id: 'showing',
    server: new URL(SERVER),
    refreshKind: 'single-use',
    repeat: 'unknown',
    inputs: {
      clientId: { description: 'The client.', identity: true },
      clientSecret: { description: 'Its secret.', secret: true },
    },
    refresh: async () => ({ accessToken: 'access-2' }),
    consent: shownCode<Client>({
      async show(io, { clientId }) {
        const response = await io.fetch(...post('/codes', { clientId, scopes: askedScopes(io) }))
        const data: ShownAnswer = response.ok ? await response.json() : undefined
        const { code, page, verifier, expiresIn } = await expectData('/codes', Promise.resolve({ response, data }))
        const expiresAt = optionalExpiry(io, seconds(expiresIn))
        return { userCode: code, verificationUrl: page, verifier, expiresAt }
      },
      async exchange(io, code) {
        const response = await io.fetch(...post('/token', code))
        const data: Record<string, unknown> = response.ok ? await response.json() : undefined
        const token = await expectData('/token', Promise.resolve({ response, data }))
        return checkGrant({ accessToken: token['access_token'], refreshToken: token['refresh_token'] })
      },
      ...consent,
    }),
    ...provider,
  })
  const tokens = createTokenManager<Client>({
    provider: shown,
    credentials: () => CLIENT,
    fetch: issuer.fetch,
    clock,
    random: () => 0,
    ...manager,
  })
  const events: TokenEvent[] = []
  tokens.on((event) => events.push(event))
  return { clock, issuer, tokens, events }
}

test('a code is shown, and what the person types back is exchanged with its verifier', async () => {
  const { issuer, tokens, events } = world()
  const { consent } = tokens.account('ana')
  issuer.prepare(shownAnswer())
  const begun = await consent.begin()
  expect(begun).toMatchObject({ url: `${SERVER}/apps?code=HJLX-LPSQ`, userCode: 'HJLX-LPSQ' })
  issuer.prepare(tokenAnswer())
  await consent.finish({ code: ' BQXN-TTRP\n', pending: begun.pending })
  expect(issuer.requests.map(({ path, body }) => [path, body])).toEqual([
    ['/codes', { clientId: 'shop' }],
    ['/token', { code: 'BQXN-TTRP', verifier: 'the-verifier-of-the-shown-code' }],
  ])
  expect((await tokens.account('ana').getToken()).reveal()).toBe('access-1')
  expect(events.map(({ type }) => type)).toEqual(['consent.done'])
})

test.each([
  ["the account's", undefined, 'stock'],
  ["the caller's", ['orders', 'stock'], 'orders stock'],
])('it asks for these scopes: %s', async (_, scopes, expected) => {
  const { issuer, tokens } = world()
  issuer.prepare(shownAnswer())
  await tokens.account({ tenant: 'ana', scopes: ['stock'] }).consent.begin({ scopes })
  expect(issuer.requests[0]?.body).toMatchObject({ scopes: expected })
})

test('a consent that brings no refresh token names the scopes that were asked for', async () => {
  const { issuer, tokens, events } = world()
  const { consent } = tokens.account('ana')
  issuer.prepare(shownAnswer(), Response.json({ access_token: 'access-1' }))
  const { pending } = await consent.begin({ scopes: ['orders'] })
  await consent.finish({ code: 'BQXN-TTRP', pending })
  expect(events).toContainEqual(expect.objectContaining({ type: 'refresh-token.missing', scopes: ['orders'] }))
})

test.each([
  ['ten minutes where the provider says nothing', undefined, 10 * MINUTE],
  ['as long as the code that is shown', 300, 5 * MINUTE],
  ['an hour at most', 86_400, 60 * MINUTE],
])('it is open for %s', async (_, expiresIn, lifeMs) => {
  const { clock, issuer, tokens } = world()
  const { consent } = tokens.account('ana')
  const begin = async () => {
    issuer.prepare(shownAnswer({ expiresIn }))
    return consent.begin()
  }
  const [late, early] = [await begin(), await begin()]
  expect(late.expiresAt).toBe(clock.now() + lifeMs)
  await clock.advance(lifeMs - 1)
  issuer.prepare(tokenAnswer())
  await consent.finish({ code: 'BQXN-TTRP', pending: early.pending })
  await clock.advance(1)
  expect(await refusal(consent.finish({ code: 'BQXN-TTRP', pending: late.pending }))).toBe(ANOTHER)
})

test.each<[string, ShownAnswer]>([
  ['verifier', { verifier: undefined }],
  ['verifier', { verifier: '' }],
  ['verifier', { verifier: 'two words' }],
  ['code that can be shown', { code: undefined }],
  ['code that can be shown', { code: ' ' }],
  ['code that can be shown', { code: 'a\u001b[2Jb' }],
  ['code that can be shown', { code: 7 }],
  ['https page', { page: undefined }],
  ['https page', { page: 'http://portal.example/apps' }],
  ['https page', { page: 'javascript:alert(1)' }],
])('an answer to the question for a code is refused: %s', async (word, answer) => {
  const { issuer, tokens } = world()
  issuer.prepare(shownAnswer(answer))
  const begun = tokens.account('ana').consent.begin()
  await expect(begun).rejects.toMatchObject({
    code: 'malformed-response',
    message: expect.stringContaining(word),
    account: { tenant: 'ana' },
  })
})

test.each<[number, string]>([
  [400, 'credentials-rejected'],
  [401, 'credentials-rejected'],
  [404, 'credentials-rejected'],
  [429, 'throttled'],
  [500, 'unavailable'],
  [503, 'unavailable'],
])('%d to the question for a code is %s, and nothing is spent', async (status, code) => {
  const { issuer, tokens } = world()
  issuer.prepare(Response.json({ error: 'no' }, { status }))
  expect(await refusal(tokens.account('ana').consent.begin())).toBe(code)
  expect(issuer.requests).toHaveLength(1)
})

test('a code that had ended when it came is refused', async () => {
  const show: ShownCode<Client>['show'] = async ({ now }) => {
    return { userCode: 'A', verificationUrl: SERVER, verifier: 'v', expiresAt: now }
  }
  const { tokens } = world({ consent: { show } })
  const begun = tokens.account('ana').consent.begin()
  await expect(begun).rejects.toMatchObject({
    code: 'malformed-response',
    message: expect.stringContaining('an expired code'),
  })
})

test('what the provider throws is not passed on', async () => {
  const { tokens } = world({
    consent: {
      show: async () => {
        throw new Error('the-secret-of-shop')
      },
    },
  })
  const begun = tokens.account('ana').consent.begin()
  await expect(begun).rejects.toMatchObject({ code: 'misconfigured', message: expect.stringContaining('in show()') })
})

test('a code that is refused costs another consent, and is not sent again', async () => {
  const { issuer, tokens, events } = world()
  const { consent } = tokens.account('ana')
  issuer.prepare(shownAnswer(), Response.json({ error: 'invalid_grant' }, { status: 400 }))
  const { pending } = await consent.begin()
  expect(await refusal(consent.finish({ code: 'MISTYPED', pending }))).toBe(ANOTHER)
  expect(await refusal(consent.finish({ code: 'BQXN-TTRP', pending }))).toBe(ANOTHER)
  expect(issuer.requests).toHaveLength(2)
  expect(events.map(({ type }) => type)).toEqual(['consent.failed', 'consent.failed'])
})

test('a pending consent is of one account, one client and one provider', async () => {
  const store = sharedStore()
  const clock = new FakeClock()
  const first = world({ clock, manager: { store: shared(store) } })
  first.issuer.prepare(shownAnswer())
  const { pending } = await first.tokens.account('ana').consent.begin()
  const code = 'BQXN-TTRP'
  const finishIn = ({ tokens }: World, account = 'ana') =>
    refusal(tokens.account(account).consent.finish({ code, pending }))
  const other = { clock, manager: { store: shared(store) } }
  expect(await finishIn(first, 'bia')).toBe(ANOTHER)
  expect(
    await finishIn(
      world({ ...other, manager: { ...other.manager, credentials: () => ({ ...CLIENT, clientId: 'b' }) } }),
    ),
  ).toBe(ANOTHER)
  expect(await finishIn(world({ ...other, provider: { id: 'another' } }))).toBe(ANOTHER)
  // Another process with the same client finishes it.
  const second = world(other)
  second.issuer.prepare(tokenAnswer())
  expect(await finishIn(second)).toBe('accepted')
  expect(await finishIn(first)).toBe(ANOTHER)
})

test('options of the other way to ask are refused', async () => {
  const { issuer, tokens } = world()
  const { consent } = tokens.account('ana')
  await expect(consent.begin({ redirectUri: 'https://app.example/callback' })).rejects.toThrow(
    "showing shows codes, and the person isn't sent back. Leave redirectUri out.",
  )
  issuer.prepare(shownAnswer())
  const { pending } = await consent.begin()
  await expect(consent.finish({ url: 'https://app.example/callback?code=x', pending })).rejects.toThrow(
    'Unknown option url.',
  )
  for (const code of ['', ' \n', 'x'.repeat(2_001)])
    await expect(consent.finish({ code, pending })).rejects.toThrow('Option code is what the person typed back.')
})

test('nothing secret is in an error or an event', async () => {
  const { issuer, tokens, events } = world()
  const { consent } = tokens.account('ana')
  const scan = leakScan()
  issuer.prepare(
    shownAnswer(),
    Response.json({ error: 'BQXN-TTRP', title: 'the-verifier-of-the-shown-code' }, { status: 400 }),
  )
  const { pending } = await consent.begin()
  scan.collect('pending', pending)
  await consent.finish({ code: 'BQXN-TTRP', pending }).catch((error: unknown) => scan.collect('error', error))
  scan.collect('events', events)
  expect(scan.leaks(['BQXN-TTRP', 'the-verifier-of-the-shown-code', pending.reveal(), CLIENT.clientSecret])).toEqual([])
})
