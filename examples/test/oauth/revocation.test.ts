// Revocation (RFC 7009) over HTTP, between the spec of examples/oauth and the simulator's authorization server.
import { createTokenManager, type TokenEvent } from '@chaveiro/core'
import { simulateOAuth } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { expect, it } from 'vitest'
import { acmePersonToken } from '../../oauth/acme/provider.ts'

const REDIRECT_URI = 'http://127.0.0.1/callback'

/** Acme at a simulated server, with an account that a person has connected. */
async function connected() {
  const simulator = simulateOAuth({
    authorizationPath: '/auth',
    revocationPath: '/token/revocation',
    scopes: ['vendors:read', 'vendors:write'],
  })
  const server = await listen(simulator)
  const { clientId, clientSecret = '' } = simulator.credentials
  const tokens = createTokenManager({
    provider: acmePersonToken({ server: server.url }),
    credentials: () => ({ clientId, clientSecret }),
  })
  const events: TokenEvent[] = []
  tokens.on((event) => events.push(event))
  const account = tokens.account('ana')
  const { url, pending } = await account.consent.begin({ redirectUri: REDIRECT_URI })
  await account.consent.finish({ url: await simulator.consent(url, { allow: true }), pending })
  return {
    simulator,
    account,
    events,
    states: () => simulator.tokens.map(({ access, refresh }) => [access.state, refresh?.state]),
    calls: () => simulator.requests.filter(({ operation }) => operation === 'revokeToken'),
    resource: () => account.fetch(new URL('/resource', server.url)),
    async [Symbol.asyncDispose]() {
      await tokens.close()
      await server.close()
    },
  }
}

it('ends everything that goes back to one consent, by its refresh token', async () => {
  await using world = await connected()
  const { account, states, calls, events } = world
  const first = await account.getToken()
  await account.getToken({ newerThan: first })
  expect((await world.resource()).status).toBe(200)
  expect(states()).toEqual([
    ['live', 'spent'],
    ['live', 'live'],
  ])

  await account.end({ revoke: 'require' })

  expect(states()).toEqual([
    ['revoked', 'revoked'],
    ['revoked', 'revoked'],
  ])
  expect(calls()).toMatchObject([{ status: 200, token: { family: 1, generation: 2 } }])
  expect(events.at(-1)).toMatchObject({ type: 'ended' })
  await expect(account.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
})

it('of a token that the server has ended before is a success (§2.2)', async () => {
  await using world = await connected()
  world.simulator.revoke({ which: 'both' })
  await world.account.end({ revoke: 'require' })
  expect(world.calls()).toMatchObject([{ status: 200 }])
})

it('whose answer was lost keeps the account where it is required, and can be asked for again', async () => {
  await using world = await connected()
  world.simulator.faults.next({ kind: 'reset', processed: true, operation: 'revokeToken' })
  await expect(world.account.end({ revoke: 'require' })).rejects.toMatchObject({ code: 'unavailable' })
  expect((await world.account.status()).state).toBe('fresh')
  await world.account.end({ revoke: 'require' })
  expect(world.calls()).toMatchObject([{ outcome: 'reset', processed: true }, { status: 200 }])
  expect(world.states()).toEqual([['revoked', 'revoked']])
})

it('that the server refuses to the client keeps the account where it is required', async () => {
  await using world = await connected()
  const { simulator, account, states } = world
  simulator.deactivate(simulator.credentials.clientId)
  await expect(account.end({ revoke: 'require' })).rejects.toMatchObject({ code: 'misconfigured' })
  expect((await account.status()).state).toBe('fresh')
  expect((await world.resource()).status).toBe(200)
  expect(states()).toEqual([['live', 'live']])

  await account.end()
  expect((await account.status()).state).toBe('absent')
  expect(world.events.at(-1)).toMatchObject({ type: 'ended' })
})

it('that the server cannot do now is told, and the account is ended anyway', async () => {
  await using world = await connected()
  world.simulator.faults.next({ kind: 'status', status: 503, operation: 'revokeToken', times: Infinity })
  await world.account.end()
  expect(world.events.at(-1)).toMatchObject({ type: 'ended', code: 'unavailable' })
  expect((await world.account.status()).state).toBe('absent')
  expect(world.states()).toEqual([['live', 'live']])
})
