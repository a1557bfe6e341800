import { createTokenManager, type TokenSource } from '@chaveiro/core'
import type { TokenProvider } from '@chaveiro/core/provider'
import { expect, onTestFinished, test } from 'vitest'
import { customsAgentToken, customsBrokerToken, customsTraderToken } from './golden/customs/provider.ts'
import { serve } from './token-server.ts'

/** One account of a provider, as users have it. */
function account<Inputs extends object, M>(provider: TokenProvider<Inputs, M>, inputs: Inputs): TokenSource<M> {
  const tokens = createTokenManager({ provider, credentials: () => inputs })
  onTestFinished(() => tokens.close())
  return tokens.account('one')
}

const keys = { trader: '7', word: 'open', appKey: 'a key', account: '12-3' }
const issued = { token: 't', renewal: 'r1', lane: 4, jwt_token: 'j1', seal: { pin: null } }

test('secrets of an answer are Secrets of the token, by their names', async () => {
  const { url } = await serve({ body: issued })

  const { secrets, meta } = await account(customsTraderToken({ server: url }), keys).getToken()

  const { jwt, pin } = secrets
  expect([jwt?.reveal(), pin, meta]).toEqual(['j1', undefined, { lane: 4 }])
  expect(JSON.stringify(secrets)).toBe('{"jwt":"[secret]"}')
})

test('what is kept beside a token is sent with its refresh, and stays where the answer leaves it out', async () => {
  const { url, received } = await serve({ body: issued }, { body: { token: 'u', renewal: 'r2' } })
  const source = account(customsTraderToken({ server: url }), keys)

  await source.reject(await source.getToken())
  const { secrets, meta } = await source.getToken()

  expect(received[1]).toMatchObject({ line: 'PUT /traders?lane=4', body: '{"renewal":"r1","jwt":"j1"}' })
  expect([secrets.jwt?.reveal(), meta]).toEqual(['j1', { lane: 4 }])
})

test('a refresh that needs what no answer brought is not sent', async () => {
  const { url, received } = await serve({ body: { ...issued, jwt_token: null } }, { body: issued })
  const source = account(customsTraderToken({ server: url }), keys)

  await source.reject(await source.getToken())

  await expect(source.getToken()).rejects.toMatchObject({ code: 'misconfigured' })
  expect(received).toHaveLength(1)
})

test('requests of the API carry what the spec says, beside the token', async () => {
  const { url, received } = await serve({ body: issued }, { body: 'ok' }, { body: 'ok' })
  const source = account(customsTraderToken({ server: url }), keys)

  const response = await source.fetch('/things?page=2')
  await account(customsTraderToken({ server: url }), { ...keys, account: undefined }).seed({ accessToken: 'x' })

  expect(received[1]?.line).toBe('GET /things?page=2&app-key=a%20key&lane=4')
  expect(received[1]?.headers).toMatchObject({
    authorization: 'Bearer t',
    jwt_token: 'j1',
    'x-version': '2',
    'x-account': '12-3',
  })
  expect(response.url).toBe(`${url}things?page=2`)
})

test('what comes from the token goes with it into requests of others', async () => {
  const { url } = await serve({ body: issued })
  const headers = new Headers()

  const token = await account(customsTraderToken({ server: url }), keys).getToken()
  token.authorize(headers)

  expect(Object.fromEntries(headers)).toEqual({ authorization: 'Bearer t', jwt_token: 'j1', 'x-version': '2' })
})

test('a token goes into a header of its own', async () => {
  const { url, received } = await serve({ body: issued }, { body: 'ok' }, { status: 204, body: '' })
  const source = account(customsBrokerToken({ server: url }), keys)

  await source.fetch('/things')
  await source.end({ revoke: 'require' })

  expect(received.slice(1).map(({ line, headers }) => [line, headers['x-broker-token']])).toEqual([
    ['GET /things', 't'],
    ['DELETE /brokers', 't'],
  ])
  expect(received[1]?.headers).not.toHaveProperty('authorization')
})

test('a parent’s token goes into its own header, and again after what its scheme calls a refusal', async () => {
  const { url, received } = await serve(
    { body: { token: 'broker-1' } },
    { status: 403, body: {} },
    { body: { token: 'broker-2' } },
    { body: { token: 'agent', jwt_token: 'pass' } },
    { body: 'ok' },
  )

  await account(customsAgentToken({ server: url }), keys).fetch('/things')

  expect(received.map(({ line, headers }) => [line, headers['x-broker-token'] ?? headers['authorization']])).toEqual([
    ['POST /brokers', undefined],
    ['POST /agents', 'broker-1'],
    ['POST /brokers', undefined],
    ['POST /agents', 'broker-2'],
    ['GET /things?trusted=true', 'Customs agent'],
  ])
})
