import { createTokenManager, type TokenEvent, type TokenManagerOptions } from '@chaveiro/core'
import { checkGrant, type TokenProvider } from '@chaveiro/core/provider'
import { FakeClock } from '@chaveiro/core/testing'
import { expect, expectTypeOf, onTestFinished, test } from 'vitest'
import {
  type TollDriverTokenInputs,
  type TollGateTokenByHand,
  type TollGateTokenInputs,
  tollDriverToken,
  tollGateToken,
} from './golden/toll/provider.ts'
import { type Answer, serve } from './token-server.ts'

const token = (name: string, fields: object = {}): Answer => ({ body: { token: name, seconds: 3_600, ...fields } })

/** A manager of drivers on a clock of its own, at a server that answers with `answers`. */
async function drivers(answers: readonly Answer[], options: Partial<TokenManagerOptions<TollDriverTokenInputs>> = {}) {
  const { url, received } = await serve(...answers)
  const clock = new FakeClock()
  const tokens = createTokenManager({
    provider: tollDriverToken({ server: url }),
    credentials: () => ({ driver: '7', pin: '1234' }),
    clock,
    random: () => 0,
    ...options,
  })
  onTestFinished(() => tokens.close())
  const lines = () => received.map(({ line }) => line)
  return { tokens, clock, lines, received }
}

test('no more calls leave than the spec documents, whichever client of the process makes them', async () => {
  const { tokens, clock, lines, received } = await drivers(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => token(name)))
  const names = ['one', 'two', 'three', 'four', 'five']
  await Promise.all(names.map((name) => tokens.account(name).getToken()))
  const delayed = new Promise<TokenEvent>((resolve) => {
    tokens.on((event) => event.type === 'call.delayed' && resolve(event))
  })
  const sixth = tokens.account('six').getToken()
  expect(await delayed).toMatchObject({ durationMs: 60_000, account: { tenant: 'six' } })
  expect(received).toHaveLength(5)
  await clock.advance(60_000)
  expect((await sixth).reveal()).toBe('f')
  expect(lines()).toEqual(Array.from({ length: 6 }, () => 'POST /drivers/token'))
})

test.each<[string, Answer]>([
  ['a header', { status: 400, headers: { 'x-toll-error': 'EXPIRED' }, body: {} }],
  ['a body', { status: 403, body: { error: { code: 'token_revoked' } } }],
  ['the body of a success', { body: { ok: false, reason: 7 } }],
])('%s says that a token has ended', async (_, rejection) => {
  const { tokens, lines } = await drivers([token('a'), rejection, token('b'), { body: ['passage'] }])
  const response = await tokens.account('one').fetch('/passages')
  expect(await response.json()).toEqual(['passage'])
  expect(lines()).toEqual(['POST /drivers/token', 'GET /passages', 'POST /drivers/token', 'GET /passages'])
})

test.each<[string, Answer]>([
  ['another code', { status: 403, body: { error: { code: 'forbidden' } } }],
  ['half of what is documented', { body: { ok: false, reason: 8 } }],
])('%s does not', async (_, answer) => {
  const { tokens, lines } = await drivers([token('a'), answer])
  expect(await (await tokens.account('one').fetch('/passages')).json()).toEqual(answer.body)
  expect(lines()).toEqual(['POST /drivers/token', 'GET /passages'])
})

test('a refresh token is sent as often as the spec documents, and then keys are', async () => {
  const twice = [token('b', { seconds: 60 }), token('c', { seconds: 60 })]
  const { tokens, clock, lines } = await drivers([token('a', { refresh: 'r1', seconds: 60 }), ...twice, token('d')])
  const account = tokens.account('one')
  for (const name of ['a', 'b', 'c', 'd']) {
    expect((await account.getToken()).reveal()).toBe(name)
    await clock.advance(60_000)
  }
  expect(lines()).toEqual([
    'POST /drivers/token',
    'PUT /drivers/token',
    'PUT /drivers/token',
    // The last use is kept, because the keys bring a token too.
    'POST /drivers/token',
  ])
})

test('keys that may lock the account are sent once', async () => {
  const wrong = { status: 401, body: { message: 'wrong PIN' } }
  const { tokens, clock, lines } = await drivers([wrong])
  for (let day = 0; day < 3; day += 1) {
    await expect(tokens.account('one').getToken()).rejects.toMatchObject({ code: 'credentials-rejected' })
    await clock.advance(86_400_000)
  }
  expect(lines()).toHaveLength(1)
})

const byHand: TollGateTokenByHand = {
  acquire: () => Promise.reject(new TypeError('Not asked here.')),
  authorize: (headers, { accessToken }) => headers.set('x-gate', accessToken),
}

test('what is written by hand is a member of the provider, which is frozen', async () => {
  const { url, received } = await serve(token('a'), { body: ['passage'] })
  const own: TollGateTokenByHand = {
    ...byHand,
    async acquire(io, { gate }) {
      const response = await io.fetch(new URL('/gates/token', url), { method: 'POST', body: `${gate}, signed` })
      return checkGrant({ accessToken: (await response.json()).token })
    },
  }
  const provider = tollGateToken({ server: url }, own)
  expect(Object.isFrozen(provider)).toBe(true)
  await using tokens = createTokenManager({
    provider,
    credentials: () => ({ gate: '9', secret: 's3cret' }),
  })
  expect(await (await tokens.account('one').fetch('/passages')).json()).toEqual(['passage'])
  expect(received.map(({ line, body }) => `${line} ${body}`)).toEqual(['POST /gates/token 9, signed', 'GET /passages '])
  expect(received[1]?.headers['x-gate']).toBe('a')
})

test('providers of one server share what is written by hand, and only that', () => {
  const provider = () => tollGateToken({ server: 'production' }, byHand)
  expect(provider()).toBe(provider())
  expect(tollGateToken({ server: 'production' }, { ...byHand })).not.toBe(provider())
})

test('the compiler asks for each member that is written by hand', () => {
  expectTypeOf<Parameters<typeof tollGateToken>>().toHaveProperty('length').toEqualTypeOf<2>()
  expectTypeOf<{ acquire: TollGateTokenByHand['acquire'] }>().not.toExtend<TollGateTokenByHand>()
  expectTypeOf(byHand).toEqualTypeOf<Required<Pick<TokenProvider<TollGateTokenInputs>, 'acquire' | 'authorize'>>>()
})

test('a grace period and a window are facts of the provider', () => {
  const { graceMs, renewWithinMs, refreshKind, limit, refreshUses } = tollGateToken({ server: 'production' }, byHand)
  expect({ graceMs, renewWithinMs, refreshKind, limit, refreshUses }).toEqual({
    graceMs: 60_000,
    renewWithinMs: 1_800_000,
    refreshKind: 'single-use',
    limit: undefined,
    refreshUses: undefined,
  })
})

test('one limit counts for all providers of a process', async () => {
  const one = tollDriverToken({ server: new URL('https://one.example') })
  const other = tollDriverToken({ server: new URL('https://other.example') })
  expect(one.limit).toBe(other.limit)
})
