// Emitted providers against the simulated authorization server, which shares no code with what they are made of.
import { createTokenManager, type TokenEvent } from '@chaveiro/core'
import type { TokenProvider } from '@chaveiro/core/provider'
import { FakeClock } from '@chaveiro/core/testing'
import { type Fetch, type OAuthSimulatorOptions, simulateOAuth } from '@chaveiro/simulator'
import { listen } from '@chaveiro/simulator/server'
import { exportJWK, exportPKCS8, generateKeyPair } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { gatewayProvider } from './golden/gateway/provider.ts'
import { guildMemberToken } from './golden/guild/provider.ts'
import { signetAgentToken, signetServiceToken } from './golden/signet/provider.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const unopened: Fetch = () => Promise.reject(new Error('the server was not opened'))

/** A provider's account, and the server that it is at, over HTTP and on one clock. */
async function world<Inputs extends object, M>(
  make: (options: { server: URL }) => TokenProvider<Inputs, M>,
  inputs: Inputs,
  facts: OAuthSimulatorOptions,
  scopes?: string[],
) {
  const clock = new FakeClock()
  // A server that is given as a URL is its own issuer, and its port is known once it listens.
  const door: { url: URL; fetch: Fetch } = { url: new URL('https://oauth.simulator.test'), fetch: unopened }
  const { url, close } = await listen(door)
  const server = simulateOAuth({ clock: { now: () => clock.now() }, issuer: url.origin, ...facts })
  door.fetch = server.fetch
  const provider = make({ server: url })
  const tokens = createTokenManager<Inputs, M>({ provider, credentials: () => inputs, clock, random: () => 0 })
  onTestFinished(async () => {
    await tokens.close()
    await close()
  })
  const events: TokenEvent[] = []
  tokens.on((event) => events.push(event))
  const account = tokens.account({ tenant: 'one', ...(scopes && { scopes }) })
  return { account, clock, events, server, tokens, url }
}

// Every character that has a meaning in a form or in Basic.
const SECRET = 'p%40ss w+rd/=&?:~é'

describe('an application that authenticates by Basic, with a form', () => {
  const gateway = (facts: OAuthSimulatorOptions = {}) =>
    world(
      gatewayProvider,
      { clientId: 'shop:1', clientSecret: SECRET, contract: '12' },
      {
        credentials: { clientId: 'shop:1', clientSecret: SECRET },
        tokenPath: '/oauth/token',
        scopes: ['offline', 'read'],
        expiresIn: 'string',
        answer: (body) => ({ ...body, tenant: { name: 'ana' } }),
        ...facts,
      },
      ['read'],
    )

  test('gets a token, and the next one when that ends', async () => {
    const { account, clock, server } = await gateway()
    const first = await account.getToken()
    expect(first).toMatchObject({ scopes: ['offline', 'read'], meta: { tenant: 'ana' }, expiresAt: clock.now() + HOUR })
    await clock.advance(HOUR)
    const second = await account.getToken()
    expect(second.generation).toBe(2)
    expect(server.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ['issueToken', 200],
      ['issueToken', 200],
    ])
  })

  test.each([
    [{ client: 'body' }, 'credentials-rejected'],
    [{ scopes: ['read'], scopesByDefault: ['read'] }, 'misconfigured'],
    [{ grants: ['authorization_code'] }, 'misconfigured'],
  ] as const)('reads the refusal of a server with %j', async (facts, code) => {
    const { account, server } = await gateway(facts)
    await expect(account.getToken()).rejects.toMatchObject({ code })
    expect(server.requests).toHaveLength(1)
  })
})

describe('an application that signs', () => {
  const signet = async (alg: 'RS256' | 'EdDSA', audience: string) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    const keys = [JSON.parse(JSON.stringify(await exportJWK(publicKey)))]
    return world(
      alg === 'RS256' ? signetServiceToken : signetAgentToken,
      { clientId: 'shop', privateKey: await exportPKCS8(privateKey) },
      {
        credentials: { clientId: 'shop', keys, methods: ['private_key_jwt'] },
        tokenPath: '/oauth/token',
        audiences: [audience],
      },
    )
  }

  test.each([
    ['an assertion as a grant', 'RS256', 'https://api.signet.example/oauth/token'],
    ['an assertion as its authentication', 'EdDSA', 'https://signet.example'],
  ] as const)('gets tokens by %s', async (_, alg, audience) => {
    const { account, clock, server } = await signet(alg, audience)
    await account.getToken()
    await clock.advance(HOUR)
    await account.getToken()
    expect(server.requests.map(({ status }) => status)).toEqual([200, 200])
  })
})

describe('a person who agrees', () => {
  const guild = () =>
    world(
      guildMemberToken,
      { application: 'guildhall', secret: SECRET },
      {
        credentials: { clientId: 'guildhall', clientSecret: SECRET, redirectUris: ['https://app.example/guild'] },
        authorizationPath: '/agree',
        scopes: ['read', 'offline'],
        scopeSeparator: ',',
        scopesByDefault: 'demanded',
        authorizationParameters: ['lang', 'access_type'],
        refreshToken: { idleMs: 30 * DAY, withScope: 'offline' },
      },
      ['read'],
    )

  /** Connects the account, as a web server does. */
  const connect = async ({ account, server }: Awaited<ReturnType<typeof guild>>) => {
    const { url, pending } = await account.consent.begin({ redirectUri: 'https://app.example/guild' })
    await account.consent.finish({ url: await server.consent(url, { allow: true }), pending })
  }

  test('connects an account, whose refresh token is replaced at each use', async () => {
    const guildhall = await guild()
    await connect(guildhall)
    const { account, clock, server } = guildhall
    const first = await account.getToken()
    expect(server.tokens).toMatchObject([{ account: 'ana', scopes: ['read', 'offline'] }])
    for (let hour = 0; hour < 3; hour += 1) {
      await clock.advance(HOUR)
      await account.getToken()
    }
    expect(first.generation).toBe(1)
    expect(server.reuses).toBe(0)
    expect(server.tokens.map(({ refresh }) => refresh?.state)).toEqual(['spent', 'spent', 'spent', 'live'])
  })

  test('is not asked again where keepAlive() uses what would end unused', async () => {
    const guildhall = await guild()
    await connect(guildhall)
    const { account, clock, server, tokens } = guildhall
    for (let month = 0; month < 3; month += 1) {
      await clock.advance(28 * DAY)
      await tokens.keepAlive({ withinMs: 3 * DAY })
    }
    await account.getToken()
    expect(server.count('decideConsent')).toBe(1)
    expect(server.tokens).toHaveLength(4)
    await clock.advance(30 * DAY)
    await expect(account.getToken()).rejects.toMatchObject({ code: 'reauthorization-required' })
  })

  test('connects again after the provider has ended everything', async () => {
    const guildhall = await guild()
    await connect(guildhall)
    const { account, clock, server } = guildhall
    server.revoke({ which: 'both', account: 'ana' })
    await clock.advance(HOUR)
    await expect(account.getToken()).rejects.toMatchObject({ code: 'reauthorization-required', action: 'reauthorize' })
    await connect(guildhall)
    expect((await account.status()).state).toBe('fresh')
  })
})
