import { createTokenManager } from '@chaveiro/core'
import { limitCalls, limitUses } from '@chaveiro/core/limit'
import { type ApiRequest, prepareRequests, putQuery, refusedByBody } from '@chaveiro/core/provider'
import { type ProviderWorld, providerConformance } from '@chaveiro/core/testing'
import { describe, expect, it } from 'vitest'
import type { Keys } from '../support/simulated-bitize.ts'
import { bitizeWorld, type WorldChanges } from './bitize-world.ts'
import { brokenAtTheApi } from './broken-at-the-api.ts'
import { acquire, brokenProviders, revoke } from './broken-providers.ts'
import { oauthWorld } from './oauth-world.ts'

const API = 'https://api.bitize.simulator.test'

function carry({ headers, url }: ApiRequest): void {
  headers.set('x-account', 'acc-7')
  putQuery(url, 'app-key', 'app 7')
}

const sound: Readonly<Record<string, WorldChanges>> = {
  'a provider with single-use refresh tokens': {},
  'one that can revoke': { provider: { revoke: (io) => revoke(io, [404]) } },
  'one with reusable refresh tokens': { simulator: { rotation: 'reusable' }, provider: { refreshKind: 'reusable' } },
  'one without refresh tokens': { provider: { refresh: undefined, refreshKind: 'none' } },
  'one at which a second acquire ends the first token': {
    simulator: { earlierAccessTokens: 'ended' },
    provider: { repeat: 'ends-previous' },
  },
  'one at which a person signs in': { person: true },
  'one that documents a limit of token calls': { provider: { limit: limitCalls({ calls: 4, perMs: 30_000 }) } },
  'one that documents a limit by the hour': { provider: { limit: limitCalls({ calls: 9, perMs: 3_600_000 }) } },
  'one whose refresh tokens are good for two uses': {
    simulator: { rotation: 'reusable' },
    person: true,
    provider: { refreshKind: 'reusable', refreshUses: limitUses(2) },
  },
  'one that issues a new token only close to the end': { provider: { renewWithinMs: 60_000 } },
  'one at which wrong keys lock the account': { provider: { probeRejected: false } },
  'one whose API is on a host of its own': { apiOrigin: API, provider: { apiServer: new URL(API) } },
  'one whose requests carry an account and a key': {
    provider: { prepare: prepareRequests(carry) },
    world: { carries: { 'header.X-Account': 'acc-7', 'query.app-key': 'app 7' } },
  },
  'one that demands scopes': {
    provider: {
      async acquire(io, keys) {
        if (!io.account.scopes?.includes('read')) throw new Error('This account asks for nothing.')
        return acquire(io, keys)
      },
    },
    world: { scopes: ['read'] },
  },
  'one whose API rejects a token by its body': {
    provider: { judgeBody: refusedByBody([{ status: 403, body: { '/error': 'token_expired' } }]) },
    world: { rejectionByBody: () => Response.json({ error: 'token_expired' }, { status: 403 }) },
  },
  'one that takes a spent refresh token once more': {
    simulator: { rotation: 'reusable' },
    person: true,
    provider: { graceMs: 60_000 },
  },
  'one whose server does not say when a token ends': {
    simulator: { accessTokenLifetimeMs: 900_000 },
    world: { tellsExpiry: false },
  },
}

/** What the suite's test of that name says when it fails. */
async function failureOf(
  name: string,
  open: () => Promise<ProviderWorld<Keys>> | ProviderWorld<Keys>,
): Promise<string> {
  const tests = new Map<string, () => Promise<void>>()
  providerConformance({ test: (title, run) => tests.set(title, run), open })
  const run = tests.get(name)
  if (run === undefined) throw new Error(`There is no test "${name}"`)
  return run().then(
    () => 'it passes',
    (error: unknown) => String(error),
  )
}

describe.each(Object.entries(sound))('providerConformance, for %s,', (_, changes) => {
  providerConformance({ test: it, open: () => bitizeWorld(changes) })
})

describe('providerConformance, for one whose answers say more than the token,', () => {
  providerConformance({ test: it, open: () => oauthWorld(['type', 'companion']) })
})

const REFUSALS: readonly (readonly [string, WorldChanges])[] = [
  ['a wrong password', {}],
  ['a locked account', { refusal: () => Response.json({ error: 'account_locked' }, { status: 403 }) }],
  [
    'a second factor that is asked for',
    {
      refusal: () => Response.json({ error: 'second_factor_required' }, { status: 412 }),
      provider: { classify: ({ status }) => (status === 412 ? { kind: 'credentials-rejected' } : undefined) },
    },
  ],
]

describe.each(REFUSALS)('%s', (_, changes) => {
  providerConformance({ test: it, open: () => bitizeWorld(changes) })

  it('is credentials-rejected at once, after exactly one attempt [PV07]', async () => {
    const { provider, wrongCredentials, fetch, clock, control } = await bitizeWorld(changes)
    const credentials = () => wrongCredentials ?? { consumerKey: '', secretKey: '' }
    await using tokens = createTokenManager({ provider, credentials, fetch, clock })
    for (let caller = 0; caller < 10; caller += 1) {
      await expect(tokens.account('me').getToken()).rejects.toMatchObject({ code: 'credentials-rejected' })
      await clock.advance(60_000)
    }
    expect(control.countTokenCalls()).toBe(1)
  })
})

describe('providerConformance', () => {
  it.each(Object.entries({ ...brokenProviders, ...brokenAtTheApi }))('finds %s', async (_, { changes, found }) => {
    // A sentence of the suite, not an accident.
    expect(await failureOf(found, () => bitizeWorld(changes))).toMatch(/^(Error|ChaveiroError): \S.* .*\.$/)
  })

  it.each([
    [
      'that takes any type of token',
      'companion',
      'an answer that names another type of token brings none (RFC 6749 §7.1)',
    ],
    ['that does without what a token needs', 'type', 'an answer without what a token needs brings none'],
  ] as const)('finds one %s', async (_, looksAt, found) => {
    expect(await failureOf(found, () => oauthWorld([looksAt]))).toMatch(
      /^Error: There is a token although `\/\w+.*` was /,
    )
  })

  it('says where a world promises a field that no answer has', async () => {
    const open = () => ({ ...oauthWorld(['type', 'companion']), required: ['/third'] })
    const found = 'an answer without what a token needs brings none'
    expect(await failureOf(found, open)).toBe('Error: No answer of a token call has `/third`.')
  })

  it('declares the same tests each time, and runs none by itself', () => {
    const names = [0, 1].map(() => {
      const declared: string[] = []
      providerConformance<Keys>({
        test: (name) => declared.push(name),
        open: () => Promise.reject(new Error('opened')),
      })
      return declared
    })
    expect(names[0]).toEqual(names[1])
    expect(new Set(names[0]).size).toBe(names[0]?.length)
    expect(names[0]?.length).toBeGreaterThan(20)
  })
})
