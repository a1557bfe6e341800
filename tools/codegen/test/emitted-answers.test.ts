// How emitted providers read what an answer says of its token (RFC 6749 §5.1).
import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { createTokenManager } from '@chaveiro/core'
import type { TokenProvider } from '@chaveiro/core/provider'
import { describe, expect, onTestFinished, test } from 'vitest'
import { bureauApplicationToken } from './golden/bureau/provider.ts'
import { customsAgentToken } from './golden/customs/provider.ts'
import { gatewayProvider } from './golden/gateway/provider.ts'
import { marketSellerToken } from './golden/market/provider.ts'
import { signetServiceToken } from './golden/signet/provider.ts'
import { serve } from './token-server.ts'

const issued = { access_token: 'access-1', expires_in: 60, refresh_token: 'refresh-1' }

/** An account at a server that answers with these, one after the other. */
async function accountAt<Inputs, M>(
  make: (options: { server: URL }) => TokenProvider<Inputs, M>,
  inputs: Inputs,
  answers: readonly object[],
  scopes: string[] = ['read'],
) {
  const { url, received } = await serve(...answers.map((body) => ({ body })))
  const tokens = createTokenManager<Inputs, M>({ provider: make({ server: url }), credentials: () => inputs })
  onTestFinished(() => tokens.close())
  return { account: tokens.account({ tenant: 'one', scopes }), received }
}

const application = (...answers: object[]) =>
  accountAt(gatewayProvider, { clientId: 'shop', clientSecret: 's', contract: '12' }, answers)
const clerk = (...answers: object[]) =>
  accountAt(bureauApplicationToken, { clientId: 'shop', clientSecret: 's', gateKey: 'g' }, answers)
const seller = (...answers: object[]) => accountAt(marketSellerToken, { clientId: 'shop', clientSecret: 's' }, answers)

let redirectUris = 0

/** The seller agrees; what comes of the exchange is the server's first answer. */
async function agree(account: Awaited<ReturnType<typeof seller>>['account'], scopes?: string[]) {
  redirectUris += 1
  const redirectUri = `https://app.example/market/${redirectUris}`
  const { url, pending } = await account.consent.begin({ redirectUri, ...(scopes && { scopes }) })
  const state = new URL(url).searchParams.get('state')
  await account.consent.finish({ url: `${redirectUri}?code=c0de&state=${state}`, pending })
}

describe('the type of a token', () => {
  test.each(['Bearer', 'bearer', 'BEARER', undefined, null, ''])('may be %j', async (token_type) => {
    const { account } = await application({ ...issued, token_type })
    expect((await account.getToken()).reveal()).toBe('access-1')
  })

  test.each([
    ['standard: oauth2', application, 'Gate'],
    ['a lifecycle of its own', clerk, 'bureau'],
  ])('may be what the spec calls it besides, with %s', async (_, open, token_type) => {
    const { account } = await open({ ...issued, token_type })
    expect((await account.getToken()).reveal()).toBe('access-1')
  })

  test.each(['mac', 'DPoP'])(
    'must not be %s: it would go out as a bearer token (RFC 6749 §7.1)',
    async (token_type) => {
      const answer = { ...issued, token_type }
      // Asked once more, as after any answer that can't be read.
      const { account } = await application(answer, answer)
      await expect(account.getToken()).rejects.toMatchObject({ code: 'malformed-response' })
    },
  )

  test('is looked at in the answer to an exchange and to a refresh too', async () => {
    const { account } = await seller({ ...issued, token_type: 'mac' }, issued, { ...issued, token_type: 'mac' })
    await expect(agree(account)).rejects.toMatchObject({ code: 'reauthorization-required', consent: true })
    await agree(account)
    await account.reject(await account.getToken())
    await expect(account.getToken()).rejects.toMatchObject({ code: 'malformed-response' })
  })
})

describe('the scopes of a token', () => {
  test.each([
    ['those that were asked for, where the answer names none', issued, ['offline', 'read']],
    ['those that the answer names', { ...issued, scope: 'offline' }, ['offline']],
  ])('are %s', async (_, answer, expected) => {
    const { account } = await application(answer)
    expect((await account.getToken()).scopes).toEqual(expected)
  })

  test.each([
    ['those that were asked for', issued],
    ['those of the answer', { ...issued, scope: 'offline,read' }],
  ])('are separated as the spec says: %s', async (_, answer) => {
    const { account, received } = await clerk(answer)
    expect((await account.getToken()).scopes).toEqual(['offline', 'read'])
    expect(new URLSearchParams(received[0]?.body).get('scope')).toBe('offline,read')
  })

  test.each([
    ['those that its assertion asked for', issued, ['read', 'write']],
    ['those of the answer', { ...issued, scope: 'write' }, ['write']],
  ])('are %s, where a signed grant brings the token', async (_, answer, expected) => {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
    const inputs = { clientId: 'shop', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
    const { account, received } = await accountAt(signetServiceToken, inputs, [answer], ['write'])
    expect((await account.getToken()).scopes).toEqual(expected)
    const [, claims = ''] = new URLSearchParams(received[0]?.body).get('assertion')?.split('.') ?? []
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({ scope: 'read write' })
  })

  test('are those that a person was asked for, and a refresh keeps them', async () => {
    const { account } = await seller(issued, { ...issued, access_token: 'access-2' })
    await agree(account, ['write'])
    const first = await account.getToken()
    await account.reject(first)
    const second = await account.getToken()
    expect([first.scopes, second.reveal(), second.scopes]).toEqual([
      ['write', 'offline_access'],
      'access-2',
      ['write', 'offline_access'],
    ])
  })
})

describe('a secret without which a token is of no use', () => {
  const broker = { token: 'broker-1' }

  test.each([undefined, null, ''])('must not be %j', async (jwt_token) => {
    const answer = { token: 't', jwt_token }
    const { account } = await accountAt(customsAgentToken, { word: 'open' }, [broker, answer, answer])
    await expect(account.getToken()).rejects.toMatchObject({
      code: 'malformed-response',
      message: expect.stringContaining('no pass with the token'),
    })
  })

  test('is sent with each request', async () => {
    const { account, received } = await accountAt(customsAgentToken, { word: 'open' }, [
      broker,
      { token: 't', jwt_token: 'j' },
      {},
    ])
    await account.fetch('/things')
    expect(received[2]?.headers).toMatchObject({ 'x-pass': 'j' })
  })
})
