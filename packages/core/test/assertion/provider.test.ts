// Assertions against the simulated authorization server, which shares no code with what signs them.
import { createTokenManager } from '@chaveiro/core'
import { assertionSigner, type Claim } from '@chaveiro/core/assertion'
import { checkGrant, defineProvider, expiry, reveal, type SecretInput, seconds } from '@chaveiro/core/provider'
import { type OAuthSimulatorOptions, simulateOAuth } from '@chaveiro/simulator'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { FakeClock } from '../../src/testing/fake-clock.ts'
import { ALGORITHMS, keysFor } from './keys.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

interface Inputs {
  clientId: string
  privateKey: SecretInput
}

/** A manager of a provider whose client signs, and the server, whose clock may differ. */
async function world(
  alg: (typeof ALGORITHMS)[number],
  how: (assertion: string) => Record<string, string>,
  claims: Record<string, Claim> = {},
  options: OAuthSimulatorOptions & { aheadMs?: number } = {},
) {
  const keys = await keysFor(alg)
  const clock = new FakeClock()
  const server = simulateOAuth({
    clock: { now: () => clock.now() + (options.aheadMs ?? 0) },
    credentials: { clientId: 'shop', keys: [keys.publicJwk], methods: ['private_key_jwt'] },
    ...options,
  })
  const sign = assertionSigner()
  const sent: string[] = []
  const provider = defineProvider<Inputs>({
    id: 'signing',
    server: server.url,
    refreshKind: 'none',
    repeat: 'free',
    inputs: { clientId: { description: 'The client.' }, privateKey: { description: 'Its key.', secret: true } },
    async acquire(io, { clientId, privateKey }) {
      const assertion = await sign(io, {
        alg,
        key: await reveal(privateKey),
        lifetimeMs: 5 * MINUTE,
        claims: { iss: clientId, sub: clientId, aud: server.url.origin, ...claims },
      })
      sent.push(assertion)
      const body = new URLSearchParams(how(assertion))
      const response = await io.fetch(new URL('/token', server.url), { method: 'POST', body })
      if (!response.ok) throw new Error(`answered ${response.status}`)
      const answer = await response.json()
      return checkGrant({ accessToken: answer.access_token, expiresAt: expiry(io, seconds(answer.expires_in)) })
    },
  })
  const { pem } = keys
  const manager = createTokenManager<Inputs>({
    provider,
    credentials: () => ({ clientId: 'shop', privateKey: pem }),
    fetch: server.fetch,
    clock,
    random: () => 0,
  })
  return { server, clock, sent, pem, account: manager.account('one'), [Symbol.asyncDispose]: () => manager.close() }
}

const asGrant = (assertion: string) => ({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion })
const asClient = (assertion: string) => ({
  grant_type: 'client_credentials',
  client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  client_assertion: assertion,
})

describe.each(ALGORITHMS)('a token by %s', (alg) => {
  test.each([
    ['as a grant', asGrant, 'ana'],
    ['as the authentication of a client', asClient, 'shop'],
  ])('%s', async (_, how, sub) => {
    await using shop = await world(alg, how, { sub })
    const first = await shop.account.getToken()
    await shop.clock.advance(HOUR)
    const second = await shop.account.getToken()
    expect(second.reveal()).not.toBe(first.reveal())
    expect(shop.server.requests.map(({ status }) => status)).toEqual([200, 200])
  })
})

test('the provider’s clock is learnt from its answer, and the next assertion is dated by it', async () => {
  await using shop = await world('ES256', asGrant, {}, { aheadMs: 4 * MINUTE })
  await shop.account.getToken()
  await shop.clock.advance(HOUR)
  await shop.account.getToken()
  const [first, second] = shop.sent.map((assertion) => decodeJwt(assertion).iat ?? 0)
  expect([first, (second ?? 0) - (first ?? 0)]).toEqual([
    Math.floor((shop.clock.now() - HOUR) / 1000),
    // The header has whole seconds, so half a second is assumed.
    expect.closeTo((HOUR + 4 * MINUTE) / 1000, -1),
  ])
})

test('no assertion and no key shows in an error', async () => {
  await using shop = await world('ES256', asGrant, { aud: 'https://other.example' })
  const error: unknown = await shop.account.getToken().catch((reason: unknown) => reason)
  const printed = JSON.stringify(error) + String(error)
  for (const secret of [...shop.sent, ...shop.pem.split('\n').slice(1, -2)]) expect(printed).not.toContain(secret)
  expect(error).toMatchObject({ provider: 'signing', account: { tenant: 'one' } })
})
