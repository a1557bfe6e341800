import { assineOnlineProvider } from '@chaveiro/assine-online'
import { createTokenManager, type TokenEvent } from '@chaveiro/core'
import { FakeClock } from '@chaveiro/core/testing'
import { simulateAssineOnline } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { describe, expect, test } from 'vitest'

const ORGANISATIONS = 40

function manyOrganisations() {
  const clock = new FakeClock({ now: Date.UTC(2026, 10, 24, 12) })
  const simulator = simulateAssineOnline({ clock })
  const names = Array.from({ length: ORGANISATIONS }, (_, index) => `office-${index}@example.com`)
  for (const username of names) simulator.register({ username, password: `password-of-${username}` })
  return { clock, simulator, names }
}

describe('many organisations', () => {
  test('have an application token and a session each, and none gets another’s', async () => {
    const { clock, simulator, names } = manyOrganisations()
    const tokens = createTokenManager({
      provider: assineOnlineProvider({ server: simulator.url }),
      credentials: ({ tenant }) => ({ username: tenant, password: `password-of-${tenant}` }),
      fetch: simulator.fetch,
      clock,
    })
    const report = await tokens.warm(names)
    expect(report).toEqual({ ready: ORGANISATIONS, skipped: 0, failed: [] })
    expect([simulator.count('login'), simulator.count('createApplicationToken')]).toEqual([
      ORGANISATIONS,
      ORGANISATIONS,
    ])
    for (const username of names) {
      const { id } = await tokens.account(username).getToken()
      expect(simulator.tokens.find((token) => token.id === id)?.username).toBe(username)
      const session = await tokens.parent('sessionToken').account(username).getToken()
      expect(session.reveal()).toMatch(/^[0-9a-f]{40}$/)
    }
    expect(simulator.count('login')).toBe(ORGANISATIONS)
    await tokens.close()
  })

  test('may come in by different ways', async () => {
    const { clock, simulator, names } = manyOrganisations()
    const [first = '', second = ''] = names
    const { accessToken } = simulator.createByPerson({ username: second })
    const tokens = createTokenManager({
      provider: assineOnlineProvider({ server: simulator.url }),
      credentials: ({ tenant }) =>
        tenant === first ? { username: first, password: `password-of-${first}` } : { applicationToken: accessToken },
      fetch: simulator.fetch,
      clock,
    })
    expect((await tokens.account(second).getToken()).reveal()).toBe(accessToken)
    expect(simulator.requests).toEqual([])
    await tokens.account(first).getToken()
    expect(simulator.count('login')).toBe(1)
    await tokens.close()
  })

  test('whose inputs match none of the three sign-in methods get an error that says so', async () => {
    const { clock, simulator } = manyOrganisations()
    const tokens = createTokenManager({
      provider: assineOnlineProvider({ server: simulator.url }),
      credentials: () => ({ username: 'office-1@example.com', password: '' }),
      fetch: simulator.fetch,
      clock,
    })
    await expect(tokens.account('office-1').getToken()).rejects.toMatchObject({
      code: 'misconfigured',
      message: expect.stringContaining('password: process.env.ASSINE_ONLINE_PASSWORD'),
    })
    expect(simulator.requests).toEqual([])
    await tokens.close()
  })
})

test('over real HTTP, a token is made, used, replaced after a refusal, and revoked', async () => {
  const simulator = simulateAssineOnline()
  await using server = await listen(simulator)
  const events: TokenEvent[] = []
  await using tokens = createTokenManager({
    provider: assineOnlineProvider({ server: server.url }),
    credentials: () => simulator.credentials,
  })
  tokens.on((event) => void events.push(event))
  const office = tokens.account('office')
  const request = { method: 'POST', body: JSON.stringify({ name: 'Contract' }) }
  expect((await office.fetch('/v1/workflow', request)).status).toBe(201)
  simulator.revoke({ kind: 'application' })
  expect((await office.fetch('/v1/workflow', request)).status).toBe(201)
  await office.end({ revoke: 'require' })
  expect(simulator.workflows).toHaveLength(2)
  expect(simulator.tokens.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'session live',
    'application revoked',
    'application revoked',
  ])
  expect(JSON.stringify(events)).not.toContain(simulator.credentials.password)
})
